import type { GateState } from '../../../release/snapshot.ts'
import type { Metrics } from '../../../verification/file/model.ts'
import type { Cause, Move, MovePlan } from '../move.ts'
import type { Weights } from '../weights.ts'
import type { Course } from './legs.ts'

/**
 * Who moves the weights of a failover, as the job uses it. Without a ledger the job itself moves
 * them (job-moves.ts): each `read` drives the mover as far as it goes, so nothing runs in the
 * background. With a ledger the gate's functions do (ledger-moves.ts): the job writes the plan,
 * which CI may only create, and `read` tells what they have done. A release that moves traffic
 * several times, such as one that ends with an even split, has one move after another.
 */
export interface Moves {
  /**
   * Hands a plan over. `isTakenOver`: another process of this job has begun it and is gone. It starts at most once for one `releaseId`. Errors: NotStarted; those of
   * the network.
   */
  begin(plan: MovePlan, isTakenOver?: boolean): Promise<void>
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

/** How the moves of a release are opened. */
export interface MovesHost {
  /** Whether somebody is asked before a step that asks. */
  readonly hasGate: boolean
  /** The moves of one release. */
  open(release: ReleaseOfMoves): Moves
  /** As in `Moves`. */
  readonly before: Moves['before']
}

/** Of which release moves are, for whoever asks a person about them. */
export interface ReleaseOfMoves {
  readonly deploymentId: string
  readonly createdAt: number
  readonly cluster: string
  readonly service: string
  readonly course: Course
  /** Healthy targets without which a side may have no traffic. */
  readonly needed: number
  /** What the verification file demands of CloudWatch's figures; undefined if nothing. */
  readonly metrics: Pick<Metrics, 'alarms' | 'limits'> | undefined
}

export interface SeenMove {
  readonly plan: MovePlan
  readonly move: Move
  /** What the route shows now; undefined if it is not known, or if the route has other groups. */
  readonly live: Weights | undefined
  /** Why the mover cannot go on, if it has given up; absent if it has not. */
  readonly stuck?: string | undefined
  /** What the people at the gate have said so far. Without a ledger `none`. */
  readonly gate: GateState
  /** When the states began that are over, in their order, in milliseconds since the epoch. */
  readonly past: readonly {
    readonly state: Move['state']
    readonly step: number
    readonly at: number
  }[]
}
