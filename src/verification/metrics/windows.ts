/** CloudWatch keeps a load balancer's figures by the minute. */
export const MINUTE_MS = 60_000
/** What one call asks for at most. */
const LONGEST_MINUTES = 60

export interface Window {
  readonly from: number
  /** Exclusive. */
  readonly until: number
}

/** The first minute that begins at this moment or after it, milliseconds since the epoch. */
export function ceilMinute(at: number): number {
  return Math.ceil(at / MINUTE_MS) * MINUTE_MS
}

/**
 * The time between two moments in pieces of an hour, from the beginning of the
 * minute that the first one is in: CloudWatch rounds down to it anyway. None
 * where no time lies between them; a call for nothing would be refused.
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
