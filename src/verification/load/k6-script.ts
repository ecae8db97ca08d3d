import type { Mapping } from '../../documents/mapping.ts'
import type { ScriptFigures, ScriptTrend, Trend } from '../../release/evidence.ts'
import { figure, hasNoSamples, isTrend } from './k6-metric.ts'

type Measured = Omit<ScriptFigures, 'errors' | 'closing'>
type Metrics = Iterable<readonly [string, { readonly values: Mapping }]>

/** As many as the summary of a large script has. */
const MOST_TRENDS = 40

/** k6's own metrics of durations (Grafana's documentation, "Built-in metrics reference"). */
const DURATIONS =
  /^(http_req_|iteration_duration|group_duration|ws_(connecting|session_duration|ping)|grpc_req_duration|browser_)/

/** What the summary has beside requests, thresholds and checks. */
export function scriptFiguresOf(metrics: Metrics): Measured {
  const values = new Map([...metrics].map(([name, metric]) => [name, metric.values]))
  const of = (name: string, key: string): number | undefined => figure(values.get(name) ?? {}, key)
  return {
    iterations: of('iterations', 'count'),
    // Of a run without a second in which k6 counted them, only the number that it had ready is known.
    vus: of('vus', 'max') ?? of('vus_max', 'max') ?? of('vus_max', 'value'),
    dataReceived: of('data_received', 'count'),
    dataSent: of('data_sent', 'count'),
    trends: [...values].flatMap(([name, each]) => trendIn(name, each)).slice(0, MOST_TRENDS)
  }
}

/** The duration of the requests is the load's own, and shown with it. */
function trendIn(name: string, values: Mapping): readonly ScriptTrend[] {
  if (name === 'http_req_duration' || !isTrend(values) || hasNoSamples(name, values)) return []
  const trend = trendOfMetric(values)
  if (!trend) return []
  return [{ name, unit: DURATIONS.test(name) ? 'ms' : '', trend }]
}

function trendOfMetric(values: Mapping): Trend | undefined {
  const [avg, min, med, max] = ['avg', 'min', 'med', 'max'].map((key) => figure(values, key))
  const [p90, p95, p99] = ['p(90)', 'p(95)', 'p(99)'].map((key) => figure(values, key))
  if (avg === undefined || min === undefined || med === undefined || max === undefined) return
  if (p90 === undefined || p95 === undefined || p99 === undefined) return
  return { avg, min, med, max, p90, p95, p99 }
}
