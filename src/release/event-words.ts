import { say } from '../words/say.ts'
import { namesOf, type GateDecision } from './decision.ts'
import { duration } from './elapsed.ts'
import { shortName, verdictWords } from './report-words.ts'
import type { Phase, TimelineEvent } from './timeline.ts'

/** One event in words, as log and summary show it: its subject, and what happened. */
export interface EventWords {
  readonly subject: string
  readonly detail: string
}

export interface EventContext {
  /** Events of this deployment are shown as the rollback's. */
  readonly rollbackDeploymentId?: string | undefined
}

export function eventWords(event: TimelineEvent, context: EventContext = {}): EventWords {
  const words = wordsOf(event)
  const ofRollback =
    context.rollbackDeploymentId !== undefined &&
    'deploymentId' in event &&
    event.deploymentId === context.rollbackDeploymentId
  return ofRollback ? { ...words, detail: say`rollback: ${words.detail}` } : words
}

function wordsOf(event: TimelineEvent): EventWords {
  switch (event.kind) {
    case 'phase':
      return { subject: say`phase`, detail: phaseWords(event.name) }
    case 'registered':
      return {
        subject: say`task definition`,
        detail: event.reused
          ? say`reused, nothing changed: ${event.taskDefinitionArn}`
          : say`registered ${event.taskDefinitionArn}`
      }
    case 'task':
      return {
        subject: say`one-off task`,
        detail: withMessage(`${event.status} ${shortName(event.taskArn)}`, event.message)
      }
    case 'created':
      return { subject: say`deployment`, detail: created(event) }
    case 'status':
      return { subject: say`deployment`, detail: withMessage(event.status, event.message) }
    case 'lifecycle': {
      const took = event.durationMs === undefined ? '' : ` (${duration(event.durationMs)})`
      return { subject: event.event, detail: withMessage(`${event.status}${took}`, event.message) }
    }
    case 'traffic':
      return {
        subject: say`production traffic`,
        detail: event.sides
          ? `${percent(event.blue)} ${event.sides[0]} / ${percent(event.green)} ${event.sides[1]}`
          : say`${percent(event.blue)} blue / ${percent(event.green)} green`
      }
    case 'health':
      return { subject: say`green targets`, detail: health(event.counts, event.reasons) }
    case 'stopped-tasks':
      return stopped(event)
    case 'rollback':
      return { subject: say`rollback`, detail: say`deployment ${event.rollbackDeploymentId}` }
    case 'waiting':
      return waiting(event)
    case 'decision':
      return { subject: say`gate`, detail: decided(event) }
    case 'evidence': {
      const { name, required, summary } = event
      const verdict = verdictWords(event.verdict)
      const what = required ? `${name} ${verdict}` : say`${name} ${verdict} (advisory)`
      return { subject: say`evidence`, detail: withMessage(what, summary) }
    }
    case 'skipped':
      return { subject: say`skipped`, detail: `${event.what}: ${event.reason}` }
    case 'trouble':
      return { subject: say`trouble`, detail: `${event.what}: ${event.reason}` }
    case 'interrupted':
      return { subject: interrupted(event.cause), detail: event.action }
    case 'goal':
      return { subject: say`goal reached`, detail: event.goal }
  }
}

function interrupted(cause: Extract<TimelineEvent, { kind: 'interrupted' }>['cause']): string {
  switch (cause) {
    case 'cancel':
      return say`cancelled`
    case 'timeout':
      return say`timed out`
    case 'evidence':
      return say`evidence`
    case 'unhealthy':
      return say`unhealthy`
  }
}

function stopped({
  count,
  withinMs,
  message
}: Extract<TimelineEvent, { kind: 'stopped-tasks' }>): EventWords {
  const subject = say`green tasks`
  if (count === 1) return { subject, detail: say`1 task has stopped by itself: ${message}` }
  const detail =
    withinMs === undefined || withinMs < 1_000
      ? say`${count} tasks have stopped by themselves; the last one: ${message}`
      : say`${count} tasks have stopped by themselves within ${duration(withinMs)}; the last one: ${message}`
  return { subject, detail }
}

function created(event: Extract<TimelineEvent, { kind: 'created' }>): string {
  const { deploymentId, attached, recovered } = event
  if (attached) return say`attached to ${deploymentId}`
  return recovered
    ? say`created ${deploymentId} (its answer was lost, the deployment was found again)`
    : say`created ${deploymentId}`
}

function waiting({ what, step }: Extract<TimelineEvent, { kind: 'waiting' }>): EventWords {
  switch (what) {
    case 'approval':
      return { subject: step ?? say`gate`, detail: say`waiting for approval` }
    case 'continue':
      return { subject: say`deployment`, detail: say`waiting for a person to continue it` }
    case 'termination':
      return {
        subject: say`deployment`,
        detail: say`all traffic has moved; the old tasks end later`
      }
  }
}

function decided(event: Extract<TimelineEvent, { kind: 'decision' }>): string {
  const { state, by, breakGlass, reason } = event
  const decision = stateWords(state, by.length === 0 ? undefined : namesOf(by))
  return withMessage(breakGlass ? say`${decision}, break-glass` : decision, reason)
}

/** As part of a log line; decisionWords has the sentence. */
function stateWords(state: GateDecision['state'], by: string | undefined): string {
  switch (state) {
    case 'PENDING':
      return say`pending`
    case 'APPROVED':
      return by === undefined ? say`approved` : say`approved by ${by}`
    case 'REJECTED':
      return by === undefined ? say`rejected` : say`rejected by ${by}`
    case 'EXPIRED':
      return say`expired`
    case 'FAILED':
      return say`failed: nobody could be asked`
    case 'WITHDRAWN':
      return say`withdrawn`
  }
}

function health(counts: Readonly<Record<string, number>>, reasons: readonly string[]): string {
  const states = Object.entries(counts).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
  if (states.length === 0) return say`none registered`
  const list = states.map(([state, count]) => `${count} ${state}`).join(', ')
  return reasons.length > 0 ? `${list} (${reasons.join(', ')})` : list
}

/** `healthy` comes first, then the other states by name. */
function rank(state: string): number {
  return state === 'healthy' ? 0 : 1
}

function withMessage(what: string, message: string | undefined): string {
  return message === undefined || message === '' ? what : `${what}: ${message}`
}

function percent(share: number): string {
  return `${Math.round(share * 10) / 10} %`
}

function phaseWords(phase: Phase): string {
  switch (phase) {
    case 'render':
      return say`render`
    case 'pre-flight':
      return say`pre-flight`
    case 'register':
      return say`register`
    case 'one-off-task':
      return say`one-off-task`
    case 'deploy':
      return say`deploy`
    case 'watch':
      return say`watch`
    case 'diagnose':
      return say`diagnose`
  }
}
