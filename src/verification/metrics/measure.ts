import type { MetricSeries } from '../../release/evidence.ts'
import type { Metric, Side } from './queries.ts'

type Points = MetricSeries['points']

/** A window's lowest and highest figure of a metric; undefined if the window has none. */
export interface Measured {
  readonly least: number | undefined
  readonly most: number | undefined
}

/**
 * The figure of one metric and side over a window that begins at `from`.
 *
 * Counts are summed. The sum includes the minute that has begun before the window, so that
 * nothing is lost. A minute without a point is a zero, because the load balancer leaves
 * zeros out; but if the side has no point in any metric, its figures are not known.
 * Response times are averaged, weighted by the requests of their minutes.
 * For hosts, every whole minute counts. The minute before is left out, because hosts were
 * still being registered then.
 */
export function measure(
  series: readonly MetricSeries[],
  metric: Metric,
  side: Side,
  from: number
): Measured {
  const points = pointsOf(series, metric, side)
  switch (metric) {
    case 'healthy-hosts':
      return extremes(points.filter(({ at }) => at >= from).map(({ value }) => value))
    case 'response-time':
      return single(average(points, pointsOf(series, 'requests', side)))
    case 'target-4xx':
    case 'target-5xx':
    case 'requests':
      return single(isKnown(series, side) ? sum(points.map(({ value }) => value)) : undefined)
  }
}

/** Whether this side has a point in any metric. */
export function isKnown(series: readonly MetricSeries[], side: Side): boolean {
  return series.some((each) => each.side === side && each.points.length > 0)
}

function pointsOf(series: readonly MetricSeries[], metric: Metric, side: Side): Points {
  return series.find((each) => each.metric === metric && each.side === side)?.points ?? []
}

function average(points: Points, requests: Points): number | undefined {
  const byMinute = new Map(requests.map(({ at, value }) => [at, value]))
  const weight = ({ at }: Points[number]): number => byMinute.get(at) ?? 1
  const total = sum(points.map(weight))
  if (total === 0) return undefined
  return sum(points.map((point) => point.value * weight(point))) / total
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}

function extremes(values: readonly number[]): Measured {
  if (values.length === 0) return single(undefined)
  return { least: Math.min(...values), most: Math.max(...values) }
}

function single(value: number | undefined): Measured {
  return { least: value, most: value }
}
