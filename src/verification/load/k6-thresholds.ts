import { isMapping, type Mapping } from '../../documents/mapping.ts'
import type { ThresholdResult } from '../../release/evidence.ts'
import { holds, type Comparison } from '../comparison.ts'

/**
 * The form of k6's own thresholds (Grafana's documentation, "Thresholds"): `p(99)<500`,
 * `rate < 0.01`, `count>=100`.
 */
const EXPRESSION =
  /^\s*(avg|min|med|max|value|count|rate|p\(\s*(\d+(?:\.\d+)?)\s*\))\s*(<=|>=|<|>|===|==|!=)\s*(-?\d+(?:\.\d+)?)\s*$/

const COMPARISONS: readonly Comparison[] = ['<', '<=', '>', '>=', '==', '===', '!=']

/** The percentiles for which k6 uses another name. */
const SAME: Readonly<Record<string, string>> = { 'p(0)': 'min', 'p(50)': 'med', 'p(100)': 'max' }

/**
 * Computes every threshold of a metric anew from the metric's own figures; what the summary
 * says about its thresholds is ignored. If a threshold cannot be computed, it counts as not
 * measured, and it has not passed.
 *
 * @param name of the metric, with the tags of a submetric: `http_req_duration{name:cart}`
 * @param values the figures of the metric
 */
export function recompute(name: string, metric: Mapping, values: Mapping): ThresholdResult[] {
  const thresholds = metric['thresholds']
  if (!isMapping(thresholds)) return []
  return Object.keys(thresholds).map((expression) => {
    const [, statistic = '', share, sign, limit] = EXPRESSION.exec(expression) ?? []
    const comparison = COMPARISONS.find((each) => each === sign)
    const key = share === undefined ? statistic : `p(${Number(share)})`
    const measured = isEmptyDuration(name, values) ? undefined : statisticOf(values, key)
    return {
      text: `${name}: ${expression}`,
      measured,
      passed:
        measured !== undefined &&
        comparison !== undefined &&
        holds(measured, comparison, Number(limit))
    }
  })
}

/**
 * The percentiles that a script names, such as `p(99.9)`. k6 exports only the ones that it
 * is asked for.
 */
export function percentilesIn(script: string): readonly string[] {
  const found = [...script.matchAll(/\bp\(\s*(\d{1,2}(?:\.\d{1,6})?)\s*\)/g)]
  return [...new Set(found.map(([, share]) => `p(${Number(share)})`))].slice(0, 20)
}

/** One figure of a metric of any type; undefined if it is missing, or if nothing was counted. */
export function statisticOf(values: Mapping, key: string): number | undefined {
  if (key === 'rate') return shareOf(values) ?? (isShare(values) ? undefined : figure(values, key))
  const named = SAME[key]
  return figure(values, key) ?? (named === undefined ? undefined : figure(values, named))
}

/**
 * The share of true values in a metric that counts them, 0 to 1; undefined for other
 * metrics, and if nothing was counted.
 */
function shareOf(values: Mapping): number | undefined {
  const matches = figure(values, 'passes') ?? figure(values, 'matches')
  const fails = figure(values, 'fails')
  const total = figure(values, 'total') ?? sum(matches, fails)
  if (matches === undefined || total === undefined) return undefined
  return total > 0 && matches >= 0 && matches <= total ? matches / total : undefined
}

function isShare(values: Mapping): boolean {
  return ['passes', 'fails', 'matches', 'total'].some((key) => Object.hasOwn(values, key))
}

/**
 * If a submetric had no request, the file shows it with zeros only. A real request always
 * takes some time.
 */
export function isEmptyDuration(name: string, values: Mapping): boolean {
  return /^http_req_duration(\{|$)/.test(name) && figure(values, 'max') === 0
}

function figure(values: Mapping, key: string): number | undefined {
  const value = Object.hasOwn(values, key) ? values[key] : undefined
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

function sum(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one + other
}
