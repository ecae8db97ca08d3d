import type { AvailabilityEvidence } from '../../release/evidence.ts'
import type { Progress } from './progress.ts'

/** What a recovery came to. */
export interface Outcome {
  /** 0 to 1; undefined if failed requests are not judged. */
  readonly maxFailureRate: number | undefined
  readonly progress: Progress
  /** Undefined if the job did not wait for it. */
  readonly asked: AvailabilityEvidence | undefined
  readonly blind: string | undefined
  readonly isInterrupted: boolean
  readonly endedAt: number
}
