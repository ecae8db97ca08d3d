/** More than this and the oldest go: nobody may fill the memory. */
const KEPT = 10_000

/** Values that last for a while, all for the same while. */
export class Expiring<Value> {
  readonly #entries = new Map<string, { readonly value: Value; readonly until: number }>()
  readonly #lastsMs: number
  readonly #now: () => number

  constructor(lastsMs: number, now: () => number) {
    this.#lastsMs = lastsMs
    this.#now = now
  }

  set(key: string, value: Value): void {
    this.#entries.set(key, { value, until: this.#now() + this.#lastsMs })
    // All last equally long, so the first one in is the first one out.
    for (const [oldest, { until }] of this.#entries) {
      if (until > this.#now() && this.#entries.size <= KEPT) break
      this.#entries.delete(oldest)
    }
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key)
    return entry && entry.until > this.#now() ? entry.value : undefined
  }

  /** The value, which is gone from now on. */
  take(key: string): Value | undefined {
    const value = this.get(key)
    this.#entries.delete(key)
    return value
  }
}
