import type { ApprovalStatus, Outcome, Rollback } from './outcome.ts'

/** How a release ended, before it is put into words. */
export interface Ending {
  readonly outcome: Outcome
  readonly rollback: Rollback
  readonly approval: ApprovalStatus
  /** Every reason of a refusal. */
  readonly problems: readonly string[]
  /** Why it is out of sight, or what broke. */
  readonly reason: string | undefined
  readonly interrupted:
    | {
        readonly cause: 'cancel' | 'timeout'
        readonly done: 'stopped' | 'left'
        readonly reason: string
      }
    | undefined
  /** The process ended in the middle of it; the post phase looks after the deployment. */
  readonly brokenOff?: boolean
}

/** An ending in which nothing was deployed. */
export function endedEarly(outcome: Outcome, problems: readonly string[] = []): Ending {
  return {
    outcome,
    rollback: 'none',
    approval: 'pending',
    problems,
    reason: undefined,
    interrupted: undefined
  }
}
