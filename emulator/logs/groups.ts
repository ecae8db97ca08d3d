/** Log groups of one account and region; nothing is logged into them. */
export interface LogGroups {
  create(name: string): void
  /** In the order of their names. */
  startingWith(prefix: string): readonly LogGroup[]
}

export interface LogGroup {
  readonly name: string
  readonly arn: string
  /** Emulated time, milliseconds since the epoch. */
  readonly createdAt: number
}

export interface LogGroupsOptions {
  readonly partition: string
  readonly account: string
  readonly region: string
  readonly clock: { now(): number }
}

export function createLogGroups(options: LogGroupsOptions): LogGroups {
  const { partition, account, region, clock } = options
  const stored = new Map<string, LogGroup>()
  return {
    create(name) {
      const arn = `arn:${partition}:logs:${region}:${account}:log-group:${name}`
      stored.set(name, { name, arn, createdAt: clock.now() })
    },
    startingWith: (prefix) =>
      [...stored.values()]
        .filter(({ name }) => name.startsWith(prefix))
        .sort((a, b) => (a.name < b.name ? -1 : 1))
  }
}
