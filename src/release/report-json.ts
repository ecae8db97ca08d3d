import type {
  Change,
  DeploymentReport,
  Diagnosis,
  OneOffTaskReport,
  Report,
  StoppedTask,
  TaskDefinitionReport
} from './report.ts'
import type {
  AvailabilityEvidence,
  Evidence,
  LoadEvidence,
  MetricsEvidence,
  RecoveryEvidence,
  ScriptFigures,
  RequestResult,
  Trend
} from './evidence.ts'
import { checklist } from './checklist.ts'
import { failureOf } from './one-off-task.ts'
import type { GateDecision } from './decision.ts'
import type { Step, TargetHealth } from './snapshot.ts'
import type { TimelineEvent } from './timeline.ts'
import { inColumns } from './traffic-columns.ts'

/** Goes up if a field changes its meaning or is removed, but not for a new field. */
export const SCHEMA_VERSION = 1

/**
 * Twenty minutes in seconds; if the gate takes an hour, the columns are wider. A column
 * takes about 200 bytes.
 */
const MOST_COLUMNS = 1_200

/**
 * The report as a JSON file (docs/report.schema.json). Every field is always present and in
 * the same order, and is `null` if it is not known. Times are ISO 8601 in UTC.
 */
export function reportToJson(report: Report): string {
  return `${JSON.stringify(written(report), undefined, 2)}\n`
}

/** JSON without `undefined`: a field that is not known is `null`. */
type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

function written(report: Report): Json {
  const { trigger, where } = report
  return {
    schemaVersion: SCHEMA_VERSION,
    outcome: report.outcome,
    rollback: report.rollback,
    approval: report.approval,
    decision: maybe(report.decision, decision),
    headline: report.headline,
    startedAt: time(report.startedAt),
    endedAt: time(report.endedAt),
    trigger: {
      actor: known(trigger.actor),
      triggeringActor: known(trigger.triggeringActor),
      repository: known(trigger.repository),
      ref: known(trigger.ref),
      sha: known(trigger.sha),
      event: known(trigger.event),
      runId: known(trigger.runId),
      runAttempt: known(trigger.runAttempt),
      runUrl: known(trigger.runUrl),
      commitUrl: known(trigger.commitUrl)
    },
    where: {
      region: known(where.region),
      cluster: where.cluster,
      service: where.service,
      application: known(where.application),
      deploymentGroup: known(where.deploymentGroup),
      deploymentConfig: known(where.deploymentConfig),
      hasTestListener: known(where.hasTestListener),
      allAtOnce: known(where.allAtOnce),
      consoleLinks: where.consoleLinks.map(page)
    },
    problems: report.problems,
    warnings: report.warnings,
    preflight: report.preflight.map(({ name, verdict, reason }) => ({ name, verdict, reason })),
    taskDefinition: maybe(report.taskDefinition, taskDefinition),
    oneOffTask: maybe(report.oneOffTask, oneOffTask),
    appSpec: known(report.appSpec),
    deployment: maybe(report.deployment, deployment),
    rollbackDeployment: maybe(report.rollbackDeployment, deployment),
    diagnosis: maybe(report.diagnosis, diagnosis),
    checklist: checklist(report).map(({ what, state, detail }) => ({ what, state, detail })),
    evidence: report.evidence.map(evidence),
    timeline: report.timeline.map(timelineEvent)
  }
}

function decision(found: GateDecision): Json {
  const { requester } = found
  return {
    state: found.state,
    openedAt: time(found.openedAt),
    decidedAt: time(found.decidedAt),
    by: found.by.map(({ id, name }) => ({ id, name })),
    reason: known(found.reason),
    breakGlass: found.breakGlass,
    votes: found.votes.map(({ id, name, at }) => ({ id, name, at: time(at) })),
    effect: found.effect,
    head: known(found.head),
    requester: {
      logins: requester.logins,
      verified: requester.verified,
      why: known(requester.why)
    }
  }
}

function evidence(found: Evidence): Json {
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

function taskDefinition({ runningArn, arn, reused, changes }: TaskDefinitionReport): Json {
  return { runningArn: known(runningArn), arn: known(arn), reused, changes: changes.map(change) }
}

function oneOffTask(task: OneOffTaskReport): Json {
  return {
    taskArn: task.taskArn,
    status: task.status,
    createdAt: time(task.createdAt),
    startedAt: time(task.startedAt),
    stoppedAt: time(task.stoppedAt),
    failure: known(task.status === 'STOPPED' ? failureOf(task) : undefined),
    stopCode: known(task.stopCode),
    stoppedReason: known(task.stoppedReason),
    containers: task.containers.map(container),
    consoleUrl: task.consoleUrl
  }
}

function container({ name, exitCode, reason }: StoppedTask['containers'][number]): Json {
  return { name, exitCode: known(exitCode), reason: known(reason) }
}

function change({ path, kind, before, after }: Change): Json {
  return { path, kind, before: known(before), after: known(after) }
}

function deployment(made: DeploymentReport): Json {
  return {
    id: made.id,
    status: made.status,
    error: maybe(made.error, ({ code, message }) => ({ code: known(code), message })),
    createdAt: time(made.createdAt),
    completedAt: time(made.completedAt),
    trafficShiftedAt: time(made.trafficShiftedAt),
    traffic: maybe(made.traffic, ({ blue, green }) => ({ blue, green })),
    targets: maybe(made.targets, (targets) => targets.map(target)),
    oldTasks: maybe(made.oldTasks, ({ told, stopped, toldAt, stoppedAt }) => ({
      told,
      stopped,
      toldAt: time(toldAt),
      stoppedAt: time(stoppedAt)
    })),
    consoleUrl: known(made.consoleUrl),
    lifecycle: made.steps.map(step)
  }
}

function step({ name, status, startedAt, endedAt, diagnostics }: Step): Json {
  return {
    name,
    status,
    startedAt: time(startedAt),
    endedAt: time(endedAt),
    diagnostics: maybe(diagnostics, ({ code, message }) => ({
      code: known(code),
      message: known(message)
    }))
  }
}

function diagnosis(found: Diagnosis): Json {
  return {
    cause: found.cause,
    whereToLook: found.whereToLook.map(page),
    stoppedTasks: found.stoppedTasks.map(stoppedTask),
    targets: found.targets.map(target),
    serviceEvents: found.serviceEvents.map(({ at, message }) => ({ at: time(at), message }))
  }
}

function stoppedTask({ taskArn, stopCode, stoppedReason, containers }: StoppedTask): Json {
  return {
    taskArn,
    stopCode: known(stopCode),
    stoppedReason: known(stoppedReason),
    containers: containers.map(container)
  }
}

function target({ id, state, reason, description }: TargetHealth): Json {
  return { id, state, reason: known(reason), description: known(description) }
}

function page({ label, url }: { readonly label: string; readonly url: string }): Json {
  return { label, url }
}

/**
 * `at` and `kind` come first, then the fields of the kind, as in the timeline. The name of a
 * waiting step is left out, because the event of that step has it.
 */
function timelineEvent(event: TimelineEvent): Json {
  const { at, kind, ...rest } = event.kind === 'waiting' ? withoutStep(event) : event
  const facts: readonly (readonly [string, Json | undefined])[] = Object.entries(rest)
  return {
    at: time(at),
    kind,
    ...Object.fromEntries(
      [...facts]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]): [string, Json] => [name, known(value)])
    )
  }
}

type Waiting = Extract<TimelineEvent, { kind: 'waiting' }>

function withoutStep({ at, kind, deploymentId, what }: Waiting): Omit<Waiting, 'step'> {
  return { at, kind, deploymentId, what }
}

function maybe<T>(value: T | undefined, write: (value: T) => Json): Json {
  return value === undefined ? null : write(value)
}

function known(value: Json | undefined): Json {
  return value ?? null
}

/** `null` if the time is not known, or if no date can express it. */
function time(at: number | undefined): Json {
  if (at === undefined) return null
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}
