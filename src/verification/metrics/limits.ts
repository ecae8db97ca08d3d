import type { MetricSeries } from '../../release/evidence.ts'
import { holds, type Comparison } from '../comparison.ts'
import { LIMITS } from '../words/metrics.ts'
import { measure } from './measure.ts'
import type { Metric, Side } from './queries.ts'

/** A limit that a figure must keep over the window, such as green's `target-5xx < 1`. */
export interface MetricLimit {
  readonly metric: Metric
  readonly side: Side
  readonly comparison: Extract<Comparison, '<' | '<=' | '>' | '>='>
  /** In the metric's own unit. */
  readonly value: number
}

export interface JudgedLimit {
  readonly verdict: 'kept' | 'broken' | 'unknown'
  /** What is wrong, in figures; empty if the limit is kept. */
  readonly problem: string
}

/** If a metric has one value per minute, every minute must keep to the limit. */
export function judge(
  limit: MetricLimit,
  series: readonly MetricSeries[],
  from: number
): JudgedLimit {
  const { metric, side, comparison, value } = limit
  const { least, most } = measure(series, metric, side, from)
  const worst = comparison === '<' || comparison === '<=' ? most : least
  if (worst === undefined) return { verdict: 'unknown', problem: LIMITS.noFigure(limit) }
  if (holds(worst, comparison, value)) return { verdict: 'kept', problem: '' }
  return { verdict: 'broken', problem: LIMITS.broken(limit, worst) }
}
