/** How the release ended, by cause (docs/architecture.md). */
export const OUTCOMES = [
  'released',
  'started',
  'planned',
  'refused',
  'rejected',
  'expired',
  'failed',
  'stopped',
  'timed-out',
  'unknown'
] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Whether production was put back after a failure. It is independent of the outcome. */
export type Rollback = 'none' | 'in-progress' | 'succeeded' | 'failed'

/** Read from the gate's step, or from the ledger if there is one. */
export type ApprovalStatus = 'approved' | 'rejected' | 'expired' | 'pending' | 'not-required'

const PASSING: readonly Outcome[] = ['released', 'started', 'planned']

/** Whether the job passes with this outcome. */
export function passes(outcome: Outcome): boolean {
  return PASSING.includes(outcome)
}
