import { say } from '../words/say.ts'
import type { Outcome } from './outcome.ts'
import type { Diagnosis, StoppedTask } from './report.ts'
import type { Step, Snapshot, TargetHealth } from './snapshot.ts'

/** What is known of a deployment that has failed. */
export interface FailureFacts {
  readonly outcome: Outcome
  /** Why this job stopped the deployment, if green did not become healthy in time. */
  readonly neverHealthy?: string | undefined
  readonly ended: Snapshot
  /** Green's targets as last seen. */
  readonly targets: readonly TargetHealth[]
  readonly stoppedTasks: readonly StoppedTask[]
  /** Newest first. */
  readonly serviceEvents: Diagnosis['serviceEvents']
  /** The function's name or ARN, by the name of its step. */
  readonly hooks: ReadonlyMap<string, string>
}

/** One paragraph: what the control plane says, and the finding that best explains it. */
export function probableCause(evidence: FailureFacts): string {
  return [whatFailed(evidence), whatTellsWhy(evidence)].filter((text) => text !== '').join(' ')
}

function whatFailed({ ended, hooks, outcome, neverHealthy }: FailureFacts): string {
  if (neverHealthy !== undefined) {
    return sentence(say`This job stopped the deployment, because ${neverHealthy}`)
  }
  const failed = ended.steps?.find((event) => event.status === 'Failed')
  const said = ended.error ? ` CodeDeploy says: ${sentence(ended.error.message)}` : ''
  if (ended.stoppedBy === 'alarm') return `A CloudWatch alarm stopped it.${said}`
  if (outcome === 'stopped') {
    return `The deployment was stopped${failed ? ` during ${failed.name}` : ''}.${said}`
  }
  if (!failed) return `The deployment ended as ${ended.status}.${said}`
  const name = hooks.get(failed.name)
  const by = name === undefined ? '' : ` (function ${name})`
  return `${failed.name}${by} failed${afterWhile(failed)}.${diagnosticsOf(failed)}${said}`
}

function afterWhile(event: Step): string {
  if (event.startedAt === undefined || event.endedAt === undefined) return ''
  const seconds = Math.round((event.endedAt - event.startedAt) / 1000)
  if (seconds < 1) return ''
  return seconds < 120 ? ` after ${seconds} s` : ` after ${Math.round(seconds / 60)} min`
}

function diagnosticsOf(event: Step): string {
  const message = event.diagnostics?.message
  return message === undefined || message === '' ? '' : ` Its diagnostics: ${sentence(message)}`
}

/**
 * The first finding that can explain the failure; the kinds are tried from the most to the
 * least telling. A deployment that was stopped needs no such explanation.
 */
function whatTellsWhy(evidence: FailureFacts): string {
  if (evidence.outcome === 'stopped' && evidence.neverHealthy === undefined) return ''
  const { ended, stoppedTasks, targets, serviceEvents, hooks } = evidence
  const failed = ended.steps?.find((event) => event.status === 'Failed')
  if (failed?.stage === 'gate' || (failed && hooks.has(failed.name))) {
    if (ended.hookTimedOut) {
      return "Probable cause: nobody, and nothing, reported a decision within the hook's hour."
    }
    return failed.stage === 'gate'
      ? "Probable cause: the release was rejected at the gate, or the gate let it expire; the function's log tells which."
      : 'Probable cause: the function found fault; its log tells what.'
  }
  const task = stoppedTasks.find(hasReason)
  if (task) return `Probable cause: ${taskStory(task)}`
  const sick = targets.filter((target) => target.state === 'unhealthy')
  if (sick.length > 0) {
    const reason = [...new Set(sick.map((t) => t.description ?? t.reason ?? 'no reason given'))]
    return `Probable cause: green's health checks fail on ${sick.length} of ${targets.length} targets: ${sentence(reason.join('; '))}`
  }
  const telling = serviceEvents.find((event) => TELLING.test(event.message))
  if (telling) return `Probable cause: ${sentence(telling.message)}`
  return ''
}

const TELLING = /unable|unhealthy|failed|error|insufficient|cannot/i

function hasReason(task: StoppedTask): boolean {
  return (
    (task.stoppedReason ?? '') !== '' ||
    task.containers.some(
      (container) => (container.exitCode ?? 0) !== 0 || (container.reason ?? '') !== ''
    )
  )
}

function taskStory(task: StoppedTask): string {
  const containers = task.containers
    .filter((container) => container.exitCode !== undefined || container.reason !== undefined)
    .map((container) => {
      const exit = container.exitCode === undefined ? '' : ` exited with ${container.exitCode}`
      const reason = container.reason === undefined ? '' : ` (${container.reason})`
      return `container ${container.name}${exit}${reason}`
    })
  const story = [task.stoppedReason ?? 'a task of the new revision stopped', ...containers].join(
    '; '
  )
  return `a task of the new revision did not stay up: ${sentence(story)}`
}

function sentence(text: string): string {
  const trimmed = text.trim()
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`
}
