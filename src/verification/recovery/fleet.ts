/** Green of one deployment, as far as a recovery has to see and touch it. */
export interface Fleet {
  /** What it is now; a text is why that cannot be told. Never rejects. */
  look(): Promise<FleetState | string>
  /**
   * Stops one of the tasks that a look has shown, if it still is green's and
   * green still has no production traffic. A text is why it was not stopped, or
   * why that is not known. Never rejects.
   */
  stop(task: string): Promise<string | undefined>
}

export interface FleetState {
  /** How many tasks it is to have. */
  readonly desired: number
  /** Those that are wanted to run. */
  readonly tasks: readonly {
    readonly arn: string
    /** Undefined: not yet. Milliseconds since the epoch. */
    readonly startedAt: number | undefined
  }[]
  /** Of its target group, in the load balancer's words; an id is `address:port`. */
  readonly targets: readonly { readonly id: string; readonly state: string }[]
}

/** Whether it has all its tasks, and every one that counts is healthy. */
export function isWhole({ desired, tasks, targets }: FleetState): boolean {
  const running = tasks.filter(({ startedAt }) => startedAt !== undefined).length
  const healthy = targets.filter(({ state }) => state === 'healthy').length
  return desired > 0 && running >= desired && healthy >= desired
}
