import { say } from '../words/say.ts'
import type { ApprovalStatus, Outcome } from './outcome.ts'

/**
 * What the ledger says of the gate. FAILED: the gate could ask nobody, so it failed closed.
 * WITHDRAWN: the deployment had ended, or a newer one had taken its place, before anyone
 * decided.
 */
export interface GateDecision {
  readonly state: 'PENDING' | 'APPROVED' | 'REJECTED' | 'EXPIRED' | 'FAILED' | 'WITHDRAWN'
  readonly openedAt: number
  /** Undefined if nothing has been decided. */
  readonly decidedAt: number | undefined
  /** Slack users; empty if no person decided. */
  readonly by: readonly Decider[]
  readonly reason: string | undefined
  readonly breakGlass: boolean
  /** Why a rollback that asked to pass without a person had to wait for one, in words. */
  readonly breakGlassRefused?: string | undefined
  readonly votes: readonly (Decider & { readonly at: number })[]
  /** Whether CodeDeploy was told the decision. LATE: CodeDeploy no longer waited for it. */
  readonly effect: 'NONE' | 'APPLIED' | 'LATE'
  /** The head of the chain that includes this decision, `<number>-<sha256 hex>`. */
  readonly head: string | undefined
  /** Who asked for the release, as the gate saw it. */
  readonly requester: {
    readonly logins: readonly string[]
    readonly verified: boolean
    readonly why: string | undefined
  }
}

/** A Slack user who has decided, or wants to. The id counts; the name is the one of that time, for people to read. */
export interface Decider {
  readonly id: string
  readonly name: string
}

/** `Name (id)` of each, with commas between them. */
export function namesOf(people: readonly Decider[]): string {
  return people.map(({ id, name }) => (name === id ? id : `${name} (${id})`)).join(', ')
}

/**
 * Who decided: people by name, or the evidence; undefined if neither did. A job that broke
 * the glass is named by its requester's logins, whether or not the policy says who that is
 * in Slack.
 */
export function decidedBy(decision: GateDecision): string | undefined {
  const { by, breakGlass, requester } = decision
  if (by.length > 0) return namesOf(by)
  if (breakGlass) return requester.logins.join(', ')
  return decidedByEvidence(decision) ? say`the evidence` : undefined
}

/** Whether required evidence closed the gate, and no person. */
export function decidedByEvidence({ state, by, breakGlass }: GateDecision): boolean {
  return state === 'REJECTED' && by.length === 0 && !breakGlass
}

/**
 * The decision as the output `approval` gives it to later jobs. If the gate failed or was
 * withdrawn, nobody has decided.
 */
export function approvalOf({ state }: GateDecision): ApprovalStatus {
  switch (state) {
    case 'APPROVED':
      return 'approved'
    case 'REJECTED':
      return 'rejected'
    case 'EXPIRED':
      return 'expired'
    default:
      return 'pending'
  }
}

/**
 * The outcome of a deployment whose gate failed, by what the ledger says; undefined if the
 * ledger does not tell. If the release was approved, nobody has rejected it, so something else
 * failed.
 */
export function outcomeByLedger(decision: GateDecision | undefined): Outcome | undefined {
  switch (decision?.state) {
    case 'REJECTED':
      return 'rejected'
    case 'EXPIRED':
      return 'expired'
    case 'APPROVED':
    case 'FAILED':
    case 'WITHDRAWN':
      return 'failed'
    default:
      return undefined
  }
}
