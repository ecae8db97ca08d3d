import type { Trend } from '../../release/evidence.ts'

/**
 * The trend of durations in milliseconds, which are sorted in place; undefined
 * for none. Percentiles are interpolated between the two nearest durations, as
 * k6 does it, so that a figure means the same whichever engine measured it.
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
