import { describe, expect, test } from '@jest/globals'
import { headline } from '../../src/release/headline.ts'
import { probableCause, whereCauseIs, type FailureFacts } from '../../src/release/probable-cause.ts'
import type { Snapshot, TargetHealth } from '../../src/release/snapshot.ts'
import { lifecycleAt, snapshotOf, type EventName } from '../helpers/snapshots.ts'
import { CODEDEPLOY_SAYS, decisionOf, everyEnd } from './sentences.ts'

const GATE_ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:CodeDeployHook_gate'
const HOOKS = new Map([
  ['BeforeAllowTraffic', GATE_ARN],
  ['AfterAllowTestTraffic', 'CodeDeployHook_verify']
])
const HEALTHY: TargetHealth = {
  id: '10.0.0.1:80',
  state: 'healthy',
  reason: undefined,
  description: undefined
}
const SICK: TargetHealth = {
  ...HEALTHY,
  state: 'unhealthy',
  reason: 'Target.ResponseCodeMismatch',
  description: 'Health checks failed with these codes: [500]'
}
const CRASHED: FailureFacts['stoppedTasks'][number] = {
  taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/shop/1',
  stopCode: 'EssentialContainerExited',
  stoppedReason: 'Essential container in task exited',
  containers: [
    { name: 'sidecar', exitCode: 0, reason: undefined },
    { name: 'app', exitCode: 137, reason: 'OutOfMemoryError: Container killed' }
  ]
}
const UNPLACED = {
  at: 0,
  message:
    '(service orders) was unable to place a task because no container instance met all of its requirements.'
}

function failedAt(event: EventName, parts: Partial<Snapshot> = {}): Snapshot {
  const steps = lifecycleAt(event, 'Failed').map((step) =>
    step.status === 'Failed' ? { ...step, startedAt: 0, endedAt: 30_000 } : step
  )
  return snapshotOf({
    status: 'Failed',
    error: { code: 'HOOK_EXECUTION_FAILURE', message: CODEDEPLOY_SAYS },
    steps,
    ...parts
  })
}

function facts(parts: Partial<FailureFacts>): FailureFacts {
  return {
    outcome: 'failed',
    decision: undefined,
    ended: failedAt('Install'),
    targets: [HEALTHY],
    stoppedTasks: [],
    serviceEvents: [],
    hooks: HOOKS,
    ...parts
  }
}

/** Headline and diagnosis, as people read them below each other. */
function told(parts: Partial<FailureFacts>): string {
  const known = facts(parts)
  const isDiagnosed = whereCauseIs(known) !== 'nowhere'
  const { cause = '', finding } = isDiagnosed ? probableCause(known) : {}
  const [any] = everyEnd()
  if (!any) throw new Error('there is an end')
  const failed = known.ended.steps?.find(({ status }) => status === 'Failed')
  const said = headline({
    ...any,
    outcome: known.outcome,
    decision: known.decision,
    deploymentId: 'd-1',
    failedEvent: failed?.name,
    failedAtGate: failed?.stage === 'gate',
    finding,
    reason: known.ended.error?.message
  })
  return `${said}\n${cause}`
}

describe('where the ledger knows, there is nothing to diagnose', () => {
  const gate = failedAt('BeforeAllowTraffic')
  test.each<[string, Partial<FailureFacts>, 'nowhere' | 'log' | 'everywhere']>([
    ['a rejection', { outcome: 'rejected', decision: decisionOf('REJECTED') }, 'nowhere'],
    ['one by evidence', { outcome: 'rejected', decision: decisionOf('REJECTED', []) }, 'nowhere'],
    ['an expiry', { outcome: 'expired', decision: decisionOf('EXPIRED') }, 'nowhere'],
    ['a late approval', { outcome: 'expired', decision: decisionOf('APPROVED') }, 'nowhere'],
    ['a withdrawal', { outcome: 'failed', decision: decisionOf('WITHDRAWN') }, 'nowhere'],
    ['a rejection without a ledger', { outcome: 'rejected' }, 'log'],
    ['an expiry without a ledger', { outcome: 'expired' }, 'log'],
    ['a gate that nobody closed', { outcome: 'expired', decision: decisionOf('PENDING') }, 'log'],
    ['a gate that could ask nobody', { outcome: 'failed', decision: decisionOf('FAILED') }, 'log'],
    ['a stop', { outcome: 'stopped' }, 'everywhere']
  ])('%s', (_, parts, where) => {
    expect(whereCauseIs(facts({ ended: gate, ...parts }))).toBe(where)
  })
})

describe('what is told', () => {
  test('a rejection is its reason, and nothing else', () => {
    const said = told({
      outcome: 'rejected',
      decision: decisionOf('REJECTED'),
      ended: failedAt('BeforeAllowTraffic')
    })
    expect(said).toContain('was rejected by Minsu (U1): totals are wrong')
    expect(said).not.toMatch(/CodeDeploy says|validation functions|log of|Probable|expire/)
  })

  test('a container that keeps ending explains an Install that timed out', () => {
    const said = told({
      ended: failedAt('Install', { error: { code: 'X', message: 'The deployment timed out.' } }),
      stoppedTasks: [CRASHED],
      targets: [SICK]
    })
    expect(said).toContain(
      'failed at Install: a task of the new revision did not stay up (container app exited with 137: OutOfMemoryError: Container killed)'
    )
    expect(said).toContain('Install failed after 30 s. CodeDeploy says: The deployment timed out.')
    expect(said).toContain('Essential container in task exited, container sidecar exited with 0')
  })

  test('else failing health checks do, else what the service says', () => {
    expect(told({ targets: [SICK, HEALTHY] })).toContain(
      "green's health checks fail on 1 of 2 targets: Health checks failed with these codes: [500]"
    )
    expect(told({ serviceEvents: [UNPLACED] })).toContain('was unable to place a task')
  })

  test('without a finding the headline has what CodeDeploy says, and the diagnosis does not', () => {
    const { cause, finding } = probableCause(facts({}))
    expect(finding).toBeUndefined()
    expect(cause).toBe('Install failed after 30 s.')
  })

  test('a function that failed is named, and not its ARN; tasks do not explain it', () => {
    const said = told({
      ended: failedAt('AfterAllowTestTraffic'),
      stoppedTasks: [CRASHED]
    })
    expect(said).toContain(
      'AfterAllowTestTraffic failed after 30 s; the log of function CodeDeployHook_verify tells why.'
    )
    expect(said).not.toContain('did not stay up')
  })

  test('a rejection that only the log tells from an expiry names the log', () => {
    const said = told({ outcome: 'rejected', ended: failedAt('BeforeAllowTraffic') })
    expect(said).toContain('The log of function CodeDeployHook_gate tells which.')
  })

  test('a release that this job stopped, because it waited in vain, says what it saw', () => {
    const ended = snapshotOf({ status: 'Stopped', steps: lifecycleAt('Install', 'InProgress') })
    const { cause, finding } = probableCause(
      facts({ outcome: 'stopped', ended, stoppedTasks: [CRASHED] })
    )
    expect(cause).toContain('The deployment was stopped during Install.')
    expect(cause).toContain('Before that: a task of the new revision did not stay up')
    expect(finding).toContain('container app exited with 137')
  })

  test('an alarm is its own explanation', () => {
    const ended = snapshotOf({
      status: 'Stopped',
      error: { code: 'ALARM_ACTIVE', message: 'Activated alarms: 5xx' },
      steps: lifecycleAt('AllowTraffic', 'InProgress')
    })
    const { cause, finding } = probableCause(facts({ outcome: 'stopped', ended, targets: [SICK] }))
    expect([cause, finding]).toEqual([
      'A CloudWatch alarm stopped it during AllowTraffic.',
      undefined
    ])
  })
})

describe('headline and diagnosis together, for every failure', () => {
  const events: readonly EventName[] = [
    'Install',
    'AfterAllowTestTraffic',
    'BeforeAllowTraffic',
    'AfterAllowTraffic'
  ]
  const decisions = [
    undefined,
    ...(['PENDING', 'APPROVED', 'REJECTED', 'EXPIRED', 'FAILED', 'WITHDRAWN'] as const).map(
      (state) => decisionOf(state)
    )
  ]
  const all = events.flatMap((event) =>
    decisions.flatMap((decision) =>
      (['rejected', 'expired', 'failed', 'stopped'] as const)
        .filter((outcome) => outcome !== 'rejected' || event === 'BeforeAllowTraffic')
        .filter((outcome) => outcome !== 'expired' || event === 'BeforeAllowTraffic')
        .flatMap((outcome) =>
          [[], [CRASHED]].flatMap((stoppedTasks) =>
            [[], [HEALTHY], [SICK]].flatMap((targets) =>
              [[], [UNPLACED]].map((serviceEvents) => {
                const parts = { outcome, decision, stoppedTasks, targets, serviceEvents }
                return { parts, said: told({ ...parts, ended: failedAt(event) }) }
              })
            )
          )
        )
    )
  )

  test.each<[string, (said: string, outcome: string) => boolean]>([
    ["CodeDeploy's sentence twice", (said) => said.split('validation functions failed').length > 2],
    ['an ARN', (said) => said.includes('arn:aws')],
    ['healthy targets', (said) => /\bhealthy\b/.test(said)],
    [
      'the gate, where another event failed',
      (said) =>
        /failed at (?!Before)|failed after 30/.test(said) && /ask nobody|superseded/.test(said)
    ],
    [
      'tasks, targets or events of a rejection or an expiry',
      (said, outcome) =>
        ['rejected', 'expired'].includes(outcome) &&
        /did not stay up|health checks|place/.test(said)
    ],
    ['a value that is not there', (said) => /undefined|null|NaN|\{\d\}/.test(said)],
    ['two full stops, or an empty bracket', (said) => /\.\.|\(\)| ;|;;|  /.test(said)]
  ])('never say %s', (_, isWrong) => {
    expect(all.filter(({ said, parts }) => isWrong(said, parts.outcome))).toEqual([])
  })

  test('are many', () => {
    expect(all.length).toBeGreaterThan(500)
  })
})
