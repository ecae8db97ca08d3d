import type { Clock } from '../clock.ts'

/** What a stage lets through: requests a second, and how many at once. */
export interface Throttling {
  readonly rate: number
  readonly burst: number
}

/** A token bucket that refills on the emulated clock. */
export class Bucket {
  readonly #clock: Clock
  readonly #limit: Throttling
  #tokens: number
  #filledAt: number

  constructor(clock: Clock, limit: Throttling) {
    this.#clock = clock
    this.#limit = limit
    this.#tokens = limit.burst
    this.#filledAt = clock.now()
  }

  /** Takes a token; false where there is none. */
  admit(): boolean {
    const now = this.#clock.now()
    const { rate, burst } = this.#limit
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) / 1000) * rate)
    this.#filledAt = now
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }
}
