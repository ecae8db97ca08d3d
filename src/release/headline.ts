import { decidedBy, type GateDecision } from './decision.ts'
import type { Outcome, Rollback } from './outcome.ts'
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
  /** How the gate was decided; undefined if no ledger says so. */
  readonly decision: GateDecision | undefined
  /** Whether any production traffic had reached green before the deployment ended. */
  readonly trafficMoved?: boolean | undefined
  /** The lifecycle event that failed. */
  readonly failedEvent?: string | undefined
  /** What the control plane says, or the error that ended the release. */
  readonly reason?: string | undefined
  /** Set if the run was cancelled, or if `wait-for-minutes` passed. */
  readonly interrupt?: HeadlineInterrupt | undefined
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
 * One sentence in plain text that says how the release ended. The caller that shows it has
 * to escape it.
 */
export function headline(facts: HeadlineFacts): string {
  const clauses = [cause(facts), rollbackClause(facts)].filter((clause) => clause !== undefined)
  const sentence = clauses.join('; ').replace(/\s+/g, ' ').trim()
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}

function cause(facts: HeadlineFacts): string {
  if (facts.sentence !== undefined) return facts.sentence
  const deployment = deploymentName(facts)
  switch (facts.outcome) {
    case 'released':
      return released(facts)
    case 'started':
      return started(facts)
    case 'planned':
      return `Dry run: pre-flight passed, ${revisionName(facts)} would be released to ${serviceName(facts)}; nothing was written`
    case 'refused':
      return refused(facts.problems)
    case 'rejected':
      return `${deployment} of ${serviceName(facts)} was ${rejectedBy(facts.decision)}${traffic(facts)}`
    case 'expired':
      return `${deployment} of ${serviceName(facts)} expired: nobody decided in time${because(facts)}${traffic(facts)}`
    case 'failed': {
      const where = facts.failedEvent === undefined ? '' : ` at ${facts.failedEvent}`
      return `${deployment} of ${serviceName(facts)} failed${where}${because(facts)}${traffic(facts)}`
    }
    case 'stopped':
      return stopped(facts)
    case 'timed-out':
      return timedOut(facts)
    case 'unknown':
      return unknown(facts)
  }
}

/** Without a ledger, a rejection and a gate that expired look the same. */
function rejectedBy(decision: GateDecision | undefined): string {
  if (!decision) return 'rejected at the gate, or the gate let it expire; a ledger would tell'
  return `rejected by ${decidedBy(decision) ?? 'nobody'}${because({ reason: decision.reason })}`
}

function released(facts: HeadlineFacts): string {
  const what = `${capital(revisionName(facts))} serves all production traffic of ${serviceName(facts)}`
  return facts.goal === 'traffic-shifted'
    ? `${what}; ${lower(deploymentName(facts))} goes on until the old tasks have ended (wait-for: traffic-shifted)`
    : `${what}; ${lower(deploymentName(facts))} has completed`
}

function started(facts: HeadlineFacts): string {
  const so = `${deploymentName(facts)} of ${serviceName(facts)}`
  const onwards = `(wait-for: ${facts.goal}); it goes on without this job`
  switch (facts.goal) {
    case 'test-traffic':
      return `${so} has test traffic on green ${onwards}`
    case 'approval':
      return `${so} has passed its gate, production traffic moves next ${onwards}`
    default:
      return `${so} has started ${onwards}`
  }
}

function refused(problems: readonly string[]): string {
  const [first] = problems
  if (first === undefined) return 'Refused; nothing was written'
  if (problems.length > 1) return `Refused with ${problems.length} problems; nothing was written`
  return `Refused; nothing was written: ${first}`
}

function stopped(facts: HeadlineFacts): string {
  const so = `${deploymentName(facts)} of ${serviceName(facts)}`
  const { interrupt } = facts
  if (interrupt === undefined) return `${so} was stopped${because(facts)}${traffic(facts)}`
  const by = interruption(interrupt)
  if (facts.deploymentId === undefined) return `${capital(by)}; nothing was deployed`
  return `${so} was stopped because ${by} (${policyName(interrupt)})${traffic(facts)}`
}

function timedOut(facts: HeadlineFacts): string {
  const { interrupt } = facts
  const minutes = interrupt?.waitForMinutes
  const passed =
    minutes === undefined ? 'wait-for-minutes' : `${minutes} minutes (wait-for-minutes)`
  const policy = interrupt === undefined ? '' : ` (${policyName(interrupt)})`
  const end = interrupt?.done === 'stopped' ? 'was stopped' : 'goes on without this job'
  return `${passed} passed before ${facts.goal} was reached; ${lower(deploymentName(facts))} of ${serviceName(facts)} ${end}${policy}`
}

function unknown(facts: HeadlineFacts): string {
  return facts.interrupt === undefined ? outOfSight(facts) : leftAlone(facts, facts.interrupt)
}

/** The run was interrupted and the deployment goes on, so its end is not known. */
function leftAlone(facts: HeadlineFacts, interrupt: HeadlineInterrupt): string {
  const by = capital(interruption(interrupt))
  const so = `${deploymentName(facts)} of ${serviceName(facts)}`
  if (interrupt.trafficFullyShifted === true) {
    return `${by} when all production traffic of ${serviceName(facts)} was already on ${revisionName(facts)}; a cancel does not undo that, ${lower(deploymentName(facts))} goes on`
  }
  return `${by}; ${lower(so)} was left to go on (${policyName(interrupt)})${because(facts)}`
}

function interruption({ cause }: HeadlineInterrupt): string {
  return cause === 'cancel' ? 'this run was cancelled' : 'the time to wait had passed'
}

function policyName({ cause, policy }: HeadlineInterrupt): string {
  return `on-${cause}: ${policy}`
}

function outOfSight(facts: HeadlineFacts): string {
  const so = `${deploymentName(facts)} of ${serviceName(facts)}`
  const lost = `${so} can no longer be seen${because(facts)}`
  if (facts.deploymentId === undefined) {
    return `${lost}; whether it was created is not known: look at the deployment group before a new run`
  }
  const attach = 're-run with on-active-deployment: attach to follow it again'
  const next =
    facts.brokenOff === undefined
      ? `it goes on without this job: ${attach}`
      : `the post phase does with it what on-cancel says (${facts.brokenOff}): where it goes on, ${attach}`
  const look = facts.lookWith === undefined ? '' : `, or look with: ${facts.lookWith}`
  return `${lost}; ${next}${look}`
}

function rollbackClause({ outcome, rollback, ...facts }: HeadlineFacts): string | undefined {
  const name = facts.rollbackDeploymentId ? ` ${facts.rollbackDeploymentId}` : ''
  switch (rollback) {
    case 'succeeded':
      return `rollback${name} succeeded: production is back on the revision before`
    case 'in-progress':
      return `rollback${name} is still in progress`
    case 'failed':
      return `rollback${name} FAILED: look at the service now`
    case 'none':
      return facts.deploymentId !== undefined && endedBadly(outcome, facts.interrupt)
        ? 'there was no rollback: tasks and listeners stay as they are'
        : undefined
  }
}

/** Whether the deployment ended in a way that a rollback would have followed. */
function endedBadly(outcome: Outcome, interrupt: HeadlineInterrupt | undefined): boolean {
  if (outcome === 'stopped' || outcome === 'timed-out') {
    return interrupt === undefined ? outcome === 'stopped' : interrupt.done === 'stopped'
  }
  return outcome === 'rejected' || outcome === 'expired' || outcome === 'failed'
}

function traffic({ trafficMoved }: HeadlineFacts): string {
  if (trafficMoved === undefined) return ''
  return trafficMoved
    ? '; production traffic had begun to move'
    : '; production traffic never moved'
}

function because({ reason }: { readonly reason?: string | undefined }): string {
  return reason === undefined || reason === '' ? '' : ` (${reason.trim().replace(/\.$/, '')})`
}

function serviceName({ service, cluster }: HeadlineFacts): string {
  return `service ${service} in cluster ${cluster}`
}

function deploymentName({ deploymentId }: HeadlineFacts): string {
  return deploymentId === undefined ? 'The deployment' : `Deployment ${deploymentId}`
}

function revisionName({ revision }: HeadlineFacts): string {
  return revision ?? 'the new revision'
}

function capital(text: string): string {
  return /^the |^this /.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
