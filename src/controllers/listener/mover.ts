import { nextOf, type EndOfMove, type Found, type Move, type MovePlan } from './move.ts'
import type { Weights } from './weights.ts'

/** What a mover needs of its host: the job, which keeps the move in memory, or the gate, which keeps it in the ledger. */
export interface MoverHost {
  now(): number
  /** How far the move is. Errors: those of the store. */
  read(): Promise<Stored>
  /** Writes the move if nobody has since `version`; false if somebody has. Errors: those of the store. */
  record(move: Move, version: number): Promise<boolean>
  /** What people and measurements say. Errors: those of the reads. */
  ask(plan: MovePlan, move: Move): Promise<Pick<Found, 'allowed' | 'back'>>
  /** The weights that the route has now; undefined if it has others than the pair's, or is gone. */
  look(): Promise<Look>
  /** Until when nobody else may move this route, as this mover knows it. Makes no call. */
  leasedUntil(): number
  /** A moment for ELB to show what was written. */
  pause(): Promise<void>
}

/** How far a move is, with the number of writes so far. */
export interface Stored {
  readonly plan: MovePlan
  readonly move: Move
  readonly version: number
}

/** One reading of the route, and how to write on the strength of it. */
export interface Look {
  readonly live: Weights | undefined
  /** Writes what was read with these weights in it. It sends before it awaits anything. */
  write(weights: Weights): Promise<void>
}

/** Where a mover has left the move. */
export type Turn =
  | { readonly kind: 'wait'; readonly until: number | undefined; readonly move: Move }
  | { readonly kind: 'end'; readonly end: EndOfMove; readonly move: Move }
  /** The lease does not last for another write, to the ledger or to ELB: somebody else may be the mover. */
  | { readonly kind: 'lost'; readonly move: Move }

/** ELB has taken the weights several times, and does not show them. */
export class WeightsDoNotHold extends Error {
  override readonly name = 'WeightsDoNotHold'
}

/** How often weights are written that are not shown afterwards. */
const WRITES = 5

/** The longest that a write of weights may take, its retries included, in milliseconds. */
export const LONGEST_WRITE_MS = 20_000

/**
 * Drives a move until it has to wait or has ended. ELB has no conditional write, so the route is
 * read directly before each write and nothing is awaited between the answer and the write; what
 * somebody else changes after the read and before the write arrives cannot be noticed
 * (docs/failover.md). Errors: WeightsDoNotHold; those of the host.
 */
export async function drive(host: MoverHost): Promise<Turn> {
  let writes = 0
  for (;;) {
    const { plan, move, version } = await host.read()
    const said = await host.ask(plan, move)
    const look = await host.look()
    const next = nextOf(plan, move, { ...said, live: look.live, now: host.now() })
    if (next.kind === 'end') return { kind: 'end', end: next.end, move }
    if (next.kind === 'wait') return { kind: 'wait', until: next.until, move }
    if (host.now() + LONGEST_WRITE_MS > host.leasedUntil()) return { kind: 'lost', move }
    if (next.kind === 'record') {
      // If somebody else was first, the next reading shows what they have recorded.
      await host.record(next.move, version)
      writes = 0
      continue
    }
    if (++writes > WRITES) throw new WeightsDoNotHold(plan.route)
    await look.write(next.weights)
    if (writes > 1) await host.pause()
  }
}
