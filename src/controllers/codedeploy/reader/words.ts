import type { GateState, Snapshot, Stage, Step, StepStatus } from '../../../release/snapshot.ts'
import { say } from '../../../words/say.ts'

/**
 * CodeDeploy's own words as the release's: this file, and no other, knows what
 * its statuses, lifecycle events, error codes and messages mean to a release.
 */

/** The part of GetDeployment's answer that is read here; any word may come that the SDK does not list. */
export interface DeploymentAnswer {
  readonly status?: string | undefined
  readonly creator?: string | undefined
  readonly errorInformation?: ErrorAnswer | undefined
  readonly createTime?: Date | undefined
  readonly completeTime?: Date | undefined
  readonly rollbackInfo?:
    | {
        readonly rollbackDeploymentId?: string | undefined
        readonly rollbackMessage?: string | undefined
      }
    | undefined
}

interface ErrorAnswer {
  readonly code?: string | undefined
  readonly message?: string | undefined
}

/** One event of a deployment's target, as GetDeploymentTarget answers. */
export interface EventAnswer {
  readonly lifecycleEventName?: string | undefined
  readonly status?: string | undefined
  readonly startTime?: Date | undefined
  readonly endTime?: Date | undefined
  readonly diagnostics?:
    | { readonly errorCode?: string | undefined; readonly message?: string | undefined }
    | undefined
}

/** `Queued` and `Baking` have not been seen on ECS; they are no ends (aws-semantics 1.5). */
const STATES: ReadonlyMap<string | undefined, Snapshot['state']> = new Map([
  ['Created', 'created'],
  ['Queued', 'running'],
  ['InProgress', 'running'],
  ['Baking', 'running'],
  ['Ready', 'waiting'],
  ['Succeeded', 'succeeded'],
  ['Failed', 'failed'],
  ['Stopped', 'stopped']
])

/** Statuses that count as active: everything that is not an end, waits included. */
export const ACTIVE_STATUSES = ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'] as const

/** The status of a deployment that was told no, or failed by itself. */
export const FAILED = 'Failed'

/** Of CodeDeploy's eight lifecycle events (aws-semantics 1.1). */
const STAGES: ReadonlyMap<string | undefined, Stage> = new Map([
  ['BeforeInstall', 'install'],
  ['Install', 'install'],
  ['AfterInstall', 'install'],
  ['AllowTestTraffic', 'test-traffic'],
  ['AfterAllowTestTraffic', 'verify'],
  ['BeforeAllowTraffic', 'gate'],
  ['AllowTraffic', 'shift'],
  ['AfterAllowTraffic', 'after-shift']
])

const STEP_STATUSES: readonly StepStatus[] = [
  'Pending',
  'InProgress',
  'Succeeded',
  'Failed',
  'Skipped'
]

/** CodeDeploy's messages when the hour of a hook, or the READY wait, has run out (aws-semantics 1.2 and 1.3). */
const CALLBACK_TIMED_OUT = /timed out while waiting for a status callback/i
const READY_TIMED_OUT = /timed out while waiting for a notification to continue/i

/** Codes with which CodeDeploy says that it could not ask a function at all. */
const NOT_ASKED: ReadonlySet<string | undefined> = new Set([
  'IAM_ROLE_MISSING',
  'IAM_ROLE_PERMISSIONS',
  'INVALID_LAMBDA_FUNCTION',
  'INTERNAL_ERROR',
  'THROTTLED'
])

/** What CodeDeploy says of a deployment. `events` are its target's; undefined if they may not be read. */
export function readingOf(
  info: DeploymentAnswer,
  events: readonly EventAnswer[] | undefined
): Pick<
  Snapshot,
  | 'state'
  | 'status'
  | 'gate'
  | 'isRollback'
  | 'stoppedBy'
  | 'hookTimedOut'
  | 'error'
  | 'createdAt'
  | 'completedAt'
  | 'steps'
  | 'rollback'
> {
  const { status, errorInformation: error, rollbackInfo } = info
  const steps = events && stepsOf(events)
  const state = stateOf(status)
  return {
    state,
    // A status that nobody knows yet is shown as what it is taken for.
    status: status !== undefined && STATES.has(status) ? status : 'InProgress',
    gate: gateOf(state, error, steps),
    isRollback: info.creator === 'codeDeployRollback',
    stoppedBy: stoppedBy(state, error),
    hookTimedOut: hookTimedOut(error, gateIn(steps)),
    error: error && { code: error.code, message: error.message ?? say`no message` },
    createdAt: info.createTime?.getTime(),
    completedAt: info.completeTime?.getTime(),
    steps,
    rollback:
      rollbackInfo?.rollbackDeploymentId === undefined
        ? undefined
        : {
            deploymentId: rollbackInfo.rollbackDeploymentId,
            message: rollbackInfo.rollbackMessage
          }
  }
}

/** A status that nobody knows yet is no end: the release goes on being watched. */
export function stateOf(status: string | undefined): Snapshot['state'] {
  return STATES.get(status) ?? 'running'
}

/**
 * The stage of a lifecycle event. Without a test listener CodeDeploy has no
 * events of test traffic, and a function that verifies green runs in
 * AfterInstall. Undefined for an event that nobody knows yet.
 */
export function stageOfEvent(name: string | undefined, hasTestTraffic: boolean): Stage | undefined {
  return name === 'AfterInstall' && !hasTestTraffic ? 'verify' : STAGES.get(name)
}

/** The events of a target, all of which CodeDeploy lists from the start. */
export function stepsOf(events: readonly EventAnswer[]): readonly Step[] {
  const hasTestTraffic = events.some(
    (event) => STAGES.get(event.lifecycleEventName) === 'test-traffic'
  )
  return events.map(({ lifecycleEventName: name, status, startTime, endTime, diagnostics }) => ({
    name: name ?? 'unnamed',
    stage: stageOfEvent(name, hasTestTraffic),
    status: STEP_STATUSES.find((known) => known === status) ?? 'Unknown',
    startedAt: startTime?.getTime(),
    endedAt: endTime?.getTime(),
    diagnostics:
      diagnostics?.message || (diagnostics?.errorCode && diagnostics.errorCode !== 'Success')
        ? { code: diagnostics.errorCode, message: diagnostics.message }
        : undefined
  }))
}

function gateOf(
  state: Snapshot['state'],
  error: ErrorAnswer | undefined,
  steps: readonly Step[] | undefined
): GateState {
  if (steps === undefined) return gateByError(state, error)
  const gate = gateIn(steps)
  switch (gate?.status) {
    case undefined:
      return 'none'
    case 'InProgress':
      return 'open'
    case 'Succeeded':
      return 'passed'
    case 'Failed':
      // The deployment was stopped while the gate was open: nobody has answered.
      if (state === 'stopped') return 'ahead'
      if (hookTimedOut(error, gate)) return 'timed-out'
      return NOT_ASKED.has(error?.code) ? 'unreached' : 'refused'
    default:
      return 'ahead'
  }
}

/** Where the events may not be read, the error tells at least that a function has failed. */
function gateByError(state: Snapshot['state'], error: ErrorAnswer | undefined): GateState {
  if (state !== 'failed') return 'none'
  if (hookTimedOut(error, undefined)) return 'timed-out'
  return error?.code === 'HOOK_EXECUTION_FAILURE' ? 'refused' : 'none'
}

function gateIn(steps: readonly Step[] | undefined): Step | undefined {
  return steps?.find(({ stage }) => stage === 'gate')
}

function hookTimedOut(error: ErrorAnswer | undefined, gate: Step | undefined): boolean {
  const said = [error?.message, gate?.diagnostics?.message]
  return said.some((message) => message !== undefined && CALLBACK_TIMED_OUT.test(message))
}

function stoppedBy(
  state: Snapshot['state'],
  error: ErrorAnswer | undefined
): Snapshot['stoppedBy'] {
  if (state === 'stopped' && READY_TIMED_OUT.test(error?.message ?? '')) return 'wait-ran-out'
  if (error?.code === 'ALARM_ACTIVE') return 'alarm'
  return state === 'stopped' ? 'request' : undefined
}
