import type { ApprovalStatus, Outcome, Rollback } from './outcome.ts'

/** How a release ended, before it is put into words. */
export interface Ending {
  readonly outcome: Outcome
  readonly rollback: Rollback
  readonly approval: ApprovalStatus
  /** Every reason of a refusal. */
  readonly problems: readonly string[]
  /** Why the deployment can no longer be read, or the error that ended the release. */
  readonly reason: string | undefined
  /** What has happened, if it ended before there was a deployment to speak of. */
  readonly sentence?: string
  readonly interrupted:
    | {
        readonly cause: 'cancel' | 'timeout'
        readonly done: 'stopped' | 'left'
        readonly reason: string
      }
    | undefined
  /**
   * The process ended in the middle of the release, so the post phase takes care of the
   * deployment.
   */
  readonly brokenOff?: boolean
}

/** The ending of a release that deployed nothing. */
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
