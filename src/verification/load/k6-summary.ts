import { isList, isMapping, kindOf, type Mapping } from '../../documents/mapping.ts'
import { parseDocument } from '../../documents/parse.ts'
import { ProblemsError } from '../../documents/problems.ts'
import type { ScriptFigures, ThresholdResult, Trend } from '../../release/evidence.ts'
import type { Figures } from './figures.ts'
import { hasNoSamples, statisticOf, trueOf } from './k6-metric.ts'
import { scriptFiguresOf } from './k6-script.ts'
import { recompute } from './k6-thresholds.ts'
import { checksIn, type Counted } from './script-checks.ts'
import { say } from '../../words/say.ts'

/** What k6 has measured, and the thresholds of its script as this action judges them. */
export interface K6Summary {
  readonly figures: Figures
  readonly thresholds: readonly ThresholdResult[]
  /** The checks of its script, which this action judges as well. */
  readonly checks: readonly Counted[]
  readonly script: Omit<ScriptFigures, 'errors' | 'closing'>
}

/** The summary cannot be used. Each problem says where, and what is wrong. */
export class K6SummaryError extends ProblemsError {
  override readonly name = 'K6SummaryError'
}

/** Bytes. It is many times the summary of a large script, and little enough to read at once. */
export const LONGEST_SUMMARY = 5 * 1024 * 1024

const FILE = 'k6-summary.json'

/**
 * Reads what `k6 run --summary-export` has written. Two forms are known:
 *
 * - k6 0.x, and 1.x and 2.x by default: `metrics` by name, with the figures directly in them
 *   (or under `values`, as in `handleSummary()`);
 * - k6 1.5 and later with `--new-machine-readable-summary`: a list under `results.metrics`,
 *   with neither p(99) nor thresholds (k6 1.8.1). It is refused because of the missing
 *   percentile, but it will be read if k6 adds it.
 *
 * Booleans of thresholds are ignored, because `true` means failed in the first form and
 * passed elsewhere. Thresholds are computed from the metrics.
 *
 * @throws K6SummaryError with every problem.
 */
export async function parseK6Summary(text: string): Promise<K6Summary> {
  if (text.length > LONGEST_SUMMARY) {
    throw new K6SummaryError([say`${FILE}: longer than ${LONGEST_SUMMARY} bytes`])
  }
  const document = await readDocument(text)
  const metrics = metricsOf(document)
  if (!metrics.has('http_reqs')) {
    throw new K6SummaryError([
      say`${FILE}: no metrics.http_reqs: the script has sent no HTTP request`
    ])
  }
  const problems: string[] = []
  const read = new Reading(metrics, problems)
  const requests = read.figure('http_reqs', 'count')
  const rate = read.has('http_reqs', 'rate')
    ? read.figure('http_reqs', 'rate')
    : (requests ?? 0) / (secondsOf(document) ?? Number.NaN)
  const failureRate = statisticOf(read.values('http_req_failed'), 'rate')
  const failed = trueOf(read.values('http_req_failed'))
  const latency = read.trend('http_req_duration')
  if (requests !== undefined && requests < 1) {
    problems.push(say`${FILE}: metrics.http_reqs.count: the script has sent no HTTP request`)
  }
  if (rate !== undefined && !Number.isFinite(rate)) {
    problems.push(
      say`${FILE}: metrics.http_reqs.rate: found nothing, wanted a number of at least 0`
    )
  }
  if (failureRate === undefined) {
    problems.push(say`${FILE}: metrics.http_req_failed: wanted the counts passes and fails`)
  }
  if (problems.length > 0 && listedIn(document)) {
    problems.push(
      say`${FILE}: it is of --new-machine-readable-summary, which lacks figures: leave that out`
    )
  }
  if (
    problems.length > 0 ||
    requests === undefined ||
    rate === undefined ||
    failureRate === undefined ||
    failed === undefined
  ) {
    throw new K6SummaryError(problems)
  }
  return {
    figures: { latency, requests, rate, failureRate, failed },
    thresholds: [...metrics].flatMap(([name, { metric, values }]) =>
      recompute(name, metric, values)
    ),
    checks: checksIn(document),
    script: scriptFiguresOf(metrics)
  }
}

async function readDocument(text: string): Promise<Mapping> {
  try {
    return await parseDocument(text, FILE)
  } catch (error) {
    if (error instanceof ProblemsError) throw new K6SummaryError(error.problems)
    throw error
  }
}

interface Metric {
  readonly metric: Mapping
  readonly values: Mapping
}

function listedIn({ results }: Mapping): readonly unknown[] | undefined {
  const listed = isMapping(results) ? results['metrics'] : undefined
  return isList(listed) ? listed : undefined
}

function metricsOf(document: Mapping): ReadonlyMap<string, Metric> {
  const listed = listedIn(document)
  const named = document['metrics']
  const pairs: readonly (readonly [unknown, unknown])[] = listed
    ? listed.map((each) => [isMapping(each) ? each['name'] : undefined, each] as const)
    : Object.entries(isMapping(named) ? named : {})
  const metrics = new Map<string, Metric>()
  for (const [name, metric] of pairs) {
    if (typeof name !== 'string' || !isMapping(metric)) continue
    const values = metric['values']
    metrics.set(name, { metric, values: isMapping(values) ? inOneSpelling(values) : metric })
  }
  if (metrics.size > 0) return metrics
  throw new K6SummaryError([say`${FILE}: found no metrics: is it a summary of k6?`])
}

/** The listed form writes `p95`, everything else `p(95)`. */
function inOneSpelling(values: Mapping): Mapping {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key.replace(/^p(\d+)$/, 'p($1)'), value])
  )
}

/** How long the test took; only the form without rates has it. */
function secondsOf({ config }: Mapping): number | undefined {
  const seconds = isMapping(config) ? config['duration'] : undefined
  return typeof seconds === 'number' && seconds > 0 ? seconds : undefined
}

/** Reads figures and notes what is wrong with them. */
class Reading {
  readonly #metrics: ReadonlyMap<string, Metric>
  readonly #problems: string[]

  constructor(metrics: ReadonlyMap<string, Metric>, problems: string[]) {
    this.#metrics = metrics
    this.#problems = problems
  }

  values(name: string): Mapping {
    return this.#metrics.get(name)?.values ?? {}
  }

  has(name: string, key: string): boolean {
    return Object.hasOwn(this.values(name), key)
  }

  figure(name: string, key: string): number | undefined {
    const value = this.has(name, key) ? this.values(name)[key] : undefined
    if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value
    const found = typeof value === 'number' ? String(value) : kindOf(value)
    this.#problems.push(
      say`${FILE}: metrics.${name}.${key}: found ${found}, wanted a number of at least 0`
    )
    return undefined
  }

  /** Also undefined if nothing was answered. */
  trend(name: string): Trend | undefined {
    const [avg, min, med, max] = ['avg', 'min', 'med', 'max'].map((key) => this.figure(name, key))
    const [p90, p95, p99] = ['p(90)', 'p(95)', 'p(99)'].map((key) => this.figure(name, key))
    if (avg === undefined || min === undefined || med === undefined || max === undefined) return
    if (p90 === undefined || p95 === undefined || p99 === undefined) return
    return hasNoSamples(name, this.values(name)) ? undefined : { avg, min, med, max, p90, p95, p99 }
  }
}
