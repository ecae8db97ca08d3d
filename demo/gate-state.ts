import type { Decision } from './arguments.ts'
import type { Stage } from './story.ts'
import type { ListenerCounts } from './tally.ts'

/** What the page shows. */
export interface GateState {
  readonly stage: Stage
  readonly service: string
  readonly cluster: string
  /** The revision that runs, and the one that asks to. */
  readonly running: string
  readonly next: string
  readonly deploymentId: string | undefined
  readonly decision: Decision | undefined
  readonly outcome: string | undefined
  readonly production: ListenerState
  readonly test: ListenerState
}

export interface ListenerState {
  readonly url: string
  /** The version that answered last. */
  readonly latest: string | undefined
  readonly counts: ListenerCounts
}
