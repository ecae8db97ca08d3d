import { say } from '../words/say.ts'
import { asClause, nameIn } from './clause.ts'
import type { GateDecision } from './decision.ts'
import { duration } from './elapsed.ts'
import type { Outcome } from './outcome.ts'
import type { Diagnosis, StoppedTask } from './report.ts'
import type { Step, Snapshot, TargetHealth } from './snapshot.ts'

/** What is known of a deployment that has failed or was stopped. */
export interface FailureFacts {
  readonly outcome: Outcome
  /** How the gate was decided; undefined if no ledger says so. */
  readonly decision: GateDecision | undefined
  readonly ended: Snapshot
  /** Green's targets as last seen. */
  readonly targets: readonly TargetHealth[]
  readonly stoppedTasks: readonly StoppedTask[]
  /** Newest first. */
  readonly serviceEvents: Diagnosis['serviceEvents']
  /** The function's name or ARN, by the name of its step. */
  readonly hooks: ReadonlyMap<string, string>
}

/**
 * Where the cause of a failure has to be looked for. `nowhere`: the ledger knows it, so there is
 * nothing to find out; `log`: the gate's function knows it, and neither tasks nor targets tell;
 * `everywhere`: tasks, targets and the service's events may tell.
 */
export function whereCauseIs({
  outcome,
  decision,
  ended
}: Pick<FailureFacts, 'outcome' | 'decision' | 'ended'>): 'nowhere' | 'log' | 'everywhere' {
  const state = decision?.state
  switch (outcome) {
    case 'rejected':
      return state === 'REJECTED' ? 'nowhere' : 'log'
    case 'expired': {
      const isKnown = state !== undefined && state !== 'PENDING'
      return isKnown || ended.stoppedBy === 'wait-ran-out' ? 'nowhere' : 'log'
    }
    case 'failed':
      if (failedStep(ended)?.stage !== 'gate') return 'everywhere'
      return state === 'WITHDRAWN' ? 'nowhere' : 'log'
    default:
      return 'everywhere'
  }
}

/**
 * The diagnosis in words: one paragraph, and as `finding` the clause of it that explains the
 * failure better than the control plane's own sentence. The headline says either that clause or
 * the control plane's sentence, and the paragraph says that sentence only if the headline does
 * not.
 */
export function probableCause(facts: FailureFacts): Pick<Diagnosis, 'cause' | 'finding'> {
  const { ended, outcome } = facts
  const failed = failedStep(ended)
  if (whereCauseIs(facts) === 'log') return { cause: atTheGate(failed, facts) }
  const found = explanation(facts)
  const what = whatFailed(failed, facts)
  if (!found) return { cause: what }
  // Who stopped it, and why, stands in the headline.
  const parts =
    outcome === 'stopped'
      ? [what, say`Before that: ${found.whole}.`]
      : [what, ...controlPlaneSays(ended), say`Probable cause: ${found.whole}.`]
  return { cause: parts.join(' '), finding: found.clause }
}

function failedStep({ steps }: Snapshot): Step | undefined {
  return steps?.find(({ status }) => status === 'Failed')
}

/** The gate's function failed, and the ledger does not tell why. */
function atTheGate(
  failed: Step | undefined,
  { hooks, outcome, decision, ended }: FailureFacts
): string {
  const gate = (failed && nameOfFunction(failed, hooks)) ?? say`the gate's function`
  if (outcome === 'expired') {
    return say`Nobody, and nothing, reported a decision within the hook's hour; the log of ${gate} tells whether anybody was asked.`
  }
  if (outcome === 'rejected') {
    return say`The gate did not let it pass: it was rejected, or nobody decided in time. The log of ${gate} tells which.`
  }
  if (decision?.state === 'APPROVED') {
    return say`It was approved, but its gate did not let it pass; the log of ${gate} tells why.`
  }
  return ended.gate === 'unreached'
    ? say`Nobody was asked, because ${gate} could not be called.`
    : say`The gate closed because it could ask nobody; the log of ${gate} tells why.`
}

function whatFailed(failed: Step | undefined, facts: FailureFacts): string {
  const { ended, hooks, outcome } = facts
  const now = failed ?? ended.steps?.find(({ status }) => status === 'InProgress')
  if (ended.stoppedBy === 'alarm') {
    return now === undefined
      ? say`A CloudWatch alarm stopped it.`
      : say`A CloudWatch alarm stopped it during ${now.name}.`
  }
  if (outcome === 'stopped' || ended.state === 'stopped') {
    return now === undefined
      ? say`The deployment was stopped.`
      : say`The deployment was stopped during ${now.name}.`
  }
  if (!failed) return say`The deployment ended as ${ended.status}.`
  const after = took(failed)
  const named = nameOfFunction(failed, hooks)
  const said = diagnosticsOf(failed, ended)
  if (named !== undefined) {
    return said === undefined
      ? say`${failed.name} failed${after}; the log of ${named} tells why.`
      : say`${failed.name} failed${after}: ${said}; the log of ${named} tells more.`
  }
  return said === undefined
    ? say`${failed.name} failed${after}.`
    : say`${failed.name} failed${after}: ${said}.`
}

function nameOfFunction({ name }: Step, hooks: FailureFacts['hooks']): string | undefined {
  const named = hooks.get(name)
  return named === undefined ? undefined : say`function ${nameIn(named)}`
}

function took({ startedAt, endedAt }: Step): string {
  if (startedAt === undefined || endedAt === undefined || endedAt - startedAt < 1_000) return ''
  return say` after ${duration(endedAt - startedAt)}`
}

/** A step's diagnostics; undefined if they only repeat what the control plane says of the whole. */
function diagnosticsOf({ diagnostics }: Step, { error }: Snapshot): string | undefined {
  const said = asClause(diagnostics?.message)
  return said === asClause(error?.message) ? undefined : said
}

function controlPlaneSays({ error }: Snapshot): readonly string[] {
  const said = asClause(error?.message)
  return said === undefined ? [] : [say`CodeDeploy says: ${said}.`]
}

interface Explanation {
  /** Short, for the headline. */
  readonly clause: string
  readonly whole: string
}

/**
 * The first finding that can explain the failure; the kinds are tried from the most to the
 * least telling. A function that failed tells its cause in its log.
 */
function explanation(facts: FailureFacts): Explanation | undefined {
  const { ended, stoppedTasks, targets, serviceEvents, hooks } = facts
  const failed = failedStep(ended)
  if (failed && hooks.has(failed.name)) return undefined
  // An alarm is an explanation of its own.
  if (ended.stoppedBy === 'alarm') return undefined
  const task = stoppedTasks.find(hasReason)
  if (task) return taskStory(task)
  const sick = targets.filter((target) => target.state === 'unhealthy')
  if (sick.length > 0) {
    const reasons = [
      ...new Set(
        sick.map((target) => asClause(target.description ?? target.reason) ?? say`no reason given`)
      )
    ]
    const story = say`green's health checks fail on ${sick.length} of ${targets.length} targets: ${reasons.join(', ')}`
    return { clause: story, whole: story }
  }
  const telling = serviceEvents.find(({ message }) => TELLING.test(message))
  const said = asClause(telling?.message)
  return said === undefined ? undefined : { clause: said, whole: said }
}

const TELLING = /unable|unhealthy|failed|error|insufficient|cannot/i

function hasReason(task: StoppedTask): boolean {
  return (
    asClause(task.stoppedReason) !== undefined ||
    task.containers.some(
      (container) => (container.exitCode ?? 0) !== 0 || asClause(container.reason) !== undefined
    )
  )
}

/** The headline names the container that ended first of all, else ECS's reason. */
function taskStory(task: StoppedTask): Explanation {
  const reason = asClause(task.stoppedReason)
  const containers = task.containers.flatMap((container) => containerStory(container) ?? [])
  const guilty = task.containers.find(
    ({ exitCode, reason: why }) => (exitCode ?? 0) !== 0 || asClause(why) !== undefined
  )
  const parts = [...(reason === undefined ? [] : [reason]), ...containers].join(', ')
  const clause = (guilty && containerStory(guilty)) ?? reason ?? parts
  return {
    clause: say`a task of the new revision did not stay up (${clause})`,
    whole: say`a task of the new revision did not stay up (${parts})`
  }
}

function containerStory({
  name,
  exitCode,
  reason
}: StoppedTask['containers'][number]): string | undefined {
  const why = asClause(reason)
  if (exitCode === undefined) {
    return why === undefined ? undefined : say`container ${name}: ${why}`
  }
  return why === undefined
    ? say`container ${name} exited with ${exitCode}`
    : say`container ${name} exited with ${exitCode}: ${why}`
}

/** How a link to a function is named. */
export function labelOfFunction(nameOrArn: string): string {
  return say`Function ${nameIn(nameOrArn)}`
}
