/**
 * How a method misbehaves: no answer, a reset connection, HTTP 500, HTTP 429,
 * an error of Slack's, or its right answer late (milliseconds on the clock).
 */
export type Fault =
  | 'hang'
  | 'reset'
  | 'server-error'
  | 'ratelimited'
  | { readonly error: string }
  | { readonly slowMs: number }

/** Faults by method; `*` is every method. */
export class Faults {
  readonly #faults = new Map<string, { readonly fault: Fault; left: number }>()

  put(method: string, fault: Fault, times = Number.POSITIVE_INFINITY): void {
    this.#faults.set(method, { fault, left: times })
  }

  clear(): void {
    this.#faults.clear()
  }

  /** The fault of the next call, which uses it up. */
  take(method: string): Fault | undefined {
    for (const name of [method, '*']) {
      const entry = this.#faults.get(name)
      if (entry && entry.left > 0) {
        entry.left--
        return entry.fault
      }
    }
    return undefined
  }
}
