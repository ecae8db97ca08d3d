import { sameWeights, weightsFor, type Pair, type Weights } from './weights.ts'

/** What a failover does, fixed before it begins. Plain JSON: with a ledger it stands there. */
export interface MovePlan {
  readonly releaseId: string
  /** ARN of the listener whose default action, or of the rule whose action, has the weights. */
  readonly route: string
  readonly pair: Pair
  /** What the route had before the first step, and gets back if the release ends badly. */
  readonly start: Weights
  /** In their order, rising. The last sends everything to `to`, or half of it if the release ends with an even split. */
  readonly steps: readonly Step[]
}

export interface Step {
  /** Percent of new requests that go to `to`. */
  readonly share: number
  /** How long its traffic is watched before the next step. */
  readonly bakeMs: number
  /** Whether a person is asked before it. */
  readonly asks: boolean
}

/** How far a failover is. Plain JSON, and each change of it is one conditional write. */
export interface Move {
  readonly state: 'waiting' | 'writing' | 'baking' | 'restoring' | EndOfMove
  /** The index of the step that is asked for, written or watched; the last one once it has ended. */
  readonly step: number
  /** Since when it is in this state, in milliseconds since the epoch. */
  readonly since: number
  /** What the route shows as long as nobody else has changed it, the current write apart. */
  readonly confirmed: Weights
  /** Why it goes back, or went back. */
  readonly cause?: Cause
  /** What somebody else has put there; null if the route forwards to other groups, or is gone. */
  readonly foreign?: Weights | null
}

/**
 * `completed`: the last step is done. `restored`: the route has its start weights. `left`: somebody
 * has asked that no step follows, and the route keeps the declared step that it has. `foreign`:
 * somebody else has changed the weights, and they stay as they are.
 */
export type EndOfMove = 'completed' | 'restored' | 'left' | 'foreign'

export type Cause =
  | { readonly kind: 'person'; readonly by: string }
  | { readonly kind: 'condition'; readonly broken: string }
  | { readonly kind: 'rejected' | 'expired' | 'cancelled' }
  /** A person or a job wants no further step, and no way back. */
  | { readonly kind: 'halted' }

/** What the mover has found out, the live weights last. */
export interface Found {
  readonly now: number
  /** Undefined if the route is gone, or does not forward to exactly the pair. */
  readonly live: Weights | undefined
  /** Whether a person has allowed the step that the move waits for. */
  readonly allowed: boolean
  /** Why the move has to go back to the start. */
  readonly back: Cause | undefined
}

/** What the mover does next. */
export type Next =
  /** The conditional write of how far the move is; then it looks again. */
  | { readonly kind: 'record'; readonly move: Move }
  /** The write of the weights, sent before anything else is awaited; then it looks again. */
  | { readonly kind: 'write'; readonly weights: Weights }
  /** Until a time, or, if it is undefined, until a person has answered. */
  | { readonly kind: 'wait'; readonly until: number | undefined }
  | { readonly kind: 'end'; readonly end: EndOfMove }

/** Where a move begins. A step that the start has already passed is left out of the plan. */
export function firstMove({ start, steps }: MovePlan, now: number): Move {
  return { ...entering(steps[0]), step: 0, since: now, confirmed: start }
}

/** The weights that a step writes. */
export function weightsOf({ steps }: MovePlan, step: number): Weights {
  return weightsFor(steps[step]?.share ?? 100)
}

/**
 * The next thing to do, from the plan, how far the move is, and what was found. Whoever crashes
 * anywhere can be replaced by somebody who asks this again: a write that has happened is seen in
 * the live weights and not repeated, and one that has not happened is sent.
 */
export function nextOf(plan: MovePlan, move: Move, found: Found): Next {
  switch (move.state) {
    case 'completed':
    case 'restored':
    case 'left':
    case 'foreign':
      return { kind: 'end', end: move.state }
    case 'waiting':
      return waiting(plan, move, found)
    case 'writing':
      return writing(plan, move, found)
    case 'baking':
      return baking(plan, move, found)
    case 'restoring':
      return restoring(plan, move, found)
  }
}

function waiting(plan: MovePlan, move: Move, found: Found): Next {
  if (!shows(found, move.confirmed)) return foreign(move, found)
  if (found.back) return goBack(plan, move, found.back, found.now)
  if (!found.allowed) return { kind: 'wait', until: undefined }
  return record(move, { state: 'writing', since: found.now })
}

function writing(plan: MovePlan, move: Move, found: Found): Next {
  const wanted = weightsOf(plan, move.step)
  const isThere = shows(found, wanted)
  if (!isThere && !shows(found, move.confirmed)) return foreign(move, found)
  if (found.back) return goBack(plan, move, found.back, found.now)
  return isThere
    ? record(move, { state: 'baking', since: found.now, confirmed: wanted })
    : { kind: 'write', weights: wanted }
}

function baking(plan: MovePlan, move: Move, found: Found): Next {
  if (!shows(found, move.confirmed)) return foreign(move, found)
  if (found.back) return goBack(plan, move, found.back, found.now)
  const until = move.since + (plan.steps[move.step]?.bakeMs ?? 0)
  if (found.now < until) return { kind: 'wait', until }
  const following = plan.steps[move.step + 1]
  if (!following) return record(move, { state: 'completed', since: found.now })
  return record(move, { ...entering(following), step: move.step + 1, since: found.now })
}

/** The step's write may have happened or not when the move was told to go back. */
function restoring(plan: MovePlan, move: Move, found: Found): Next {
  if (shows(found, plan.start)) {
    return record(move, { state: 'restored', since: found.now, confirmed: plan.start })
  }
  const isOurs = shows(found, move.confirmed) || shows(found, weightsOf(plan, move.step))
  return isOurs ? { kind: 'write', weights: plan.start } : foreign(move, found)
}

function goBack(plan: MovePlan, move: Move, cause: Cause, now: number): Next {
  if (cause.kind === 'halted') return record(move, { state: 'left', since: now, cause })
  const hasMoved = move.state === 'writing' || !sameWeights(move.confirmed, plan.start)
  return record(move, { state: hasMoved ? 'restoring' : 'restored', since: now, cause })
}

function foreign(move: Move, { live, now }: Found): Next {
  return record(move, { state: 'foreign', since: now, foreign: live ?? null })
}

function entering(step: Step | undefined): Pick<Move, 'state'> {
  return { state: step?.asks === true ? 'waiting' : 'writing' }
}

function record(move: Move, change: Partial<Move>): Next {
  return { kind: 'record', move: { ...move, ...change } }
}

function shows({ live }: Found, weights: Weights): boolean {
  return live !== undefined && sameWeights(live, weights)
}
