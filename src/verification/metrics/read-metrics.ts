import type { Clients } from '../../aws/clients.ts'
import type { OptionalReads } from '../../aws/optional-reads.ts'
import type { MetricsEvidence, Verdict } from '../../release/evidence.ts'
import { asking } from './ask.ts'
import type { Ask } from './ask.ts'
import { metricDimensions } from './dimensions.ts'
import { judge } from './limits.ts'
import type { MetricLimit } from './limits.ts'
import { queries } from './queries.ts'
import { ABSENT, ALARMS_RIGHT, readAlarms } from './read-alarms.ts'
import { DATA_RIGHT, readSeries } from './read-series.ts'
import type { SeriesRead } from './read-series.ts'
import { FAULTS, summarise } from '../words/metrics.ts'
import { windows } from './windows.ts'

/**
 * How late CloudWatch may be with a load balancer's minute. Until then figures may be
 * missing or too low (seen by people who poll it; AWS does not say).
 */
export const SETTLED_AFTER_MS = 120_000

export interface MetricsRequest {
  readonly clients: Pick<Clients, 'cloudwatch'>
  readonly optionalReads: OptionalReads
  readonly name: string
  readonly required: boolean
  /** ARN of the application load balancer. */
  readonly loadBalancer: string
  /** ARNs of the target groups. */
  readonly blue: string
  readonly green: string
  readonly from: number
  readonly until: number
  /** Names of alarms, none of which may be in ALARM. */
  readonly alarms: readonly string[]
  readonly limits?: readonly MetricLimit[]
  /** Ends the reading. What has not been read by then is unknown. */
  readonly signal?: AbortSignal
}

/**
 * Reads the metrics of both target groups over a window, minute by minute, and the present
 * state of these alarms. If it is called earlier than SETTLED_AFTER_MS after the window's
 * end, the last minutes may be incomplete. Never throws.
 */
export async function readMetrics(request: MetricsRequest): Promise<MetricsEvidence> {
  const { name, required, from, until, limits = [] } = request
  const ask = asking(request.clients, request.optionalReads, request.signal)
  const [read, alarms] = await Promise.all([
    seriesOf(ask, request),
    readAlarms(ask, request.alarms)
  ])
  const judged = read.complete ? limits.map((limit) => judge(limit, read.series, from)) : []
  const states = alarms ?? []
  const broken = [
    ...states.flatMap((alarm) => (alarm.state === 'ALARM' ? [FAULTS.inAlarm(alarm.name)] : [])),
    ...judged.flatMap(({ verdict, problem }) => (verdict === 'broken' ? [problem] : []))
  ]
  const missing = [
    ...read.missing,
    ...(alarms ? [] : [unread(ALARMS_RIGHT, request)]),
    ...states.flatMap((alarm) => (alarm.state === ABSENT ? [FAULTS.noAlarm(alarm.name)] : [])),
    ...judged.flatMap(({ verdict, problem }) => (verdict === 'unknown' ? [problem] : []))
  ]
  return {
    section: 'metrics',
    name,
    required,
    verdict: verdictOf(broken, missing),
    summary: summarise([...broken, ...missing], read.series, states, from),
    startedAt: from,
    endedAt: until,
    series: read.series,
    alarms: states
  }
}

/** The series, and why they are incomplete; `missing` is empty if they are complete. */
async function seriesOf(
  ask: Ask,
  request: MetricsRequest
): Promise<SeriesRead & { readonly missing: readonly string[] }> {
  const { loadBalancer, from, until } = request
  const blue = metricDimensions(loadBalancer, request.blue)
  const green = metricDimensions(loadBalancer, request.green)
  const nothing = { series: [], complete: false }
  if (!blue || !green) return { ...nothing, missing: [FAULTS.otherLoadBalancer()] }
  const pieces = windows(from, until)
  if (pieces.length === 0) return { ...nothing, missing: [FAULTS.noTime()] }
  const read = await readSeries(ask, queries({ blue, green }), pieces)
  if (read.complete) return { ...read, missing: [] }
  return { ...read, missing: [unread(DATA_RIGHT, request)] }
}

function unread(right: string, { optionalReads, signal }: MetricsRequest): string {
  if (signal?.aborted) return FAULTS.endedBefore(right)
  return optionalReads.isDenied(right) ? FAULTS.denied(right) : FAULTS.noAnswer(right)
}

function verdictOf(broken: readonly string[], missing: readonly string[]): Verdict {
  if (broken.length > 0) return 'failed'
  return missing.length > 0 ? 'unknown' : 'passed'
}
