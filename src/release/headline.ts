import { say } from '../words/say.ts'
import { asClause } from './clause.ts'
import { decidedBy, decidedByEvidence, type GateDecision } from './decision.ts'
import type { Outcome, Rollback } from './outcome.ts'
import { reasonWords } from './own-reason.ts'
import { productionClause } from './production-clause.ts'
import type { SideShares } from './snapshot.ts'
import type { OnInterrupt, WaitFor } from './settings.ts'

/** What the headline is made from. It leaves out what is not known. */
export interface HeadlineFacts {
  readonly outcome: Outcome
  readonly rollback: Rollback
  readonly service: string
  readonly cluster: string
  /** A command with which a person can look at the deployment. */
  readonly lookWith?: string | undefined
  /** The revision that was or would be released: `family:revision`. */
  readonly revision?: string | undefined
  readonly deploymentId?: string | undefined
  readonly rollbackDeploymentId?: string | undefined
  readonly goal: WaitFor
  /** Whether this run has a ledger, which knows how the gate was decided. */
  readonly hasLedger?: boolean | undefined
  /** How the gate was decided; undefined if no ledger says so. */
  readonly decision: GateDecision | undefined
  /** Whether any production traffic had reached green before the deployment ended. */
  readonly trafficMoved?: boolean | undefined
  /** The lifecycle event that failed. */
  readonly failedEvent?: string | undefined
  /** Whether that is the gate's event, whose failure the ledger explains. */
  readonly failedAtGate?: boolean | undefined
  /** What best explains a failure (probable-cause.ts). It takes the place of `reason`. */
  readonly finding?: string | undefined
  /** What the control plane says, or the error that ended the release. */
  readonly reason?: string | undefined
  /** Set if the run was cancelled, or if `wait-for-minutes` passed. */
  readonly interrupt?: HeadlineInterrupt | undefined
  /** Whether traffic moves between two production groups, and no deployment group takes part. */
  readonly isFailover?: boolean | undefined
  /** The sides of a failover, once it has begun. */
  readonly sides?: SideShares | undefined
  /**
   * Set if the process ended in the middle of the release: what its post phase then does, as
   * `on-cancel` says.
   */
  readonly brokenOff?: OnInterrupt | undefined
  readonly problems: readonly string[]
  /** What has happened, if it ended before there was a deployment to speak of. */
  readonly sentence?: string | undefined
}

export interface HeadlineInterrupt {
  readonly cause: 'cancel' | 'timeout'
  readonly policy: OnInterrupt
  /** Whether the deployment was stopped, or goes on. */
  readonly done: 'stopped' | 'left'
  readonly waitForMinutes?: number | undefined
  readonly trafficFullyShifted?: boolean | undefined
}

/**
 * One sentence in plain text that says how the release ended, and where production is. The
 * caller that shows it has to escape it.
 */
export function headline(facts: HeadlineFacts): string {
  const ended = cause(facts)
  const production = endedBadly(facts) ? productionClause(facts) : undefined
  const whole = production === undefined ? ended : say`${ended}; ${production}`
  const sentence = whole.replace(/\s+/g, ' ').trim()
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}

/** Whether there was a deployment that ended in a way after which it may be rolled back. */
function endedBadly({ outcome, interrupt, deploymentId }: HeadlineFacts): boolean {
  if (deploymentId === undefined) return false
  if (outcome === 'timed-out') return interrupt?.done === 'stopped'
  return ['rejected', 'expired', 'failed', 'stopped'].includes(outcome)
}

function cause(facts: HeadlineFacts): string {
  if (facts.sentence !== undefined) return facts.sentence
  const { service, cluster } = facts
  switch (facts.outcome) {
    case 'released':
      return released(facts)
    case 'started':
      return started(facts)
    case 'planned':
      return facts.revision === undefined
        ? say`Dry run: pre-flight passed, a new revision would be released to service ${service} in cluster ${cluster}; nothing was written`
        : say`Dry run: pre-flight passed, ${facts.revision} would be released to service ${service} in cluster ${cluster}; nothing was written`
    case 'refused':
      return refused(facts.problems)
    case 'rejected':
      return rejected(facts)
    case 'expired':
      return expired(facts)
    case 'failed':
      return failed(facts)
    case 'stopped':
      return stopped(facts)
    case 'timed-out':
      return timedOut(facts)
    case 'unknown':
      return facts.interrupt === undefined ? outOfSight(facts) : leftAlone(facts, facts.interrupt)
  }
}

function released(facts: HeadlineFacts): string {
  const { service, cluster, goal } = facts
  const id = idOf(facts)
  if (facts.sides) return releasedBetween(facts, facts.sides)
  const revision = facts.revision ?? say`The new revision`
  return goal === 'traffic-shifted'
    ? say`${revision} serves all production traffic of service ${service} in cluster ${cluster}; deployment ${id} goes on until the old tasks have ended (wait-for: traffic-shifted)`
    : say`${revision} serves all production traffic of service ${service} in cluster ${cluster}; deployment ${id} has completed`
}

/** Which side serves, or that both do. Without a revision another pipeline has filled them. */
function releasedBetween(facts: HeadlineFacts, { from, to }: SideShares): string {
  const { service, cluster, goal, revision } = facts
  const id = idOf(facts)
  if (from.share > 0 && to.share > 0) {
    if (from.share !== to.share) {
      const [one, other] = [Math.round(from.share), Math.round(to.share)]
      return say`Service ${service} in cluster ${cluster} serves on both sides, ${one} % of production traffic on ${from.name} and ${other} % on ${to.name}; release ${id} has completed`
    }
    const [one, other] = [from.name, to.name].sort()
    return revision === undefined
      ? say`Service ${service} in cluster ${cluster} serves on both sides, ${one ?? ''} and ${other ?? ''}, half of production traffic each; release ${id} has completed`
      : say`${revision} serves on both sides, ${one ?? ''} and ${other ?? ''}, half of production traffic each, of service ${service} in cluster ${cluster}; release ${id} has completed`
  }
  const what = revision === undefined ? to.name : say`${revision} on ${to.name}`
  return goal === 'traffic-shifted'
    ? say`${what} serves all production traffic of service ${service} in cluster ${cluster}; release ${id} goes on until its last step has been watched (wait-for: traffic-shifted)`
    : say`${what} serves all production traffic of service ${service} in cluster ${cluster}; release ${id} has completed`
}

function started(facts: HeadlineFacts): string {
  const { service, cluster, goal } = facts
  const id = idOf(facts)
  switch (goal) {
    case 'test-traffic':
      return say`Deployment ${id} of service ${service} in cluster ${cluster} has test traffic on green (wait-for: ${goal}); it goes on without this job`
    case 'approval':
      return say`Deployment ${id} of service ${service} in cluster ${cluster} has passed its gate, production traffic moves next (wait-for: ${goal}); it goes on without this job`
    default:
      return say`Deployment ${id} of service ${service} in cluster ${cluster} has started (wait-for: ${goal}); it goes on without this job`
  }
}

function refused(problems: readonly string[]): string {
  const [first] = problems
  if (first === undefined) return say`Refused; nothing was written`
  if (problems.length > 1) return say`Refused with ${problems.length} problems; nothing was written`
  return say`Refused; nothing was written: ${first}`
}

/** If the ledger does not tell, a rejection and a gate that expired look the same. */
function rejected(facts: HeadlineFacts): string {
  const { service, cluster, decision, hasLedger } = facts
  const id = idOf(facts)
  if (decision?.state !== 'REJECTED') {
    return hasLedger === true || decision !== undefined
      ? say`Deployment ${id} of service ${service} in cluster ${cluster} was rejected at the gate or expired there; the ledger could not tell which`
      : say`Deployment ${id} of service ${service} in cluster ${cluster} was rejected at the gate or expired there; only a ledger tells which (ledger-table)`
  }
  const why = asClause(decision.reason)
  if (decidedByEvidence(decision)) {
    return why === undefined
      ? say`Deployment ${id} of service ${service} in cluster ${cluster} was rejected by the evidence`
      : say`Deployment ${id} of service ${service} in cluster ${cluster} was rejected by the evidence: ${why}`
  }
  const who = decidedBy(decision) ?? say`nobody`
  return why === undefined
    ? say`Deployment ${id} of service ${service} in cluster ${cluster} was rejected by ${who}`
    : say`Deployment ${id} of service ${service} in cluster ${cluster} was rejected by ${who}: ${why}`
}

/** A decision that came after the control plane had given up waiting changes nothing. */
function expired(facts: HeadlineFacts): string {
  const { service, cluster, decision } = facts
  const id = idOf(facts)
  const who = decision && decidedBy(decision)
  if (who !== undefined && decision?.state === 'APPROVED') {
    return say`Deployment ${id} of service ${service} in cluster ${cluster} expired: ${who} approved it too late`
  }
  if (who !== undefined && decision?.state === 'REJECTED') {
    return say`Deployment ${id} of service ${service} in cluster ${cluster} expired: ${who} rejected it too late`
  }
  return say`Deployment ${id} of service ${service} in cluster ${cluster} expired: nobody decided in time`
}

function failed(facts: HeadlineFacts): string {
  const { service, cluster, decision, failedEvent } = facts
  const id = idOf(facts)
  const inLedger = decision && asClause(reasonWords(decision))
  const why = asClause(facts.finding) ?? asClause(facts.reason)
  const ofGate = failedEvent === undefined || facts.failedAtGate === true ? decision : undefined
  if (ofGate?.state === 'FAILED') {
    return inLedger === undefined
      ? say`Deployment ${id} of service ${service} in cluster ${cluster} failed: the gate could ask nobody`
      : say`Deployment ${id} of service ${service} in cluster ${cluster} failed: the gate could ask nobody (${inLedger})`
  }
  if (ofGate?.state === 'WITHDRAWN') {
    const ended = inLedger ?? why ?? say`the request for approval was withdrawn`
    return say`Deployment ${id} of service ${service} in cluster ${cluster} failed before anyone decided: ${ended}`
  }
  if (failedEvent === undefined) {
    return why === undefined
      ? say`Deployment ${id} of service ${service} in cluster ${cluster} failed`
      : say`Deployment ${id} of service ${service} in cluster ${cluster} failed: ${why}`
  }
  return why === undefined
    ? say`Deployment ${id} of service ${service} in cluster ${cluster} failed at ${failedEvent}`
    : say`Deployment ${id} of service ${service} in cluster ${cluster} failed at ${failedEvent}: ${why}`
}

/** An interruption that left the deployment alone has not stopped it; something else has. */
function stopped(facts: HeadlineFacts): string {
  const { service, cluster, interrupt } = facts
  const id = idOf(facts)
  if (interrupt?.done === 'stopped') {
    if (facts.deploymentId === undefined) {
      return interrupt.cause === 'cancel'
        ? say`This run was cancelled; nothing was deployed`
        : say`The time to wait had passed; nothing was deployed`
    }
    return interrupt.cause === 'cancel'
      ? say`Deployment ${id} of service ${service} in cluster ${cluster} was stopped because this run was cancelled (${policyName(interrupt)})`
      : say`Deployment ${id} of service ${service} in cluster ${cluster} was stopped because the time to wait had passed (${policyName(interrupt)})`
  }
  const why = asClause(facts.reason)
  return why === undefined
    ? say`Deployment ${id} of service ${service} in cluster ${cluster} was stopped`
    : say`Deployment ${id} of service ${service} in cluster ${cluster} was stopped: ${why}`
}

function timedOut(facts: HeadlineFacts): string {
  const { service, cluster, goal, interrupt } = facts
  const id = idOf(facts)
  const limit =
    interrupt?.waitForMinutes === undefined
      ? 'wait-for-minutes'
      : say`${interrupt.waitForMinutes} minutes (wait-for-minutes)`
  const policy = interrupt === undefined ? 'on-timeout' : policyName(interrupt)
  if (interrupt?.done !== 'stopped') {
    return say`${limit} passed before ${goal} was reached; deployment ${id} of service ${service} in cluster ${cluster} goes on without this job (${policy})`
  }
  const seen = asClause(facts.finding)
  return seen === undefined
    ? say`${limit} passed before ${goal} was reached; deployment ${id} of service ${service} in cluster ${cluster} was stopped (${policy})`
    : say`${limit} passed before ${goal} was reached: ${seen}; deployment ${id} of service ${service} in cluster ${cluster} was stopped (${policy})`
}

/** The run was interrupted and the deployment goes on, so its end is not known. */
function leftAlone(facts: HeadlineFacts, interrupt: HeadlineInterrupt): string {
  const { service, cluster } = facts
  const id = idOf(facts)
  const by =
    interrupt.cause === 'cancel' ? say`This run was cancelled` : say`The time to wait had passed`
  if (interrupt.trafficFullyShifted === true) {
    if (facts.sides) {
      return say`${by}, and all production traffic of service ${service} in cluster ${cluster} was already on ${facts.sides.to.name}; that is not undone, release ${id} goes on`
    }
    return say`${by}, and all production traffic of service ${service} in cluster ${cluster} was already on green; that is not undone, deployment ${id} goes on`
  }
  const why = asClause(facts.reason)
  return why === undefined
    ? say`${by}; deployment ${id} of service ${service} in cluster ${cluster} was left to go on (${policyName(interrupt)})`
    : say`${by}; deployment ${id} of service ${service} in cluster ${cluster} was left to go on (${policyName(interrupt)}): ${why}`
}

function policyName({ cause, policy }: HeadlineInterrupt): string {
  return `on-${cause}: ${policy}`
}

function outOfSight(facts: HeadlineFacts): string {
  const { service, cluster, deploymentId, brokenOff, lookWith } = facts
  const why = asClause(facts.reason) ?? say`the cause is not known`
  if (deploymentId === undefined && facts.isFailover === true) {
    return say`The failover of service ${service} in cluster ${cluster} can no longer be seen (${why}); whether it was begun is not known: look at the weights of the listener before a new run`
  }
  if (deploymentId === undefined) {
    return say`The deployment of service ${service} in cluster ${cluster} can no longer be seen (${why}); whether it was created is not known: look at the deployment group before a new run`
  }
  const look = lookWith === undefined ? '' : say`, or look with: ${lookWith}`
  return brokenOff === undefined
    ? say`Deployment ${deploymentId} of service ${service} in cluster ${cluster} can no longer be seen (${why}); it goes on without this job: re-run with on-active-deployment: attach to follow it again${look}`
    : say`Deployment ${deploymentId} of service ${service} in cluster ${cluster} can no longer be seen (${why}); the post phase does with it what on-cancel says (${brokenOff}): where it goes on, re-run with on-active-deployment: attach to follow it again${look}`
}

/** Every outcome that names a deployment has one; `?` is for a report that lost it. */
function idOf({ deploymentId }: HeadlineFacts): string {
  return deploymentId ?? '?'
}
