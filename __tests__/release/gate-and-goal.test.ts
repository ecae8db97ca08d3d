import { describe, expect, it } from '@jest/globals'
import { outcomeOfFailure } from '../../src/release/decide.ts'
import { approvalStatus, type GateKind } from '../../src/release/gate.ts'
import { fullyShifted, goalReached, shiftBegun } from '../../src/release/goal.ts'
import type { Outcome } from '../../src/release/outcome.ts'
import type { WaitFor } from '../../src/release/settings.ts'
import type { Snapshot } from '../../src/release/snapshot.ts'
import { lifecycleAt, snapshotOf } from '../helpers/snapshots.ts'

const HOUR_OVER =
  'The deployment timed out while waiting for a status callback. CodeDeploy expects a status callback within one hour after a deployment hook is invoked.'
const READY_OVER =
  'The deployment timed out while waiting for a notification to continue. This time out period is 5 minutes.'
const HOOK_FAILED =
  'The deployment failed because one or more of the lifecycle event validation functions failed.'

const gateFailed = lifecycleAt('BeforeAllowTraffic', 'Failed')

describe('the outcome of a deployment that failed', () => {
  const hook = { gate: 'hook', onlyHook: true } as const
  const cases: [string, Partial<Snapshot>, { gate: GateKind; onlyHook: boolean }, Outcome][] = [
    [
      'the gate said no',
      {
        status: 'Failed',
        error: { code: 'HOOK_EXECUTION_FAILURE', message: HOOK_FAILED },
        steps: gateFailed
      },
      hook,
      'rejected'
    ],
    [
      'the hour ran out, code TIMEOUT',
      { status: 'Failed', error: { code: 'TIMEOUT', message: HOUR_OVER }, steps: gateFailed },
      hook,
      'expired'
    ],
    [
      'the hour ran out, code HOOK_EXECUTION_FAILURE',
      {
        status: 'Failed',
        error: { code: 'HOOK_EXECUTION_FAILURE', message: HOUR_OVER },
        steps: gateFailed
      },
      hook,
      'expired'
    ],
    [
      'another hook failed',
      {
        status: 'Failed',
        error: { code: 'HOOK_EXECUTION_FAILURE', message: HOOK_FAILED },
        steps: lifecycleAt('AfterAllowTestTraffic', 'Failed')
      },
      hook,
      'failed'
    ],
    [
      'another hook timed out',
      {
        status: 'Failed',
        error: { code: 'TIMEOUT', message: HOUR_OVER },
        steps: lifecycleAt('AfterInstall', 'Failed')
      },
      hook,
      'failed'
    ],
    [
      'green never became healthy',
      {
        status: 'Failed',
        error: {
          code: 'TIMEOUT',
          message:
            'The deployment timed out while waiting for the replacement task set to become healthy.'
        },
        steps: lifecycleAt('Install', 'Failed')
      },
      hook,
      'failed'
    ],
    [
      'the gate could not be asked',
      {
        status: 'Failed',
        error: {
          code: 'IAM_ROLE_PERMISSIONS',
          message: 'The IAM role does not give you permission'
        },
        steps: gateFailed
      },
      hook,
      'failed'
    ],
    [
      'events unreadable, the gate is the only hook',
      { status: 'Failed', error: { code: 'HOOK_EXECUTION_FAILURE', message: HOOK_FAILED } },
      hook,
      'rejected'
    ],
    [
      'events unreadable, several hooks',
      { status: 'Failed', error: { code: 'HOOK_EXECUTION_FAILURE', message: HOOK_FAILED } },
      { gate: 'hook', onlyHook: false },
      'failed'
    ],
    [
      'a hook failed where there is no gate',
      {
        status: 'Failed',
        error: { code: 'HOOK_EXECUTION_FAILURE', message: HOOK_FAILED },
        steps: gateFailed
      },
      { gate: 'none', onlyHook: false },
      'failed'
    ],
    [
      'an alarm',
      {
        status: 'Stopped',
        error: { code: 'ALARM_ACTIVE', message: 'One or more alarms have been activated' }
      },
      hook,
      'stopped'
    ],
    ['a person stopped it', { status: 'Stopped' }, hook, 'stopped'],
    [
      'the READY wait ran out',
      { status: 'Stopped', error: { code: 'TIMEOUT', message: READY_OVER } },
      { gate: 'continue', onlyHook: false },
      'expired'
    ]
  ]
  it.each(cases)('%s', (_, snapshot, facts, outcome) => {
    expect(outcomeOfFailure(snapshotOf(snapshot), facts)).toBe(outcome)
  })
})

describe('approval status', () => {
  const cases: [string, Partial<Snapshot> | undefined, GateKind, string][] = [
    ['no gate', {}, 'none', 'not-required'],
    ['nothing seen yet', undefined, 'hook', 'pending'],
    [
      'the gate is open',
      { steps: lifecycleAt('BeforeAllowTraffic', 'InProgress') },
      'hook',
      'pending'
    ],
    [
      'the gate passed',
      { steps: lifecycleAt('BeforeAllowTraffic', 'Succeeded') },
      'hook',
      'approved'
    ],
    ['the gate said no', { status: 'Failed', steps: gateFailed }, 'hook', 'rejected'],
    [
      'the hour ran out',
      { status: 'Failed', steps: gateFailed, error: { code: 'TIMEOUT', message: HOUR_OVER } },
      'hook',
      'expired'
    ],
    [
      'an alarm ended it while the gate was open',
      {
        status: 'Stopped',
        steps: gateFailed,
        error: { code: 'ALARM_ACTIVE', message: 'alarm' }
      },
      'hook',
      'pending'
    ],
    [
      'never came to the gate',
      { status: 'Failed', steps: lifecycleAt('Install', 'Failed') },
      'hook',
      'pending'
    ],
    ['succeeded, events unreadable', { status: 'Succeeded' }, 'hook', 'approved'],
    [
      'waiting to be continued',
      { status: 'Ready', steps: lifecycleAt('BeforeAllowTraffic', 'Succeeded') },
      'continue',
      'pending'
    ],
    ['continued', { steps: lifecycleAt('AllowTraffic', 'InProgress') }, 'continue', 'approved'],
    [
      'nobody continued',
      { status: 'Stopped', error: { code: undefined, message: READY_OVER } },
      'continue',
      'expired'
    ]
  ]
  it.each(cases)('%s', (_, snapshot, gate, status) => {
    expect(approvalStatus(snapshot && snapshotOf(snapshot), gate)).toBe(status)
  })
})

describe('wait-for', () => {
  const moment = (
    event: Parameters<typeof lifecycleAt>[0],
    status: 'InProgress' | 'Succeeded'
  ): Snapshot => snapshotOf({ steps: lifecycleAt(event, status) })
  const cases: [WaitFor, Snapshot, boolean][] = [
    ['test-traffic', moment('AllowTestTraffic', 'InProgress'), false],
    ['test-traffic', moment('AllowTestTraffic', 'Succeeded'), true],
    ['approval', moment('BeforeAllowTraffic', 'InProgress'), false],
    ['approval', moment('BeforeAllowTraffic', 'Succeeded'), true],
    ['traffic-shifted', moment('AllowTraffic', 'Succeeded'), false],
    ['traffic-shifted', moment('AfterAllowTraffic', 'Succeeded'), true],
    ['completed', moment('AfterAllowTraffic', 'Succeeded'), false],
    ['completed', snapshotOf({ status: 'Succeeded' }), true],
    [
      'approval',
      snapshotOf({ status: 'Failed', steps: lifecycleAt('AllowTraffic', 'Failed') }),
      false
    ]
  ]
  it.each(cases)('%s (%#)', (goal, snapshot, reached) => {
    expect(goalReached(goal, snapshot, 'hook')).toBe(reached)
  })

  it('approval by continue is reached when traffic begins to move, not when the hook passed', () => {
    expect(goalReached('approval', moment('BeforeAllowTraffic', 'Succeeded'), 'continue')).toBe(
      false
    )
    expect(goalReached('approval', moment('AllowTraffic', 'InProgress'), 'continue')).toBe(true)
  })
})

describe('how far traffic is', () => {
  it('tells begun from fully shifted', () => {
    const shifting = snapshotOf({ steps: lifecycleAt('AllowTraffic', 'InProgress') })
    const shifted = snapshotOf({ steps: lifecycleAt('AllowTraffic', 'Succeeded') })
    const atGate = snapshotOf({ steps: lifecycleAt('BeforeAllowTraffic', 'InProgress') })
    expect([atGate, shifting, shifted].map(shiftBegun)).toEqual([false, true, true])
    expect([atGate, shifting, shifted].map(fullyShifted)).toEqual([false, false, true])
  })

  it('knows the termination wait without any lifecycle event', () => {
    expect(fullyShifted(snapshotOf({ terminationWait: true }))).toBe(true)
  })
})
