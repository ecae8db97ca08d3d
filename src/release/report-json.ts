import type {
  Change,
  DeploymentReport,
  Diagnosis,
  OneOffTaskReport,
  Report,
  StoppedTask,
  TaskDefinitionReport
} from './report.ts'
import { checklist } from './checklist.ts'
import { evidenceJson } from './evidence-json.ts'
import { known, maybe, time, type Json } from './json.ts'
import { failureOf } from './one-off-task.ts'
import type { GateDecision } from './decision.ts'
import type { Step, TargetHealth } from './snapshot.ts'
import type { TimelineEvent } from './timeline.ts'
import { VERSION } from './version.ts'

/** Goes up if a field changes its meaning or is removed, but not for a new field. */
export const SCHEMA_VERSION = 1

/**
 * The report as a JSON file (docs/report.schema.json). Every field is always present and in
 * the same order, and is `null` if it is not known. Times are ISO 8601 in UTC.
 */
export function reportToJson(report: Report): string {
  return `${JSON.stringify(written(report), undefined, 2)}\n`
}

function written(report: Report): Json {
  const { trigger, where } = report
  return {
    schemaVersion: SCHEMA_VERSION,
    actionVersion: VERSION,
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
      consoleLinks: where.consoleLinks.map(page),
      sides: known(where.sides)
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
    evidence: report.evidence.map(evidenceJson),
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
    sides: maybe(made.sides, ({ from, to }) =>
      [from, to].map(({ name, share }) => ({ name, share }))
    ),
    drained: maybe(made.drained, ({ side, state, lastRequestAt }) => ({
      side,
      state,
      lastRequestAt: time(lastRequestAt)
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
  const { at, kind, ...rest } =
    event.kind === 'waiting'
      ? withoutStep(event)
      : event.kind === 'traffic'
        ? withoutSides(event)
        : event
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

type Traffic = Extract<TimelineEvent, { kind: 'traffic' }>

/** The deployment has the names of the sides. */
function withoutSides({ at, kind, deploymentId, blue, green }: Traffic): Omit<Traffic, 'sides'> {
  return { at, kind, deploymentId, blue, green }
}
