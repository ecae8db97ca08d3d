import { closest } from '../../documents/closest.ts'
import { ProblemsError } from '../../documents/problems.ts'
import type { ThresholdResult } from '../../release/evidence.ts'
import { holds, type Comparison } from '../comparison.ts'
import type { Figures } from './figures.ts'
import { say } from '../../words/say.ts'

/** A limit that a load test must keep. */
export interface Threshold {
  /** The threshold as the file has it. */
  readonly text: string
  readonly statistic: Statistic
  readonly comparison: Comparison
  /** In `unit`. */
  readonly limit: number
  readonly unit: Unit
}

const LATENCIES = ['avg', 'min', 'med', 'max', 'p90', 'p95', 'p99'] as const
const STATISTICS = [...LATENCIES, 'failure-rate', 'rate'] as const
const COMPARISONS = ['<', '<=', '>', '>='] as const

type Statistic = (typeof STATISTICS)[number]
/** Without a name: a fraction, 0 to 1. */
type Unit = 'ms' | 's' | '%' | '/s' | ''

/** Thresholds that are not valid. Each problem says where, what was found and what is accepted. */
export class ThresholdsError extends ProblemsError {
  override readonly name = 'ThresholdsError'
}

/**
 * Reads thresholds such as `p99 < 500 ms`, `avg <= 0.2 s`, `failure-rate < 1 %` and
 * `rate > 50 /s`.
 *
 * @param where the name that the problems use, such as `load.thresholds`, followed by `[0]`
 * and so on
 * @throws ThresholdsError with the problems of all thresholds, one each
 */
export function parseThresholds(texts: readonly string[], where: string): readonly Threshold[] {
  const read = texts.map((text, index) => readThreshold(text, `${where}[${index}]`))
  const problems = read.filter((each) => typeof each === 'string')
  if (problems.length > 0) throw new ThresholdsError(problems)
  return read.filter((each) => typeof each !== 'string')
}

/**
 * Judges a threshold by figures that this action has measured. If the figure is missing, the
 * threshold has not passed.
 */
export function judge(threshold: Threshold, figures: Figures): ThresholdResult {
  const { text, comparison, limit, unit } = threshold
  const measured = inUnit(figureFor(threshold.statistic, figures), unit)
  const isMeasured = measured !== undefined && Number.isFinite(measured)
  return {
    text,
    measured: isMeasured ? measured : undefined,
    passed: isMeasured && holds(measured, comparison, limit)
  }
}

// Below, a text in place of a threshold is its problem.

function readThreshold(text: string, where: string): Threshold | string {
  const found = say`${where}: found ${JSON.stringify(text.slice(0, 100))}`
  const [, name, sign, figure, unit] =
    /^\s*([^\s<>=!≤≥]+)\s*([<>=!≤≥]+)\s*(\d{1,9}(?:\.\d{1,9})?)\s*(\S*)\s*$/.exec(text) ?? []
  if (name === undefined || sign === undefined || figure === undefined || unit === undefined) {
    return say`${found}, wanted a statistic, a comparison and a limit with its unit, such as p99 < 500 ms, failure-rate < 1 % or rate > 50 /s`
  }
  const statistic = STATISTICS.find((each) => each === name)
  if (statistic === undefined) {
    const near = closest(name, STATISTICS)
    const unknown = say`${found}, where the statistic ${name} is not known, accepted: ${STATISTICS.join(', ')}`
    return near === undefined ? unknown : say`${unknown}; did you mean ${near}?`
  }
  const comparison = COMPARISONS.find((each) => each === sign)
  if (comparison === undefined) {
    return say`${found}, where the comparison ${sign} is not known, accepted: ${COMPARISONS.join(', ')}`
  }
  const limit = readLimit(statistic, Number(figure), unit)
  if (typeof limit === 'string') return `${found}, ${limit}`
  return { text: text.trim(), statistic, comparison, ...limit }
}

function readLimit(
  statistic: Statistic,
  limit: number,
  unit: string
): Pick<Threshold, 'limit' | 'unit'> | string {
  if (statistic === 'rate') {
    return unit === '/s' ? { limit, unit } : say`where a rate is wanted in requests a second: 50 /s`
  }
  if (statistic === 'failure-rate') {
    if (unit === '%' && limit <= 100) return { limit, unit }
    // The fraction 1 would mean all requests, but a person who writes 1 means one per cent.
    if (unit === '' && limit < 1) return { limit, unit }
    return say`where a failure rate is wanted in per cent, 1 %, or as a fraction below 1, 0.01`
  }
  if (unit === 'ms' || unit === 's') return { limit, unit }
  return say`where a duration is wanted in ms or s: 500 ms or 0.5 s`
}

function figureFor(statistic: Statistic, figures: Figures): number | undefined {
  if (statistic === 'rate') return figures.rate
  if (statistic === 'failure-rate') return figures.failureRate
  return figures.latency?.[statistic]
}

/** Figures are milliseconds, fractions, or per second. */
function inUnit(figure: number | undefined, unit: Unit): number | undefined {
  if (figure === undefined) return undefined
  if (unit === 's') return tidy(figure / 1000)
  if (unit === '%') return tidy(figure * 100)
  return figure
}

/** 0.07 * 100 is 7.000000000000001, which must not count as above 7. */
function tidy(figure: number): number {
  return Number(figure.toPrecision(15))
}
