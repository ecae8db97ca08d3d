import { describe, expect, it } from '@jest/globals'
import {
  readingOf,
  stageOfEvent,
  stateOf,
  stepsOf,
  type DeploymentAnswer
} from '../../../../src/controllers/codedeploy/reader/words.ts'
import { outcomeOfFailure } from '../../../../src/release/decide.ts'
import { approvalStatus, waitsForPerson } from '../../../../src/release/gate.ts'
import { fullyShifted, goalReached, shiftBegun } from '../../../../src/release/goal.ts'
import { WAIT_FOR } from '../../../../src/release/settings.ts'
import {
  stageOf,
  type GateState,
  type Snapshot,
  type StepStatus
} from '../../../../src/release/snapshot.ts'
import { EVENTS, lifecycleAt, snapshotOf, stepsNamed } from '../../../helpers/snapshots.ts'

const HOUR_OVER =
  'The deployment timed out while waiting for a status callback. CodeDeploy expects one'
const READY_OVER = 'The deployment timed out while waiting for a notification to continue.'

describe('the state of a deployment', () => {
  it.each([
    ['Created', 'created', 'Created'],
    ['Queued', 'running', 'Queued'],
    ['InProgress', 'running', 'InProgress'],
    ['Baking', 'running', 'Baking'],
    ['Ready', 'waiting', 'Ready'],
    ['Succeeded', 'succeeded', 'Succeeded'],
    ['Failed', 'failed', 'Failed'],
    ['Stopped', 'stopped', 'Stopped'],
    ['Rewinding', 'running', 'InProgress'],
    [undefined, 'running', 'InProgress']
  ])('of CodeDeploy’s %s is %s, and is shown as %s', (status, state, shown) => {
    expect(stateOf(status)).toBe(state)
    expect(readingOf({ status }, undefined)).toMatchObject({ state, status: shown })
  })
})

describe('the stage of a lifecycle event', () => {
  it.each([
    ['BeforeInstall', 'install', 'install'],
    ['Install', 'install', 'install'],
    ['AfterInstall', 'install', 'verify'],
    ['AllowTestTraffic', 'test-traffic', undefined],
    ['AfterAllowTestTraffic', 'verify', undefined],
    ['BeforeAllowTraffic', 'gate', 'gate'],
    ['AllowTraffic', 'shift', 'shift'],
    ['AfterAllowTraffic', 'after-shift', 'after-shift'],
    ['TerminateBlueInstances', undefined, undefined],
    [undefined, undefined, undefined]
  ])('%s is %s with a test listener, %s without', (name, withListener, without) => {
    expect(stageOfEvent(name, true)).toBe(withListener)
    const isListed = !(name ?? '').includes('TestTraffic')
    expect(isListed ? stageOfEvent(name, false) : undefined).toBe(without)
  })

  it('is told by the whole list, which shows whether there is a test listener', () => {
    const stages = (hasTestListener: boolean): readonly unknown[] =>
      lifecycleAt('BeforeInstall', 'Pending', hasTestListener).map(({ stage }) => stage)
    expect(stages(true)).toEqual([
      ...['install', 'install', 'install', 'test-traffic'],
      ...['verify', 'gate', 'shift', 'after-shift']
    ])
    expect(stages(false)).toEqual(['install', 'install', 'verify', 'gate', 'shift', 'after-shift'])
  })
})

describe('a step', () => {
  it.each(['Pending', 'InProgress', 'Succeeded', 'Failed', 'Skipped'])('may be %s', (status) => {
    expect(stepsOf([{ lifecycleEventName: 'Install', status }])).toMatchObject([{ status }])
  })

  it('of a status that nobody knows is Unknown, and one without a name has no stage', () => {
    expect(stepsOf([{ status: 'Rewinding' }, {}])).toEqual([
      {
        name: 'unnamed',
        stage: undefined,
        status: 'Unknown',
        startedAt: undefined,
        endedAt: undefined,
        diagnostics: undefined
      },
      expect.objectContaining({ name: 'unnamed', status: 'Unknown' })
    ])
  })

  it('has diagnostics if there is something to tell', () => {
    const told = (diagnostics: { errorCode?: string; message?: string }): unknown =>
      stepsOf([{ lifecycleEventName: 'Install', diagnostics }])[0]?.diagnostics
    expect(told({ errorCode: 'Success', message: '' })).toBeUndefined()
    expect(told({})).toBeUndefined()
    expect(told({ errorCode: 'UnknownError' })).toEqual({
      code: 'UnknownError',
      message: undefined
    })
    expect(told({ errorCode: 'Success', message: 'm' })).toEqual({ code: 'Success', message: 'm' })
  })
})

describe('the gate', () => {
  const gate = (
    status: StepStatus,
    answer: DeploymentAnswer = { status: 'InProgress' },
    said?: string
  ): GateState => {
    const event = { lifecycleEventName: 'BeforeAllowTraffic', status }
    return readingOf(answer, [{ ...event, diagnostics: said ? { message: said } : undefined }]).gate
  }
  const failed = (code: string, message = 'm'): DeploymentAnswer => ({
    status: 'Failed',
    errorInformation: { code, message }
  })

  it.each<[StepStatus, GateState]>([
    ['Pending', 'ahead'],
    ['InProgress', 'open'],
    ['Succeeded', 'passed'],
    ['Failed', 'refused'],
    ['Skipped', 'ahead'],
    ['Unknown', 'ahead']
  ])('whose event is %s is %s', (status, state) => {
    expect(gate(status)).toBe(state)
  })

  it.each([
    'IAM_ROLE_MISSING',
    'IAM_ROLE_PERMISSIONS',
    'INVALID_LAMBDA_FUNCTION',
    'INTERNAL_ERROR',
    'THROTTLED'
  ])('whose function could not be asked, with %s, is unreached', (code) => {
    expect(gate('Failed', failed(code))).toBe('unreached')
  })

  it('has timed out if the error or its own event says so, whatever the code', () => {
    expect(gate('Failed', failed('TIMEOUT', HOUR_OVER))).toBe('timed-out')
    expect(gate('Failed', failed('INTERNAL_ERROR', HOUR_OVER))).toBe('timed-out')
    expect(gate('Failed', failed('HOOK_EXECUTION_FAILURE'), HOUR_OVER)).toBe('timed-out')
  })

  it('was refused by nobody if the deployment was stopped', () => {
    expect(gate('Failed', { status: 'Stopped' })).toBe('ahead')
  })

  it.each<[string, DeploymentAnswer, GateState]>([
    ['a function failed', failed('HOOK_EXECUTION_FAILURE'), 'refused'],
    ['its time ran out', failed('TIMEOUT', HOUR_OVER), 'timed-out'],
    ['something else failed', failed('HEALTH_CONSTRAINTS'), 'none'],
    ['nothing has failed', { status: 'InProgress' }, 'none']
  ])('is told by the error alone if no events may be read: %s', (_, answer, state) => {
    expect(readingOf(answer, undefined)).toMatchObject({ gate: state, steps: undefined })
  })

  it('is none if no event of it is listed', () => {
    expect(readingOf({}, [{ lifecycleEventName: 'Install', status: 'InProgress' }]).gate).toBe(
      'none'
    )
  })
})

describe('what has ended a deployment', () => {
  it.each<[string, DeploymentAnswer, Snapshot['stoppedBy']]>([
    ['an alarm', { status: 'Stopped', errorInformation: { code: 'ALARM_ACTIVE' } }, 'alarm'],
    ['a request', { status: 'Stopped', errorInformation: { code: 'MANUAL_STOP' } }, 'request'],
    ['nobody says what', { status: 'Stopped' }, 'request'],
    ['a wait', { status: 'Stopped', errorInformation: { message: READY_OVER } }, 'wait-ran-out'],
    ['a failure', { status: 'Failed', errorInformation: { message: READY_OVER } }, undefined],
    ['nothing', { status: 'InProgress' }, undefined]
  ])('%s', (_, answer, stoppedBy) => {
    expect(readingOf(answer, undefined).stoppedBy).toBe(stoppedBy)
  })

  it('is the time of a function, of whichever event', () => {
    const timedOut = (message: string): boolean =>
      readingOf({ status: 'Failed', errorInformation: { message } }, []).hookTimedOut
    expect([HOUR_OVER, READY_OVER, ''].map(timedOut)).toEqual([true, false, false])
  })

  it('comes with CodeDeploy’s words and times as they are', () => {
    const answer: DeploymentAnswer = {
      status: 'Failed',
      creator: 'codeDeployRollback',
      errorInformation: { code: 'ANYTHING' },
      createTime: new Date(1),
      completeTime: new Date(2),
      rollbackInfo: { rollbackDeploymentId: 'd-2', rollbackMessage: 'back' }
    }
    expect(readingOf(answer, undefined)).toMatchObject({
      isRollback: true,
      error: { code: 'ANYTHING', message: 'no message' },
      createdAt: 1,
      completedAt: 2,
      rollback: { deploymentId: 'd-2', message: 'back' }
    })
    const other = { creator: 'user', rollbackInfo: { rollbackMessage: 'none' } }
    expect(readingOf(other, undefined)).toMatchObject({ isRollback: false, rollback: undefined })
  })
})

/** What a release decides by a snapshot. */
function decisions(snapshot: Snapshot): unknown {
  return (['hook', 'continue', 'none'] as const).map((gate) => [
    approvalStatus(snapshot, gate),
    waitsForPerson(snapshot, gate),
    WAIT_FOR.map((goal) => goalReached(goal, snapshot, gate)),
    outcomeOfFailure(snapshot, { gate, onlyHook: false }),
    fullyShifted(snapshot),
    shiftBegun(snapshot),
    snapshot.gate
  ])
}

describe('an event that nobody knows yet', () => {
  const statuses = ['InProgress', 'Succeeded', 'Failed'] as const
  const moments = EVENTS.flatMap((event) => statuses.map((status) => [event, status] as const))

  it.each(moments)('changes no decision while %s is %s', (event, status) => {
    const known = lifecycleAt(event, status)
    const state = status === 'Failed' ? 'Failed' : 'InProgress'
    const expected = decisions(snapshotOf({ status: state, steps: known }))
    for (const its of statuses) {
      const [unknown] = stepsNamed({ AfterEverything: [its] })
      const steps = known.flatMap((step) => (unknown ? [unknown, step] : []))
      expect(steps).toHaveLength(2 * known.length)
      expect(decisions(snapshotOf({ status: state, steps }))).toEqual(expected)
    }
  })
})

describe('the steps of one stage', () => {
  const install = (...statuses: StepStatus[]) =>
    stageOf(
      {
        steps: statuses.map((status, index) => ({
          name: `step ${index}`,
          stage: 'install',
          status,
          startedAt: index * 10,
          endedAt: index * 10 + 5,
          diagnostics: undefined
        }))
      },
      'install'
    )

  it('begin with the first and end with the last', () => {
    expect(install('Succeeded', 'Succeeded', 'Succeeded')).toEqual({
      status: 'Succeeded',
      startedAt: 0,
      endedAt: 25
    })
  })

  it.each<[StepStatus, readonly StepStatus[]]>([
    ['Pending', ['Pending', 'Pending']],
    ['InProgress', ['InProgress', 'Pending']],
    ['InProgress', ['Succeeded', 'Pending']],
    ['Failed', ['Succeeded', 'Failed', 'Skipped']],
    ['Succeeded', ['Succeeded', 'Skipped']],
    ['Skipped', ['Skipped', 'Skipped']]
  ])('are %s where they are %s', (status, statuses) => {
    expect(install(...statuses)?.status).toBe(status)
  })

  it('are not there if the steps are not known, or none is of that stage', () => {
    expect(stageOf({ steps: undefined }, 'install')).toBeUndefined()
    expect(stageOf({ steps: [] }, 'install')).toBeUndefined()
  })
})
