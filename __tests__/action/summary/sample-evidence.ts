import type {
  AvailabilityEvidence,
  MetricSeries,
  MetricsEvidence,
  PhaseOfTraffic,
  RecoveryEvidence,
  SecondOfTraffic,
  Trend
} from '../../../src/release/evidence.ts'
import { at } from './sample-parts.ts'

/** Evidence with a course over time: for charts, goldens and the look of the report. */
const RATE = 20

interface Course {
  readonly shift: number
  readonly after: number
  readonly until: number
  /** Seconds into the release in which requests failed, and how many. */
  readonly failing?: Readonly<Record<number, number>>
  readonly rollback?: number
}

/** Production is asked from the second second on; the answers are a little slower while traffic moves. */
export function availability({
  shift,
  after,
  until,
  failing = {},
  rollback
}: Course): AvailabilityEvidence {
  const seconds = Array.from({ length: until - 2 }, (_, index): SecondOfTraffic => {
    const second = index + 2
    const failed = failing[second] ?? 0
    const isNew = second >= shift && (rollback === undefined || second < rollback)
    const onGreen = !isNew ? 0 : second >= after ? RATE : 2
    return {
      at: at(second),
      total: RATE,
      failed,
      slowestMs: failed > 0 ? 3_000 : 38 + ((second * 37) % 23) + (isNew ? 20 : 0),
      byVersion: {
        ...(onGreen < RATE && { '1.8.3': RATE - onGreen }),
        ...(onGreen > 0 && onGreen > failed && { '1.9.0': onGreen - failed })
      }
    }
  })
  const failed = sum(seconds.map((second) => second.failed))
  const phase = (name: PhaseOfTraffic['name'], from: number, to: number): PhaseOfTraffic => {
    const own = seconds.filter((second) => second.at >= at(from) && second.at < at(to))
    const byVersion: Record<string, number> = {}
    for (const second of own) {
      for (const [version, count] of Object.entries(second.byVersion)) {
        byVersion[version] = (byVersion[version] ?? 0) + count
      }
    }
    return {
      name,
      from: at(from),
      until: at(to),
      total: sum(own.map((second) => second.total)),
      failed: sum(own.map((second) => second.failed)),
      byVersion,
      latency: LATENCY
    }
  }
  const total = seconds.length * RATE
  return {
    section: 'availability',
    name: 'availability',
    required: true,
    verdict: failed > 10 ? 'failed' : 'passed',
    summary: `${failed} of ${total} requests failed, p99 61 ms`,
    startedAt: at(2),
    endedAt: at(until),
    rate: RATE,
    total,
    failed,
    phases: [
      phase('before', 2, 103),
      phase('gate', 103, shift),
      phase('shift', shift, rollback ?? after),
      ...(rollback === undefined
        ? [phase('after', after, until)]
        : [phase('rollback', rollback, until)])
    ],
    failures: seconds.flatMap((second) =>
      Array.from({ length: second.failed }, (_, index) => ({
        at: second.at + index * 50,
        reason: 'no answer within 3 s'
      }))
    ),
    seconds
  }
}

const LATENCY: Trend = { avg: 31.4, min: 4.2, med: 29, max: 84, p90: 44, p95: 51, p99: 61 }

/** Minutes from the gate on. */
export const METRICS: MetricsEvidence = {
  section: 'metrics',
  name: 'metrics',
  required: false,
  verdict: 'passed',
  summary: 'green: 3 healthy, 412 requests, 0 5xx, 1 4xx, 34 ms; 1 alarm OK',
  startedAt: at(104),
  endedAt: at(800),
  series: [
    series('healthy-hosts', 'blue', 'count', () => 3),
    series('healthy-hosts', 'green', 'count', (minute) => Math.min(3, minute)),
    series('response-time', 'blue', 'ms', (minute) => 31 + (minute % 4)),
    series('response-time', 'green', 'ms', (minute) => 34 + ((minute * 3) % 5)),
    series('target-5xx', 'green', 'count', (minute) => (minute === 8 ? 1 : 0)),
    series('requests', 'blue', 'count', (minute) => (minute < 7 ? 1200 : 1080)),
    series('requests', 'green', 'count', (minute) => (minute < 7 ? 0 : 120))
  ],
  alarms: [
    { name: 'order-5xx', state: 'OK' },
    { name: 'order-latency', state: 'INSUFFICIENT_DATA' }
  ]
}

function series(
  metric: MetricSeries['metric'],
  side: MetricSeries['side'],
  unit: MetricSeries['unit'],
  value: (minute: number) => number
): MetricSeries {
  const points = Array.from({ length: 12 }, (_, minute) => ({
    at: at(117 + minute * 60),
    value: value(minute)
  }))
  return { metric, side, unit, points }
}

export const RECOVERY: RecoveryEvidence = {
  section: 'recovery',
  name: 'recovery',
  required: true,
  verdict: 'passed',
  summary:
    'whole again after 48.2 s (draining 2.7 s, started 17.2 s, registered 30.8 s); 3 of 480 requests failed, at most 1 % may; last: connection refused',
  startedAt: at(110),
  endedAt: at(158.4),
  side: 'green',
  tasks: 3,
  stoppedTask: 'arn:aws:ecs:ap-northeast-2:123456789012:task/production/7d1e2f3a4b5c6d7e8f90',
  steps: [
    { what: 'stopped', at: at(110.2) },
    { what: 'draining', at: at(112.9) },
    { what: 'started', at: at(127.4) },
    { what: 'registered', at: at(141) },
    { what: 'healthy', at: at(158.4) }
  ],
  requests: 480,
  failed: 3,
  maxFailureRate: 0.01,
  failures: [110.4, 110.5, 112.1].map((second) => ({
    at: at(second),
    reason: 'connection refused'
  }))
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
