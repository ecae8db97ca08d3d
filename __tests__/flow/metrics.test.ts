import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Emulator } from '../../emulator/emulator.ts'
import type { MetricsEvidence } from '../../src/release/evidence.ts'
import { faulty, run, runUndecided, verdictOf, type Released } from './stage.ts'

const MINUTE = 60_000
let workspace: string

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'workspace-'))
  process.env['GITHUB_WORKSPACE'] = workspace
})
afterEach(async () => {
  delete process.env['GITHUB_WORKSPACE']
  await rm(workspace, { recursive: true, force: true })
})

const write = (metrics: string): Promise<void> =>
  writeFile(join(workspace, 'verification.yml'), `version: 1\nmetrics: ${metrics}`)
const inputs = { verification: 'verification.yml' }
const HEALTHY = 'limits: [green healthy-hosts >= 2]'

function metricsOf({ draft }: Released): MetricsEvidence[] {
  return draft.evidence.filter((each) => each.section === 'metrics')
}
const calls = ({ emulator }: Released, operation: string): number =>
  emulator.calls.list(operation).length

describe('metrics', () => {
  it('are read of both sides before the decision and through the shift', async () => {
    await write(`{ required: true, ${HEALTHY} }`)
    const release = await runUndecided({
      inputs,
      // A person says yes after ten minutes.
      prepare: ({ world, operations }, demo) => {
        const approve = async (): Promise<void> => {
          while (demo.gate.requests().length === 0) await world.clock.sleep(1_000, world.closing)
          await world.clock.sleep(10 * MINUTE, world.closing)
          const [{ deploymentId, executionId } = never()] = demo.gate.requests()
          operations.codedeploy.PutLifecycleEventHookExecutionStatus(
            {
              deploymentId,
              lifecycleEventHookExecutionId: executionId,
              status: 'Succeeded'
            },
            world
          )
        }
        approve().catch(() => undefined)
      }
    })
    expect(release.ending.outcome).toBe('released')
    const [atTheGate, shift, ...others] = metricsOf(release)
    expect(others).toEqual([])
    expect(atTheGate).toMatchObject({ name: 'metrics', required: true, verdict: 'passed' })
    expect(atTheGate?.summary).toMatch(/^green: 2 healthy, .*; blue: 2 healthy/)
    const { deployment } = release.draft
    const times = Object.fromEntries(
      (deployment?.steps ?? []).map(({ name, ...each }) => [name, each])
    )
    const shown = times['AllowTestTraffic']?.endedAt ?? 0
    expect(atTheGate?.startedAt).toBe(shown)
    expect((atTheGate?.endedAt ?? 0) - shown).toBeGreaterThanOrEqual(MINUTE)
    expect((atTheGate?.endedAt ?? 0) - shown).toBeLessThanOrEqual(2 * MINUTE)
    // Known five minutes before the person clicked.
    const told = release.draft.timeline.find(
      (event) => event.kind === 'evidence' && event.name === 'metrics'
    )
    expect((told?.at ?? 0) - shown).toBeLessThan(4.1 * MINUTE)
    expect(shift).toMatchObject({
      name: 'metrics during the shift',
      required: false,
      verdict: 'passed',
      startedAt: times['AllowTraffic']?.startedAt
    })
    expect(shift?.series.some(({ side, points }) => side === 'green' && points.length > 0)).toBe(
      true
    )
    expect(calls(release, 'cloudwatch:GetMetricData')).toBe(2)
  })

  it('that a limit forbids stop what nothing else holds back', async () => {
    await write('{ required: true, limits: [green healthy-hosts >= 3] }')
    const { ending, draft } = await runUndecided({ inputs })
    expect(ending).toMatchObject({
      outcome: 'stopped',
      rollback: 'succeeded',
      reason: expect.stringMatching(/^metrics failed: green healthy-hosts is 2, must be >= 3/)
    })
    expect(draft.deployment?.traffic?.green ?? 0).toBe(0)
  })

  it('that are advisory stop nothing', async () => {
    await write('{ required: false, limits: [green healthy-hosts >= 3] }')
    const release = await run({ inputs })
    expect(release.ending.outcome).toBe('released')
    expect(metricsOf(release).map(({ name, verdict }) => [name, verdict])).toEqual([
      // Approved at once: there was no whole minute.
      ['metrics', 'unknown'],
      ['metrics during the shift', 'failed']
    ])
  })

  it('include alarms', async () => {
    await write('{ required: true, alarms: [errors] }')
    const release = await runUndecided({
      inputs,
      prepare: ({ world }) => world.alarms.put('errors', 'ALARM')
    })
    expect(release.ending.reason).toMatch(/^metrics failed: alarm errors is in ALARM/)
  })

  it.each([
    ['cloudwatch:GetMetricData', /cloudwatch:GetMetricData is denied/],
    ['cloudwatch:DescribeAlarms', /cloudwatch:DescribeAlarms is denied/],
    [
      'elasticloadbalancing:DescribeTargetGroups',
      /^elasticloadbalancing:DescribeTargetGroups is denied$/
    ]
  ])('without %s are unknown, and say so', async (right, summary) => {
    await write('{ required: false, alarms: [errors] }')
    const release = await runUndecided({
      inputs: { ...inputs, 'wait-for': 'test-traffic' },
      prepare: (emulator: Emulator, demo) => {
        emulator.world.alarms.put('errors', 'OK')
        faulty(right, { kind: 'denied' })(emulator, demo)
      }
    })
    expect(release.ending.outcome).toBe('started')
    expect(metricsOf(release)).toMatchObject([
      { verdict: 'unknown', summary: expect.stringMatching(summary) }
    ])
  })

  it('of a release that is rejected before they are complete are not passed, and no reason to stop it again', async () => {
    await write(`{ required: true, ${HEALTHY} }`)
    const release = await run({ inputs, gateAnswers: 'Failed' })
    expect(release.ending.outcome).toBe('rejected')
    expect(metricsOf(release)).toMatchObject([{ name: 'metrics', verdict: 'unknown' }])
    expect(release.operations).not.toContain('codedeploy:StopDeployment')
    expect(release.draft.warnings.join()).not.toMatch(/could not be stopped/)
  })

  it('are announced in the pre-flight', async () => {
    await write('{ required: false }')
    const release = await run({ inputs: { ...inputs, 'dry-run': 'true' } })
    expect(verdictOf(release, 'verification')).toBe('OK: metrics (advisory)')
  })
})

function never(): never {
  throw new Error('the gate was not asked')
}
