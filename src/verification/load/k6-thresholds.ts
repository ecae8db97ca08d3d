import { isMapping, type Mapping } from '../../documents/mapping.ts'
import type { ThresholdResult } from '../../release/evidence.ts'
import { holds, type Comparison } from '../comparison.ts'
import { boundsOf, figure, hasNoSamples, isShare, statisticOf } from './k6-metric.ts'

/**
 * The form of k6's own thresholds (Grafana's documentation, "Thresholds"): `p(99)<500`,
 * `rate < 0.01`, `count>=100`. k6 reads the figures with Go's ParseFloat, which takes an
 * exponent and a figure without a digit before its point (recordings/exponent.k6).
 */
const FIGURE = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`
const EXPRESSION = new RegExp(
  String.raw`^\s*(avg|min|med|max|value|count|rate|p\(\s*(${FIGURE})\s*\))\s*(<=|>=|<|>|===|==|!=)\s*(${FIGURE})\s*$`
)

const COMPARISONS: readonly Comparison[] = ['<', '<=', '>', '>=', '==', '===', '!=']

/**
 * Computes every threshold of a metric anew from the metric's own figures; what the summary
 * says about its thresholds is ignored. A metric without samples is judged as follows:
 *
 * - k6 does not evaluate its thresholds, so that they all hold (k6 1.8.1,
 *   recordings/rate-without-samples and recordings/checks-threshold-without-checks). A rate
 *   without samples therefore holds here, but nothing counts as measured.
 * - The zeros of a trend or a gauge without samples look like figures
 *   (recordings/trend-and-gauge-without-samples). They count as not measured, and the
 *   threshold has not passed.
 * - The count of a counter without samples is really 0, and is judged as such.
 *
 * If a threshold cannot be computed, it counts as not measured, and it has not passed.
 *
 * @param name of the metric, with the tags of a submetric: `http_req_duration{name:cart}`
 * @param values the figures of the metric
 */
export function recompute(name: string, metric: Mapping, values: Mapping): ThresholdResult[] {
  const thresholds = metric['thresholds']
  if (!isMapping(thresholds)) return []
  return Object.keys(thresholds).map((expression) => ({
    text: `${name}: ${expression}`,
    ...judged(expression, name, values)
  }))
}

type Judged = Pick<ThresholdResult, 'measured' | 'passed'>

const NOT_MEASURED: Judged = { measured: undefined, passed: false }

function judged(expression: string, name: string, values: Mapping): Judged {
  const [, statistic = '', share, sign, figureOfLimit] = EXPRESSION.exec(expression) ?? []
  const comparison = COMPARISONS.find((each) => each === sign)
  const limit = Number(figureOfLimit)
  if (comparison === undefined) return NOT_MEASURED
  if (hasNoSamples(name, values)) {
    return { measured: undefined, passed: statistic === 'rate' && isShare(values) }
  }
  if (share !== undefined) return judgedPercentile(Number(share), comparison, limit, values)
  const measured = statisticOf(values, statistic)
  if (measured === undefined) return NOT_MEASURED
  return { measured, passed: holds(measured, comparison, limit) }
}

/**
 * Judges a percentile. If the summary does not have it, because the script computes its
 * name, its two neighbours bound it, and they decide where both give the same answer. What
 * is measured is then the neighbour that is nearer to the limit.
 */
function judgedPercentile(
  share: number,
  comparison: Comparison,
  limit: number,
  values: Mapping
): Judged {
  const exact = figure(values, `p(${share})`)
  const [low, high] = exact === undefined ? boundsOf(values, share) : [exact, exact]
  if (low === undefined || high === undefined) return NOT_MEASURED
  const passed = holds(low, comparison, limit)
  if (low === high) return { measured: low, passed }
  // A value between the neighbours may equal the limit although neither of them does.
  const isOrder = ['<', '<=', '>', '>='].includes(comparison)
  if (!isOrder || holds(high, comparison, limit) !== passed) return NOT_MEASURED
  return { measured: high <= limit ? high : low, passed }
}

/**
 * The percentiles that a script names, such as `p(99.9)`. k6 exports only the ones that it
 * is asked for.
 */
export function percentilesIn(script: string): readonly string[] {
  const found = [...script.matchAll(/\bp\(\s*(\d{1,2}(?:\.\d{1,6})?)\s*\)/g)]
  return [...new Set(found.map(([, share]) => `p(${Number(share)})`))].slice(0, 20)
}
