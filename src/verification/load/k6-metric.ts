import type { Mapping } from '../../documents/mapping.ts'

// The figures of one metric in k6's summary. It does not name the type of the metric, but each
// type has figures of its own: a rate has `passes` and `fails`, a trend has `avg` and
// percentiles, a gauge has `value`, and a counter has `count` and `rate`.

/**
 * One figure of a metric; undefined if it is missing, if nothing was counted, or if the type
 * of the metric does not have it. `count` of a trend is the number of its samples, which k6
 * does not let a threshold use.
 */
export function statisticOf(values: Mapping, key: string): number | undefined {
  if (key === 'rate') return shareOf(values) ?? (isShare(values) ? undefined : figure(values, key))
  return key === 'count' && isTrend(values) ? undefined : figure(values, key)
}

/**
 * The greatest known figure that a percentile of a trend is not below, and the smallest that
 * it is not above. k6's percentiles never fall as the share rises.
 */
export function boundsOf(
  values: Mapping,
  share: number
): readonly [number | undefined, number | undefined] {
  if (!(share >= 0 && share <= 100)) return [undefined, undefined]
  const known = Object.keys(values).flatMap((key) => {
    const at = shareNamed(key)
    const value = figure(values, key)
    return at === undefined || value === undefined ? [] : [{ at, value }]
  })
  const below = known.filter(({ at }) => at <= share).map(({ value }) => value)
  const above = known.filter(({ at }) => at >= share).map(({ value }) => value)
  return [
    below.length === 0 ? undefined : Math.max(...below),
    above.length === 0 ? undefined : Math.min(...above)
  ]
}

/** The percentiles for which k6 uses another name. */
const NAMED: Readonly<Record<string, number>> = { min: 0, med: 50, max: 100 }

function shareNamed(key: string): number | undefined {
  const [, share] = /^p\((\d+(?:\.\d+)?)\)$/.exec(key) ?? []
  if (share !== undefined) return Number(share)
  return Object.hasOwn(NAMED, key) ? NAMED[key] : undefined
}

/**
 * Whether nothing has been measured of a metric. In a file without the number of a trend's
 * samples, as well as for a gauge, zeros alone cannot be told from no samples. Where every
 * connection fails, k6 notes 0 ms for each request, but a real answer always takes some time.
 */
export function hasNoSamples(name: string, values: Mapping): boolean {
  if (isShare(values)) return totalOf(values) === 0
  if (isTrend(values)) {
    if (figure(values, 'count') === 0) return true
    const isAnswer = /^http_req_(duration|waiting)(\{|$)/.test(name)
    if (figure(values, 'count') !== undefined && !isAnswer) return false
    return figure(values, 'min') === 0 && figure(values, 'max') === 0
  }
  return Object.hasOwn(values, 'value') && areZero(values, 'value', 'min', 'max')
}

export function isTrend(values: Mapping): boolean {
  return Object.hasOwn(values, 'avg') || Object.hasOwn(values, 'med')
}

/** Whether the metric counts how many of its values are true. */
export function isShare(values: Mapping): boolean {
  return ['passes', 'fails', 'matches', 'total'].some((key) => Object.hasOwn(values, key))
}

/** The share of true values, 0 to 1; undefined for other metrics, and if nothing was counted. */
function shareOf(values: Mapping): number | undefined {
  const matches = trueOf(values)
  const total = totalOf(values)
  if (matches === undefined || total === undefined) return undefined
  return total > 0 && matches >= 0 && matches <= total ? matches / total : undefined
}

export function trueOf(values: Mapping): number | undefined {
  return figure(values, 'passes') ?? figure(values, 'matches')
}

function totalOf(values: Mapping): number | undefined {
  const [matches, fails] = [trueOf(values), figure(values, 'fails')]
  return (
    figure(values, 'total') ??
    (matches === undefined || fails === undefined ? undefined : matches + fails)
  )
}

function areZero(values: Mapping, ...keys: readonly string[]): boolean {
  return keys.every((key) => (figure(values, key) ?? 0) === 0)
}

export function figure(values: Mapping, key: string): number | undefined {
  const value = Object.hasOwn(values, key) ? values[key] : undefined
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
