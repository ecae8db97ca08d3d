import type {
  AvailabilityEvidence,
  Evidence,
  LoadEvidence,
  MetricsEvidence,
  RecoveryEvidence,
  RequestResult,
  ScriptFigures,
  Trend
} from './evidence.ts'
import { known, maybe, time, type Json } from './json.ts'
import { inColumns } from './traffic-columns.ts'

/**
 * Twenty minutes in seconds; if the gate takes an hour, the columns are wider. A column
 * takes about 200 bytes.
 */
const MOST_COLUMNS = 1_200

/** One piece of evidence as the JSON report has it (docs/report.schema.json). */
export function evidenceJson(found: Evidence): Json {
  const { section, name, required, verdict, summary, asked, startedAt, endedAt } = found
  return {
    section,
    name,
    required,
    verdict,
    summary,
    asked: asked ?? 'address',
    startedAt: time(startedAt),
    endedAt: time(endedAt),
    requests:
      section === 'checks'
        ? found.rows.map(request)
        : section === 'flow'
          ? found.steps.map(request)
          : null,
    load: section === 'load' ? load(found) : null,
    availability: section === 'availability' ? availability(found) : null,
    metrics: section === 'metrics' ? metrics(found) : null,
    recovery: section === 'recovery' ? recovery(found) : null
  }
}

function metrics({ series, alarms }: MetricsEvidence): Json {
  return {
    series: series.map(({ metric, side, unit, points }) => ({
      metric,
      side,
      unit,
      points: points.map(({ at, value }) => ({ at: time(at), value }))
    })),
    alarms: alarms.map(({ name, state }) => ({ name, state }))
  }
}

function recovery(found: RecoveryEvidence): Json {
  return {
    side: found.side,
    tasks: found.tasks,
    stoppedTask: found.stoppedTask,
    steps: found.steps.map(({ what, at }) => ({ what, at: time(at) })),
    requests: found.requests,
    failed: found.failed,
    maxFailureRate: known(found.maxFailureRate),
    failures: found.failures.map(({ at, reason }) => ({ at: time(at), reason }))
  }
}

function load({
  engine,
  engineVersion,
  latency,
  requests,
  rate,
  failureRate,
  failed,
  thresholds,
  checks,
  script
}: LoadEvidence): Json {
  return {
    engine,
    engineVersion,
    requests,
    rate,
    failed,
    failureRate,
    latency: maybe(latency, trend),
    thresholds: thresholds.map(({ text, measured, passed }) => ({
      text,
      measured: known(measured),
      passed
    })),
    checks: checks.map(({ name, passes, fails, wanted, passed }) => ({
      name,
      passes,
      fails,
      wanted: known(wanted),
      passed
    })),
    script: maybe(script, scriptFigures)
  }
}

function scriptFigures(found: ScriptFigures): Json {
  return {
    iterations: known(found.iterations),
    vus: known(found.vus),
    dataReceived: known(found.dataReceived),
    dataSent: known(found.dataSent),
    trends: found.trends.map((each) => ({
      name: each.name,
      unit: each.unit === '' ? null : each.unit,
      trend: trend(each.trend)
    })),
    errors: found.errors.map(({ text, times }) => ({ text, times })),
    closing: found.closing
  }
}

function availability(found: AvailabilityEvidence): Json {
  const { widthMs, columns } = inColumns(found.seconds, MOST_COLUMNS)
  return {
    rate: found.rate,
    total: found.total,
    failed: found.failed,
    phases: found.phases.map((phase) => ({
      name: phase.name,
      from: time(phase.from),
      until: time(phase.until),
      total: phase.total,
      failed: phase.failed,
      byVersion: phase.byVersion,
      latency: maybe(phase.latency, trend)
    })),
    failures: found.failures.map(({ at, reason }) => ({ at: time(at), reason })),
    columnMs: widthMs,
    seconds: columns.map((second) => ({
      at: time(second.at),
      total: second.total,
      failed: second.failed,
      slowestMs: second.slowestMs,
      byVersion: second.byVersion
    }))
  }
}

function trend({ avg, min, med, max, p90, p95, p99 }: Trend): Json {
  return { avg, min, med, max, p90, p95, p99 }
}

function request(row: RequestResult): Json {
  return {
    name: row.name,
    method: row.method,
    path: row.path,
    verdict: row.verdict,
    status: known(row.status),
    ms: known(row.ms),
    attempts: row.attempts,
    problems: row.problems
  }
}
