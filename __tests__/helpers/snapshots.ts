import {
  readingOf,
  stepsOf,
  type EventAnswer
} from '../../src/controllers/codedeploy/reader/words.ts'
import type { Snapshot, Step, StepStatus } from '../../src/release/snapshot.ts'

export const EVENTS = [
  'BeforeInstall',
  'Install',
  'AfterInstall',
  'AllowTestTraffic',
  'AfterAllowTestTraffic',
  'BeforeAllowTraffic',
  'AllowTraffic',
  'AfterAllowTraffic'
] as const
export type EventName = (typeof EVENTS)[number]

/** Status by event, with its times; the stages are those that CodeDeploy's reader gives to these events. */
type Time = number | undefined
export type Events = Readonly<Record<string, readonly [StepStatus, Time?, Time?]>>

export function stepsNamed(events: Events, hasTestListener = true): Step[] {
  const answer = Object.entries(events).map(
    ([lifecycleEventName, [status, startedAt, endedAt]]): EventAnswer => ({
      lifecycleEventName,
      status,
      startTime: startedAt === undefined ? undefined : new Date(startedAt),
      endTime: endedAt === undefined ? undefined : new Date(endedAt)
    })
  )
  // A test names the events it is about; CodeDeploy lists those of the test listener too.
  const whole = hasTestListener ? [...answer, { lifecycleEventName: 'AllowTestTraffic' }] : answer
  return stepsOf(whole).slice(0, answer.length)
}

/** A lifecycle in which everything before `event` has succeeded, `event` has `status`, and the rest follows from it. */
export function lifecycleAt(event: EventName, status: StepStatus, hasTestListener = true): Step[] {
  const names = hasTestListener ? EVENTS : EVENTS.filter((name) => !name.includes('TestTraffic'))
  const at = names.indexOf(event)
  const rest: StepStatus = status === 'Failed' ? 'Skipped' : 'Pending'
  const statuses = names.map((name, index): [string, [StepStatus]] => [
    name,
    [index < at ? 'Succeeded' : index === at ? status : rest]
  ])
  return stepsNamed(Object.fromEntries(statuses), hasTestListener)
}

/** What CodeDeploy's reader makes of this status, error and steps; `parts` go before it. */
export function snapshotOf(parts: Partial<Snapshot> = {}): Snapshot {
  const { status = 'InProgress', error, steps } = parts
  return {
    at: 0,
    deploymentId: 'd-ABCDEFGH1',
    ...readingOf({ status, errorInformation: error }, steps?.map(answerOf)),
    createdAt: 0,
    traffic: undefined,
    taskSets: [],
    targets: undefined,
    terminationWait: false,
    ...parts
  }
}

/** As CodeDeploy has told of it. */
function answerOf({ name, status, startedAt, endedAt, diagnostics }: Step): EventAnswer {
  return {
    lifecycleEventName: name,
    status,
    startTime: startedAt === undefined ? undefined : new Date(startedAt),
    endTime: endedAt === undefined ? undefined : new Date(endedAt),
    diagnostics: diagnostics && { errorCode: diagnostics.code, message: diagnostics.message }
  }
}
