import type { Trend } from '../../release/evidence.ts'

/** What a load test measured, whichever engine ran it. */
export interface Figures {
  /** The trend of the request durations in milliseconds; undefined if no request was answered. */
  readonly latency: Trend | undefined
  /** Requests that ended, with an answer or without one. */
  readonly requests: number
  /** Requests a second. */
  readonly rate: number
  /** 0 to 1. A request failed if it had no answer, or a status other than 2xx or 3xx. */
  readonly failureRate: number
  readonly failed: number
}

/**
 * Returns the trend of durations in milliseconds; undefined if there are none.
 * The durations are sorted in place. Percentiles are interpolated between the
 * two nearest durations, as k6 does it, so that a figure means the same with
 * both engines.
 */
export function trendOf(durations: Float64Array): Trend | undefined {
  const min = durations.sort()[0]
  if (min === undefined) return undefined
  const percentile = (share: number): number => {
    const place = share * (durations.length - 1)
    const below = durations[Math.floor(place)] ?? min
    const above = durations[Math.ceil(place)] ?? below
    return below + (above - below) * (place - Math.floor(place))
  }
  return {
    avg: durations.reduce((sum, each) => sum + each, 0) / durations.length,
    min,
    med: percentile(0.5),
    max: percentile(1),
    p90: percentile(0.9),
    p95: percentile(0.95),
    p99: percentile(0.99)
  }
}
