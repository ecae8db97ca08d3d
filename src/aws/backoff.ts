import type { Clock } from '../release/clock.ts'

export interface Backoff {
  readonly clock: Clock
  /** 0 to 1. It spreads the waits of runs that were throttled at the same time. */
  readonly random: () => number
  /** No further attempt starts later than this after the first one. */
  readonly limitMs: number
  readonly signal?: AbortSignal | undefined
  /** Called before each wait. */
  readonly onWait?: (error: unknown, waitMs: number) => void
}

const FIRST_MS = 1_000
const LONGEST_MS = 20_000

/**
 * Repeats `call` while `isPassing(error)` is true, with growing, jittered waits, until
 * `limitMs` has passed. Errors: the last one of `call`, or the signal's reason.
 */
export async function withBackoff<T>(
  call: () => Promise<T>,
  isPassing: (error: unknown) => boolean,
  { clock, random, limitMs, signal, onWait }: Backoff
): Promise<T> {
  const started = clock.now()
  for (let attempt = 0; ; attempt++) {
    try {
      return await call()
    } catch (error) {
      const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt)
      const wait = Math.round(ceiling / 2 + (ceiling / 2) * random())
      if (!isPassing(error) || clock.now() - started + wait > limitMs) throw error
      onWait?.(error, wait)
      await clock.sleep(wait, signal)
    }
  }
}
