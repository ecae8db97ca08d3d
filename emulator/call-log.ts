/** One request as it arrived and what became of it. */
export interface Call {
  /** Emulated time, milliseconds since the epoch. */
  readonly at: number
  /** `ecs:DescribeServices`. */
  readonly operation: string
  readonly accessKeyId: string | undefined
  /** In the SDK's shape; undefined when the request was refused before it was read. */
  input: Readonly<Record<string, unknown>> | undefined
  /** `OK`, an error code, `connection reset` or `answer lost`; `open` until then. */
  outcome: string
}

/** How many calls are kept: an emulator that is left running for days must not fill its machine's memory. */
const KEPT = 50_000

/** The latest requests the emulator saw: tests assert that nothing was written, benchmarks count. */
export class CallLog {
  readonly #kept: number
  readonly #calls: Call[] = []
  #dropped = 0

  constructor(kept = KEPT) {
    this.#kept = kept
  }

  /** How many of the oldest calls are no longer kept. */
  get dropped(): number {
    return this.#dropped
  }

  open(call: Pick<Call, 'at' | 'operation' | 'accessKeyId'>): Call {
    const opened: Call = { ...call, input: undefined, outcome: 'open' }
    this.#calls.push(opened)
    // A tenth at a time, because to take one from the front moves all the others.
    if (this.#calls.length > this.#kept)
      this.#dropped += this.#calls.splice(0, Math.ceil(this.#kept / 10)).length
    return opened
  }

  /** Oldest first; `pattern` is `ecs:RegisterTaskDefinition`, `codedeploy:*` or `*`. */
  list(pattern = '*'): readonly Call[] {
    return this.#calls.filter((call) => matchesOperation(pattern, call.operation))
  }

  count(pattern = '*'): number {
    return this.list(pattern).length
  }

  /** Requests that would have changed something, refused ones included. */
  writes(): readonly Call[] {
    return this.#calls.filter((call) => !isRead(call.operation))
  }

  clear(): void {
    this.#calls.length = 0
    this.#dropped = 0
  }
}

/** Whether `ecs:*`, `*` or an exact name means this operation. */
export function matchesOperation(pattern: string, operation: string): boolean {
  if (pattern.endsWith('*')) return operation.startsWith(pattern.slice(0, -1))
  return pattern === operation
}

/** AWS names what only reads with one of four verbs; signing in writes nothing either. */
function isRead(operation: string): boolean {
  return /^(?:sts:|\w+:(?:Describe|Get|List|BatchGet))/.test(operation)
}
