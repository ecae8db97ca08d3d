import { describe, expect, it } from '@jest/globals'
import { duration, elapsed } from '../../src/release/elapsed.ts'
import { logLine } from '../../src/release/log-lines.ts'
import type { TimelineEvent } from '../../src/release/timeline.ts'
import { speaking } from '../../src/words/say.ts'

const START = Date.UTC(2026, 10, 20)
const deploymentId = 'd-1'

function at(seconds: number): number {
  return START + seconds * 1000
}

describe('logLine', () => {
  const EVENTS: readonly TimelineEvent[] = [
    { kind: 'phase', at: at(0), name: 'pre-flight' },
    {
      kind: 'skipped',
      at: at(1),
      what: 'ecs:ListTasks',
      reason: 'AccessDenied'
    },
    { kind: 'registered', at: at(1), taskDefinitionArn: 'arn:td/api:42', reused: false },
    { kind: 'registered', at: at(1), taskDefinitionArn: 'arn:td/api:41', reused: true },
    { kind: 'created', at: at(2), deploymentId, recovered: false, attached: false },
    { kind: 'created', at: at(2), deploymentId, recovered: true, attached: false },
    { kind: 'created', at: at(2), deploymentId, recovered: false, attached: true },
    { kind: 'status', at: at(3), deploymentId, status: 'InProgress', message: undefined },
    {
      kind: 'health',
      at: at(20),
      deploymentId,
      counts: { initial: 1, draining: 1, healthy: 2 },
      reasons: ['Elb.InitialHealthChecking']
    },
    { kind: 'health', at: at(21), deploymentId, counts: {}, reasons: [] },
    {
      kind: 'lifecycle',
      at: at(41),
      deploymentId,
      event: 'AllowTestTraffic',
      status: 'Succeeded',
      durationMs: 3000,
      message: undefined
    },
    {
      kind: 'lifecycle',
      at: at(42),
      deploymentId,
      event: 'AfterAllowTestTraffic',
      status: 'Failed',
      durationMs: 65_000,
      message: 'line one\nline two'
    },
    { kind: 'waiting', at: at(133), deploymentId, what: 'approval', step: 'BeforeAllowTraffic' },
    { kind: 'waiting', at: at(133), deploymentId, what: 'continue', step: undefined },
    { kind: 'traffic', at: at(140), deploymentId, blue: 90, green: 10 },
    { kind: 'traffic', at: at(141), deploymentId, blue: 66.666, green: 33.333 },
    { kind: 'waiting', at: at(200), deploymentId, what: 'termination', step: undefined },
    { kind: 'trouble', at: at(300), what: 'reading the deployment', reason: 'Rate exceeded' },
    { kind: 'interrupted', at: at(3599), cause: 'cancel', action: 'asked to stop' },
    { kind: 'rollback', at: at(3733), deploymentId, rollbackDeploymentId: 'd-2' },
    { kind: 'traffic', at: at(3734), deploymentId: 'd-2', blue: 100, green: 0 },
    { kind: 'goal', at: at(36_000), goal: 'completed' }
  ]

  it('says each kind of event on one aligned line', () => {
    const lines = EVENTS.map((event) => logLine(event, START, { rollbackDeploymentId: 'd-2' }))
    expect(lines).toEqual([
      '+00:00   phase                  pre-flight',
      '+00:01   skipped                ecs:ListTasks: AccessDenied',
      '+00:01   task definition        registered arn:td/api:42',
      '+00:01   task definition        reused, nothing changed: arn:td/api:41',
      '+00:02   deployment             created d-1',
      '+00:02   deployment             created d-1 (its answer was lost, the deployment was found again)',
      '+00:02   deployment             attached to d-1',
      '+00:03   deployment             InProgress',
      '+00:20   green targets          2 healthy, 1 draining, 1 initial (Elb.InitialHealthChecking)',
      '+00:21   green targets          none registered',
      '+00:41   AllowTestTraffic       Succeeded (3 s)',
      '+00:42   AfterAllowTestTraffic  Failed (1 min 05 s): line one line two',
      '+02:13   BeforeAllowTraffic     waiting for approval',
      '+02:13   deployment             waiting for a person to continue it',
      '+02:20   production traffic     90 % blue / 10 % green',
      '+02:21   production traffic     66.7 % blue / 33.3 % green',
      '+03:20   deployment             all traffic has moved; the old tasks end later',
      '+05:00   trouble                reading the deployment: Rate exceeded',
      '+59:59   cancelled              asked to stop',
      '+1:02:13 rollback               deployment d-2',
      '+1:02:14 production traffic     rollback: 100 % blue / 0 % green',
      '+10:00:00 goal reached           completed'
    ])
  })
})

describe('elapsed', () => {
  it.each([
    [-5, '+00:00'],
    [999, '+00:00'],
    [3_599_999, '+59:59'],
    [3_600_000, '+1:00:00'],
    [90_061_000, '+25:01:01']
  ])('%d ms is %s', (ms, words) => {
    expect(elapsed(ms)).toBe(words)
  })
})

describe('duration', () => {
  it.each([
    [0, '0 ms'],
    [99.6, '100 ms'],
    [400, '0.4 s'],
    [949, '0.9 s'],
    [990, '1 s'],
    [59_400, '59 s'],
    [59_900, '1 min 00 s'],
    [245_000, '4 min 05 s'],
    [3_599_900, '1 h 00 min'],
    [3_720_000, '1 h 02 min'],
    [360_000_000, '100 h 00 min']
  ])('%d ms is %s', (ms, words) => {
    expect(duration(ms)).toBe(words)
  })
})

it('lines up in Korean too, whose letters take two columns', async () => {
  const lines = await speaking('ko', () =>
    Promise.resolve([
      logLine({ kind: 'phase', at: 0, name: 'deploy' }, 0),
      logLine({ kind: 'created', at: 0, deploymentId: 'd-1', recovered: false, attached: false }, 0)
    ])
  )
  const columnsBefore = (line: string, detail: string): number =>
    Array.from(line.slice(0, line.indexOf(detail))).reduce(
      (sum, c) => sum + (/[가-힣]/.test(c) ? 2 : 1),
      0
    )
  expect(
    lines.map((line, index) => columnsBefore(line, index === 0 ? '배포 생성' : '생성'))
  ).toEqual([32, 32])
})
