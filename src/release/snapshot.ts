/**
 * What a control plane says about one deployment at one moment, in terms that all control
 * planes share.
 */
export interface Snapshot {
  /** When it was read, in milliseconds since the epoch. */
  readonly at: number
  readonly deploymentId: string
  /**
   * All decisions use this state. `created`: the control plane has accepted the deployment and
   * begun nothing; `waiting`: it waits for an explicit continue.
   */
  readonly state: 'created' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'stopped'
  /** The control plane's own word. Outputs and reports show it, but no code compares it. */
  readonly status: string
  readonly gate: GateState
  readonly isRollback: boolean
  /** What has stopped the deployment; `wait-ran-out`: nobody continued it in time. */
  readonly stoppedBy: 'alarm' | 'request' | 'wait-ran-out' | undefined
  /** The control plane gave up waiting for the answer of a hook's function. */
  readonly hookTimedOut: boolean
  readonly error: { readonly code: string | undefined; readonly message: string } | undefined
  readonly createdAt: number | undefined
  readonly completedAt: number | undefined
  /** In the control plane's order; undefined if the role may not read them. */
  readonly steps: readonly Step[] | undefined
  /** Shares of production traffic; undefined if the role may not read them. */
  readonly traffic: { readonly blue: number; readonly green: number } | undefined
  readonly taskSets: readonly TaskSetState[]
  /** Green's targets; undefined if they are not known. */
  readonly targets: readonly TargetHealth[] | undefined
  /**
   * Green's tasks that have ended although they were to run, the oldest first; undefined if
   * none were looked for, or if the role may not read them.
   */
  readonly stoppedTasks?: readonly EndedTask[] | undefined
  readonly rollback:
    | { readonly deploymentId: string; readonly message: string | undefined }
    | undefined
  /** All traffic has moved, and the control plane only waits before it ends the old task set. */
  readonly terminationWait: boolean
  /** Absent unless the release moves traffic between two production groups. */
  readonly sides?: SideShares | undefined
}

/** The two sides of a failover as the weights are now, which are not always blue and green: after an even split both have the new revision. */
export interface SideShares {
  /** The side that served before the release. */
  readonly from: SideShare
  /** The side that was released. */
  readonly to: SideShare
}

export interface SideShare {
  /** As the input `sides` calls it. */
  readonly name: string
  /** Percent of production traffic, 0 to 100. */
  readonly share: number
}

/**
 * What a step is for, in the order of the stages. Code compares steps by their stage, never
 * by their names.
 */
export const STAGES = [
  'install',
  /** The test listener is switched to green. */
  'test-traffic',
  /** Functions ask green, before the gate. */
  'verify',
  'gate',
  /** Production traffic moves to green. */
  'shift',
  'after-shift',
  'bake',
  'cleanup'
] as const
export type Stage = (typeof STAGES)[number]

/**
 * What the gate's function has answered. `none`: no gate is visible; `ahead`: the function
 * has not been called yet, or it had not answered when the deployment was stopped;
 * `timed-out`: the control plane gave up waiting for the answer; `unreached`: the control
 * plane could not call the function. If the steps may not be read, a failed function may be
 * that of any step.
 */
export type GateState = 'none' | 'ahead' | 'open' | 'passed' | 'refused' | 'timed-out' | 'unreached'

/** One step of a deployment, such as a lifecycle event of CodeDeploy. */
export interface Step {
  /** The control plane's name for it. It is shown, but never compared. */
  readonly name: string
  /** Undefined if this version does not know the step. Such a step decides nothing. */
  readonly stage: Stage | undefined
  readonly status: StepStatus
  readonly startedAt: number | undefined
  readonly endedAt: number | undefined
  readonly diagnostics:
    | { readonly code: string | undefined; readonly message: string | undefined }
    | undefined
}

export type StepStatus = 'Pending' | 'InProgress' | 'Succeeded' | 'Failed' | 'Skipped' | 'Unknown'

export interface TaskSetState {
  readonly label: 'blue' | 'green' | undefined
  readonly status: string
  readonly desired: number
  readonly pending: number
  readonly running: number
  /** Percent, 0 to 100. */
  readonly weight: number
  readonly targetGroup: string | undefined
}

export interface TargetHealth {
  readonly id: string
  readonly state: string
  readonly reason: string | undefined
  readonly description: string | undefined
}

/** A task of green that nobody has asked to end. */
export interface EndedTask {
  readonly taskArn: string
  /** Milliseconds since the epoch; undefined if ECS does not say. */
  readonly stoppedAt: number | undefined
  readonly stopCode: string | undefined
  readonly stoppedReason: string | undefined
  readonly containers: readonly {
    readonly name: string
    readonly exitCode: number | undefined
    readonly reason: string | undefined
    /** The id that the container's runtime has given to it; undefined if ECS does not say. */
    readonly runtimeId: string | undefined
  }[]
}

export function isTerminal(state: Snapshot['state']): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'stopped'
}

/**
 * The steps of a stage as one: it begins with the first of them and ends with the last.
 * Undefined if no step of this stage is known.
 */
export function stageOf(
  { steps }: { readonly steps: readonly Step[] | undefined },
  stage: Stage
): Pick<Step, 'status' | 'startedAt' | 'endedAt'> | undefined {
  const own = (steps ?? []).filter((step) => step.stage === stage)
  const [first] = own
  const last = own.at(-1)
  if (first === undefined || last === undefined) return undefined
  const status = together(own.map((step) => step.status))
  return { status, startedAt: first.startedAt, endedAt: last.endedAt }
}

function together(statuses: readonly StepStatus[]): StepStatus {
  const [first = 'Unknown'] = statuses
  if (statuses.every((status) => status === first)) return first
  if (statuses.includes('Failed')) return 'Failed'
  const isOver = statuses.every((status) => status === 'Succeeded' || status === 'Skipped')
  return isOver ? 'Succeeded' : 'InProgress'
}
