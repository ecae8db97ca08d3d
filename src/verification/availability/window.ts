/** The counts by which limits are judged. */
export interface Counts {
  total: number
  failed: number
  answered: number
  slow: number
}

/** What one request adds to the counts. */
export interface Kind {
  readonly failed: boolean
  readonly answered: boolean
  readonly slow: boolean
}

export function noCounts(): Counts {
  return { total: 0, failed: 0, answered: 0, slow: 0 }
}

export function count(counts: Counts, { failed, answered, slow }: Kind): void {
  counts.total++
  if (failed) counts.failed++
  if (answered) counts.answered++
  if (slow) counts.slow++
}

const SHORTEST_MS = 10_000
/** At a low rate, the window covers this many requests. */
const REQUESTS = 30
const SLOTS = 100

/** Ten seconds or, at fewer than three requests a second, the time of 30 requests. */
export function windowMs(rate: number): number {
  return Math.max(SHORTEST_MS, (REQUESTS * 1000) / rate)
}

/**
 * Counts the requests of the last `lengthMs`, by the time at which each ended, because a
 * request that times out is known to have failed only then. The window slides by a hundredth
 * of its length.
 */
export class Window {
  readonly #slotMs: number
  readonly #slots = Array.from({ length: SLOTS }, noCounts)
  #newest = -Infinity
  readonly #sum = noCounts()

  constructor(lengthMs: number) {
    this.#slotMs = lengthMs / SLOTS
  }

  get counts(): Readonly<Counts> {
    return this.#sum
  }

  /**
   * `endedAt` in milliseconds. If it is earlier than that of the request before, the request
   * counts as if it had ended with that one.
   */
  add(endedAt: number, kind: Kind): void {
    const number = Math.max(this.#newest, Math.floor(endedAt / this.#slotMs))
    this.#slideTo(number)
    const slot = this.#slots[number % SLOTS]
    if (slot) count(slot, kind)
    count(this.#sum, kind)
  }

  #slideTo(number: number): void {
    const first = Math.max(this.#newest + 1, number - SLOTS + 1)
    for (let each = first; each <= number; each++) {
      const old = this.#slots[each % SLOTS]
      if (!old) continue
      this.#sum.total -= old.total
      this.#sum.failed -= old.failed
      this.#sum.answered -= old.answered
      this.#sum.slow -= old.slow
      Object.assign(old, noCounts())
    }
    this.#newest = number
  }
}
