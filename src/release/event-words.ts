import { namesOf } from './decision.ts'
import { duration } from './elapsed.ts'
import { say } from '../words/say.ts'
import { shortName } from './report-words.ts'
import type { TimelineEvent } from './timeline.ts'

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
  return ofRollback ? { ...words, detail: `rollback: ${words.detail}` } : words
}

function wordsOf(event: TimelineEvent): EventWords {
  switch (event.kind) {
    case 'phase':
      return { subject: 'phase', detail: event.name }
    case 'registered':
      return {
        subject: 'task definition',
        detail: `${event.reused ? 'reused, nothing changed:' : 'registered'} ${event.taskDefinitionArn}`
      }
    case 'task':
      return {
        subject: 'one-off task',
        detail: withMessage(`${event.status} ${shortName(event.taskArn)}`, event.message)
      }
    case 'created':
      return { subject: 'deployment', detail: created(event) }
    case 'status':
      return { subject: 'deployment', detail: withMessage(event.status, event.message) }
    case 'lifecycle': {
      const took = event.durationMs === undefined ? '' : ` (${duration(event.durationMs)})`
      return { subject: event.event, detail: withMessage(`${event.status}${took}`, event.message) }
    }
    case 'traffic':
      return {
        subject: 'production traffic',
        detail: `${percent(event.blue)} blue / ${percent(event.green)} green`
      }
    case 'health':
      return { subject: 'green targets', detail: health(event.counts, event.reasons) }
    case 'stopped-tasks':
      return stopped(event)
    case 'rollback':
      return { subject: 'rollback', detail: `deployment ${event.rollbackDeploymentId}` }
    case 'waiting':
      return waiting(event)
    case 'decision':
      return { subject: 'gate', detail: decided(event) }
    case 'evidence':
      return {
        subject: 'evidence',
        detail: withMessage(
          `${event.name} ${event.verdict}${event.required ? '' : ' (advisory)'}`,
          event.summary
        )
      }
    case 'skipped':
      return { subject: 'skipped', detail: `${event.what}: ${event.reason}` }
    case 'trouble':
      return { subject: 'trouble', detail: `${event.what}: ${event.reason}` }
    case 'interrupted':
      return {
        subject: INTERRUPTED[event.cause],
        detail: event.action
      }
    case 'goal':
      return { subject: 'goal reached', detail: event.goal }
  }
}

const INTERRUPTED = {
  cancel: 'cancelled',
  timeout: 'timed out',
  evidence: 'evidence',
  unhealthy: 'unhealthy'
} as const

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
  if (event.attached) return `attached to ${event.deploymentId}`
  const note = event.recovered ? ' (its answer was lost, the deployment was found again)' : ''
  return `created ${event.deploymentId}${note}`
}

function waiting({ what, step }: Extract<TimelineEvent, { kind: 'waiting' }>): EventWords {
  switch (what) {
    case 'approval':
      return { subject: step ?? 'gate', detail: 'waiting for approval' }
    case 'continue':
      return { subject: 'deployment', detail: 'waiting for a person to continue it' }
    case 'termination':
      return { subject: 'deployment', detail: 'all traffic has moved; the old tasks end later' }
  }
}

function decided(event: Extract<TimelineEvent, { kind: 'decision' }>): string {
  const by = event.by.length === 0 ? '' : ` by ${namesOf(event.by)}`
  const glass = event.breakGlass ? ', break-glass' : ''
  return withMessage(`${event.state.toLowerCase()}${by}${glass}`, event.reason)
}

function health(counts: Readonly<Record<string, number>>, reasons: readonly string[]): string {
  const states = Object.entries(counts).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
  if (states.length === 0) return 'none registered'
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
