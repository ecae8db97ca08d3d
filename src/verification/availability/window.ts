/** What limits are about. */
export interface Counts {
  total: number
  failed: number
  answered: number
  slow: number
}

/** One request's share in them. */
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
/** At a low rate the window is as long as this many requests take. */
const REQUESTS = 30
const SLOTS = 100

/** Ten seconds, or at fewer than three requests a second the time of 30 of them. */
export function windowMs(rate: number): number {
  return Math.max(SHORTEST_MS, (REQUESTS * 1000) / rate)
}

/**
 * Counts of the last while, by when each request ended: one that timed out was
 * not known to be lost before. Slides by a hundredth of its length.
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

  /** `endedAt` in milliseconds; one that comes out of order counts as of now. */
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
