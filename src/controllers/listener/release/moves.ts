import type { GateState } from '../../../release/snapshot.ts'
import type { Cause, Move, MovePlan } from '../move.ts'
import type { Weights } from '../weights.ts'

/**
 * Who moves the weights of a failover, as the job uses it. Without a ledger the job itself moves
 * them (job-moves.ts): each `read` drives the mover as far as it goes, so nothing runs in the
 * background. With a ledger the gate's functions do (ledger-moves.ts): the job writes the plan,
 * which CI may only create, and `read` tells what they have done. A release that moves traffic
 * several times, such as one that ends with an even split, has one move after another.
 */
export interface Moves {
  /** Hands a plan over. It starts at most once for one `releaseId`. Errors: NotStarted; those of the network. */
  begin(plan: MovePlan): Promise<void>
  /** Errors: CannotSee. */
  read(releaseId: string): Promise<SeenMove>
  /** Asks that the start weights come back or, with the cause `halted`, that no step follows. Errors: CannotStop. */
  goBack(releaseId: string, cause: Cause): Promise<void>
  /**
   * What the ledger knows of the route before a release begins; absent if there is none. Errors:
   * those of the ledger.
   */
  before?(route: string): Promise<Before>
}

/** What earlier releases have left behind. */
export interface Before {
  /** ARN of the target group that the last release deployed; undefined if none is on record. */
  readonly deployedLast: string | undefined
  /** The release that holds the route's lease and has not ended; undefined if none does. */
  readonly active: string | undefined
}

export interface SeenMove {
  readonly plan: MovePlan
  readonly move: Move
  /** What the route shows now; undefined if it is not known, or if the route has other groups. */
  readonly live: Weights | undefined
  /** What the people at the gate have said so far. Without a ledger `none`. */
  readonly gate: GateState
  /** When the states began that are over, in their order, in milliseconds since the epoch. */
  readonly past: readonly {
    readonly state: Move['state']
    readonly step: number
    readonly at: number
  }[]
}
