/** Log groups of one account and region, into which tasks log that have the driver `awslogs`. */
export interface LogGroups {
  create(name: string): void
  /** In the order of their names. */
  startingWith(prefix: string): readonly LogGroup[]
  /** Creates the stream with its first line; a line for a group that does not exist is lost. */
  write(group: string, stream: string, line: string): void
  /** The events of a stream, the oldest first. */
  read(group: string, stream: string): readonly LogEvent[] | 'no group' | 'no stream'
}

export interface LogEvent {
  /** Emulated time, milliseconds since the epoch. */
  readonly timestamp: number
  readonly message: string
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
  const streams = new Map<string, Map<string, LogEvent[]>>()
  return {
    create(name) {
      const arn = `arn:${partition}:logs:${region}:${account}:log-group:${name}`
      stored.set(name, { name, arn, createdAt: clock.now() })
      if (!streams.has(name)) streams.set(name, new Map())
    },
    write(group, stream, message) {
      const ofGroup = streams.get(group)
      const events = ofGroup?.get(stream) ?? []
      events.push({ timestamp: clock.now(), message })
      ofGroup?.set(stream, events)
    },
    read(group, stream) {
      const ofGroup = streams.get(group)
      return ofGroup ? (ofGroup.get(stream) ?? 'no stream') : 'no group'
    },
    startingWith: (prefix) =>
      [...stored.values()]
        .filter(({ name }) => name.startsWith(prefix))
        .sort((a, b) => (a.name < b.name ? -1 : 1))
  }
}
