/** CloudWatch has a load balancer's figures per minute. */
export const MINUTE_MS = 60_000
/** The longest window of one call. */
const LONGEST_MINUTES = 60

export interface Window {
  readonly from: number
  /** Exclusive. */
  readonly until: number
}

/**
 * The start of the first minute that begins at this time or later, in milliseconds since the
 * epoch.
 */
export function ceilMinute(at: number): number {
  return Math.ceil(at / MINUTE_MS) * MINUTE_MS
}

/**
 * Splits the time between two moments into windows of an hour. They begin with the minute
 * that contains the first moment, because CloudWatch rounds down to it anyway. Empty if
 * there is no time between the moments, because CloudWatch would refuse such a call.
 */
export function windows(from: number, until: number): readonly Window[] {
  if (!(from < until)) return []
  const begin = Math.floor(from / MINUTE_MS) * MINUTE_MS
  const length = LONGEST_MINUTES * MINUTE_MS
  return Array.from({ length: Math.ceil((until - begin) / length) }, (_, index) => ({
    from: begin + index * length,
    until: Math.min(begin + (index + 1) * length, until)
  }))
}
