import type { ApprovalStatus, Outcome } from './outcome.ts'

/**
 * What the ledger says of the gate. FAILED: nobody could be asked, and it
 * failed closed. WITHDRAWN: the deployment had ended, or a newer one had taken
 * its place, before anyone decided.
 */
export interface GateDecision {
  readonly state: 'PENDING' | 'APPROVED' | 'REJECTED' | 'EXPIRED' | 'FAILED' | 'WITHDRAWN'
  readonly openedAt: number
  /** Undefined while it is pending. */
  readonly decidedAt: number | undefined
  /** Slack users; empty where no person decided. */
  readonly by: readonly Person[]
  readonly reason: string | undefined
  readonly breakGlass: boolean
  readonly votes: readonly (Person & { readonly at: number })[]
  /** Whether CodeDeploy was told: LATE, when it no longer listened. */
  readonly effect: 'NONE' | 'APPLIED' | 'LATE'
  /** The chain's head with this decision on record, `<number>-<sha256 hex>`. */
  readonly head: string | undefined
  /** Who asked, as the gate saw it. */
  readonly requester: {
    readonly logins: readonly string[]
    readonly verified: boolean
    readonly why: string | undefined
  }
}

/** A Slack user, with the name of that time. */
export interface Person {
  readonly id: string
  readonly name: string
}

/** `Name (id)` of each. */
export function namesOf(people: readonly Person[]): string {
  return people.map(({ id, name }) => (name === id ? id : `${name} (${id})`)).join(', ')
}

/**
 * Who decided, in names; undefined where nobody did. A job that broke the glass
 * is named as it asked, whether or not the policy says who that is in Slack.
 */
export function decidedBy(decision: GateDecision): string | undefined {
  const { state, by, breakGlass, requester } = decision
  if (by.length > 0) return namesOf(by)
  if (breakGlass) return requester.logins.join(', ')
  return state === 'REJECTED' ? 'the evidence' : undefined
}

/** In which words later jobs are told; nobody has decided a gate that failed or was withdrawn. */
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

/** The outcome of a deployment whose gate failed, by what the ledger says; undefined where that does not tell. */
export function outcomeByLedger(decision: GateDecision | undefined): Outcome | undefined {
  switch (decision?.state) {
    case 'REJECTED':
      return 'rejected'
    case 'EXPIRED':
      return 'expired'
    case 'FAILED':
    case 'WITHDRAWN':
      return 'failed'
    default:
      return undefined
  }
}
