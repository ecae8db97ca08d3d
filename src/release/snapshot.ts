/** What a control plane says about one deployment at one moment, in the release's own words. */
export interface Snapshot {
  /** When it was read, milliseconds since the epoch. */
  readonly at: number
  readonly deploymentId: string
  readonly status: DeploymentStatus
  readonly creator: string | undefined
  readonly error: { readonly code: string | undefined; readonly message: string } | undefined
  readonly createdAt: number | undefined
  readonly completedAt: number | undefined
  /** In the control plane's order; undefined where the role may not read it. */
  readonly lifecycle: readonly LifecycleEvent[] | undefined
  /** Share of production traffic; undefined where the role may not read it. */
  readonly traffic: { readonly blue: number; readonly green: number } | undefined
  readonly taskSets: readonly TaskSetState[]
  /** Green's targets; undefined where unknown. */
  readonly targets: readonly TargetHealth[] | undefined
  readonly rollback:
    | { readonly deploymentId: string; readonly message: string | undefined }
    | undefined
  /** All traffic has moved and the control plane only waits before it ends the old task set. */
  readonly terminationWait: boolean
}

/**
 * CodeDeploy's words. `Queued` and `Baking` have not been seen on ECS; they are
 * accepted as not terminal (aws-semantics 1.5).
 */
export type DeploymentStatus =
  | 'Created'
  | 'Queued'
  | 'InProgress'
  | 'Baking'
  | 'Ready'
  | 'Succeeded'
  | 'Failed'
  | 'Stopped'

export interface LifecycleEvent {
  readonly name: string
  readonly status: LifecycleStatus
  readonly startedAt: number | undefined
  readonly endedAt: number | undefined
  readonly diagnostics:
    | { readonly code: string | undefined; readonly message: string | undefined }
    | undefined
}

export type LifecycleStatus =
  | 'Pending'
  | 'InProgress'
  | 'Succeeded'
  | 'Failed'
  | 'Skipped'
  | 'Unknown'

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

export function isTerminal(status: DeploymentStatus): boolean {
  return status === 'Succeeded' || status === 'Failed' || status === 'Stopped'
}

/** The lifecycle event with this name, if it is known. */
export function eventNamed(
  { lifecycle }: Pick<Snapshot, 'lifecycle'>,
  name: string
): LifecycleEvent | undefined {
  return lifecycle?.find((event) => event.name === name)
}
