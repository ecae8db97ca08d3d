/** The part of a deployment's green that a recovery reads and changes. */
export interface Fleet {
  /** Reads the present state. A text says why it cannot be read. Never rejects. */
  look(): Promise<FleetState | string>
  /**
   * Stops one of the tasks that `look` has returned, if it is still green's and green still
   * has no production traffic. A text says why it was not stopped, or why that is not known.
   * Never rejects.
   */
  stop(task: string): Promise<string | undefined>
}

export interface FleetState {
  /** How many tasks green should have. */
  readonly desired: number
  /** The tasks that should run. */
  readonly tasks: readonly {
    readonly arn: string
    /** Milliseconds since the epoch; undefined if the task has not started yet. */
    readonly startedAt: number | undefined
  }[]
  /**
   * The targets in green's target group, with the load balancer's names for their states; an
   * id is `address:port`.
   */
  readonly targets: readonly { readonly id: string; readonly state: string }[]
}

/** Whether green is whole: all its tasks run, and as many targets are healthy. */
export function isWhole({ desired, tasks, targets }: FleetState): boolean {
  const running = tasks.filter(({ startedAt }) => startedAt !== undefined).length
  const healthy = targets.filter(({ state }) => state === 'healthy').length
  return desired > 0 && running >= desired && healthy >= desired
}
