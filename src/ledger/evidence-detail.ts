import { isCount, isMapping, mappingsIn, textIn, type Mapping } from '../documents/mapping.ts'
import type {
  Evidence,
  LoadCheck,
  LoadEvidence,
  MetricSeries,
  MetricsEvidence,
  RecoveryEvidence,
  ScriptFigures,
  Trend
} from '../release/evidence.ts'

/** What distinguishes a section, beside what all evidence has in common. */
type Own<Section extends Evidence> = Omit<Section, keyof Evidence> & Pick<Section, 'section'>

type Measured = Own<LoadEvidence> | Own<MetricsEvidence> | Own<RecoveryEvidence>

/** Reads the figures of a load, of metrics or of a recovery from a stored detail; undefined if it is none of them. */
export function readMeasured(detail: Mapping): Measured | undefined {
  switch (detail['section']) {
    case 'load':
      return readLoad(detail)
    case 'metrics':
      return readMetrics(detail)
    case 'recovery':
      return readRecovery(detail)
    default:
      return undefined
  }
}

function readLoad(detail: Mapping): Own<LoadEvidence> {
  return {
    section: 'load',
    engine: detail['engine'] === 'k6' ? 'k6' : 'autocannon',
    engineVersion: textIn(detail, 'engineVersion') ?? '',
    thresholds: mappingsIn(detail['thresholds']).flatMap((threshold) => {
      const text = textIn(threshold, 'text')
      const { measured, passed } = threshold
      if (text === undefined) return []
      return [{ text, measured: isCount(measured) ? measured : undefined, passed: passed === true }]
    }),
    latency: readTrend(detail['latency']),
    requests: countIn(detail, 'requests'),
    rate: countIn(detail, 'rate'),
    failureRate: countIn(detail, 'failureRate'),
    failed: countIn(detail, 'failed'),
    checks: mappingsIn(detail['checks']).flatMap(readCheck),
    script: readScript(detail['script'])
  }
}

function readCheck(check: Mapping): LoadCheck[] {
  const name = textIn(check, 'name')
  const { wanted, passed } = check
  if (name === undefined) return []
  const share = isCount(wanted) ? wanted : undefined
  const counts = { passes: countIn(check, 'passes'), fails: countIn(check, 'fails') }
  return [{ name, ...counts, wanted: share, passed: passed === true }]
}

function readScript(value: unknown): ScriptFigures | undefined {
  if (!isMapping(value)) return undefined
  const of = (name: string): number | undefined => {
    const found = value[name]
    return isCount(found) ? found : undefined
  }
  return {
    iterations: of('iterations'),
    vus: of('vus'),
    dataReceived: of('dataReceived'),
    dataSent: of('dataSent'),
    trends: mappingsIn(value['trends']).flatMap((each) => {
      const name = textIn(each, 'name')
      const trend = readTrend(each['trend'])
      if (name === undefined || !trend) return []
      return [{ name, unit: each['unit'] === 'ms' ? ('ms' as const) : ('' as const), trend }]
    }),
    errors: mappingsIn(value['errors']).flatMap((each) => {
      const text = textIn(each, 'text')
      return text === undefined ? [] : [{ text, times: countIn(each, 'times') }]
    }),
    closing: textIn(value, 'closing') ?? ''
  }
}

const METRICS: readonly MetricSeries['metric'][] = [
  'healthy-hosts',
  'response-time',
  'target-4xx',
  'target-5xx',
  'requests'
]

function readMetrics(detail: Mapping): Own<MetricsEvidence> {
  return {
    section: 'metrics',
    series: mappingsIn(detail['series']).flatMap(readSeries),
    alarms: mappingsIn(detail['alarms']).flatMap((alarm) => {
      const name = textIn(alarm, 'name')
      const state = textIn(alarm, 'state')
      return name === undefined || state === undefined ? [] : [{ name, state }]
    })
  }
}

function readSeries(series: Mapping): MetricSeries[] {
  const metric = METRICS.find((each) => each === series['metric'])
  const { side, unit } = series
  if (metric === undefined || (side !== 'blue' && side !== 'green')) return []
  if (unit !== 'count' && unit !== 'ms') return []
  const points = mappingsIn(series['points']).flatMap(({ at, value }) =>
    isCount(at) && isCount(value) ? [{ at, value }] : []
  )
  return [{ metric, side, unit, points }]
}

const STEPS: readonly RecoveryEvidence['steps'][number]['what'][] = [
  'stopped',
  'draining',
  'started',
  'registered',
  'healthy'
]

function readRecovery(detail: Mapping): Own<RecoveryEvidence> {
  return {
    section: 'recovery',
    side: detail['side'] === 'blue' ? 'blue' : 'green',
    tasks: countIn(detail, 'tasks'),
    stoppedTask: textIn(detail, 'stoppedTask') ?? '',
    steps: mappingsIn(detail['steps']).flatMap(({ what, at }) => {
      const step = STEPS.find((each) => each === what)
      return step === undefined || !isCount(at) ? [] : [{ what: step, at }]
    }),
    requests: countIn(detail, 'requests'),
    failed: countIn(detail, 'failed'),
    maxFailureRate: isCount(detail['maxFailureRate']) ? detail['maxFailureRate'] : undefined,
    failures: mappingsIn(detail['failures']).flatMap((each) => {
      const reason = textIn(each, 'reason')
      return reason === undefined || !isCount(each['at']) ? [] : [{ at: each['at'], reason }]
    })
  }
}

/** Returns the percentiles; undefined if one is missing. */
export function readTrend(value: unknown): Trend | undefined {
  if (!isMapping(value)) return undefined
  const { avg, min, med, max, p90, p95, p99 } = value
  if (!isCount(avg) || !isCount(min) || !isCount(med) || !isCount(max)) return undefined
  if (!isCount(p90) || !isCount(p95) || !isCount(p99)) return undefined
  return { avg, min, med, max, p90, p95, p99 }
}

function countIn(mapping: Mapping, name: string): number {
  const value = mapping[name]
  return isCount(value) ? value : 0
}
