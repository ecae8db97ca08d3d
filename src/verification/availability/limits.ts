/** What production must keep to while traffic moves. */
export interface Limits {
  /** 0 to 1; 0.01 unless given. With 0, one failure is one too many. */
  readonly maxFailureRate?: number
  /** Milliseconds, of the requests that were answered; not judged unless given. */
  readonly maxP99Ms?: number
}

export const MAX_FAILURE_RATE = 0.01

/** At most this share may be slower than the 99th percentile. */
export const SLOW_SHARE = 0.01

/** With fewer requests nothing is judged: a share of them means nothing. */
export const FEWEST_REQUESTS = 20

/** One or two that fail are an accident: among 20 requests they would already be 5 or 10 %. */
const FEWEST_BAD = 3

/**
 * Whether so many bad ones of so many break a limit: more than their share, at
 * least three of them, and of at least 20. A share of 0 is broken by the first one.
 */
export function isBroken(bad: number, total: number, share: number): boolean {
  if (share === 0) return bad > 0
  return total >= FEWEST_REQUESTS && bad >= FEWEST_BAD && bad > share * total
}
