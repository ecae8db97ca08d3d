import type { Clients } from '../../../aws/clients.ts'
import { kindOf } from '../../../aws/errors.ts'
import { explain } from '../../../aws/next-step.ts'
import type { Clock } from '../../../release/clock.ts'
import { CannotSee, CannotStop, type Blindness } from '../../../release/controller.ts'
import { say } from '../../../words/say.ts'
import { firstMove, weightsOf, type Cause, type Move, type MovePlan } from '../move.ts'
import { drive, WeightsDoNotHold, type Look, type MoverHost, type Turn } from '../mover.ts'
import { kindOfRoute, readActions, writeRoute } from '../route.ts'
import { sameWeights, weightsIn, withWeights, type Weights } from '../weights.ts'
import type { Moves, SeenMove } from './moves.ts'

/** For ELB to show what was written, before it is written again. */
const PAUSE_MS = 2_000

/** A move that this process drives. */
interface Driven {
  readonly plan: MovePlan
  move: Move
  version: number
  live: Weights | undefined
  back: Cause | undefined
  stuck: string | undefined
  readonly past: { state: Move['state']; step: number; at: number }[]
}

export interface JobMovesOptions {
  readonly clients: Pick<Clients, 'loadBalancing'>
  readonly clock: Clock
}

/**
 * The job moves the weights itself, because there is no ledger that the gate's functions could
 * move them by. How far a move is stands in memory alone: if the process dies, the weights stay
 * at a declared step, and the next run reads them. Nobody is asked between two steps.
 */
export function jobMoves({ clients, clock }: JobMovesOptions): Moves {
  const moves = new Map<string, Driven>()
  // Two turns at once could write after each other, so one waits for the other.
  let turn: Promise<unknown> = Promise.resolve()

  function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const next = turn.then(work, work)
    turn = next.catch(() => undefined)
    return next
  }

  return {
    begin: (plan, isTakenOver = false) =>
      oneAtATime(async () => {
        if (moves.has(plan.releaseId)) return
        const now = clock.now()
        const driven: Driven = {
          plan,
          move: firstMove(withoutAsking(plan), now),
          version: 1,
          live: undefined,
          back: undefined,
          stuck: undefined,
          past: []
        }
        if (isTakenOver) driven.move = moveBy(plan, (await lookAt(driven)).live, now)
        moves.set(plan.releaseId, driven)
      }),

    read: (releaseId) =>
      oneAtATime(async () => {
        const driven = found(releaseId)
        try {
          await takeTurn(driven)
        } catch (error) {
          const reason = explain(error)
          throw new CannotSee(BLINDNESS[kindOf(error)] ?? 'passing', reason, { cause: error })
        }
        return seen(driven)
      }),

    async goBack(releaseId, cause) {
      const driven = found(releaseId)
      const { state } = driven.move
      if (['completed', 'restored', 'left', 'foreign'].includes(state)) {
        throw new CannotStop(say`the traffic has stopped moving already`, true)
      }
      driven.back ??= cause
      try {
        await oneAtATime(() => takeTurn(driven))
      } catch (error) {
        throw new CannotStop(explain(error), false, { cause: error })
      }
    }
  }

  function found(releaseId: string): Driven {
    const driven = moves.get(releaseId)
    if (driven) return driven
    throw new CannotSee('refused', say`no traffic has begun to move for ${releaseId}`)
  }

  /**
   * As far as it goes. If ELB refuses a write, the start weights come back; if it refuses those
   * too, the mover gives up.
   */
  async function takeTurn(driven: Driven): Promise<Turn | undefined> {
    if (driven.stuck !== undefined) return undefined
    try {
      return await drive(hostOf(driven))
    } catch (error) {
      const kind = kindOf(error)
      const isFinal = kind === 'denied' || kind === 'refused' || error instanceof WeightsDoNotHold
      if (!isFinal) throw error
      const reason =
        error instanceof WeightsDoNotHold
          ? say`ELB has taken the weights several times and does not show them`
          : say`the weights could not be changed: ${explain(error)}`
      if (driven.move.state === 'restoring' || driven.back !== undefined) {
        driven.stuck = reason
        return undefined
      }
      driven.back = { kind: 'condition', broken: reason }
      return takeTurn(driven)
    }
  }

  function hostOf(driven: Driven): MoverHost {
    return {
      now: () => clock.now(),
      read: () =>
        Promise.resolve({
          plan: withoutAsking(driven.plan),
          move: driven.move,
          version: driven.version
        }),
      record(move, version) {
        if (version !== driven.version) return Promise.resolve(false)
        const { state, step, since } = driven.move
        if (state !== move.state || step !== move.step) driven.past.push({ state, step, at: since })
        driven.move = move
        driven.version++
        return Promise.resolve(true)
      },
      ask: () => Promise.resolve({ allowed: true, back: driven.back }),
      look: () => lookAt(driven),
      leasedUntil: () => Infinity,
      pause: () => clock.sleep(PAUSE_MS)
    }
  }

  async function lookAt(driven: Driven): Promise<Look> {
    const { route, pair } = driven.plan
    const elb = await clients.loadBalancing()
    const place = { arn: route, kind: kindOfRoute(route) }
    const actions = await readActions(elb, place)
    const live = actions && weightsIn(actions, pair)
    driven.live = live
    return {
      live,
      write: (weights) => writeRoute(elb, place, withWeights(actions ?? [], pair, weights))
    }
  }
}

/** Nobody is asked, so no step waits for an answer. */
function withoutAsking(plan: MovePlan): MovePlan {
  return { ...plan, steps: plan.steps.map((step) => ({ ...step, asks: false })) }
}

/** How far a move is whose mover is gone, by the weights that it has left behind. */
function moveBy(plan: MovePlan, live: Weights | undefined, now: number): Move {
  const begun = firstMove(withoutAsking(plan), now)
  if (live === undefined || sameWeights(live, plan.start)) return begun
  const step = plan.steps.findIndex((_, place) => sameWeights(weightsOf(plan, place), live))
  // Weights of no step are somebody else's: the stepper notices that at the first look.
  return step < 0 ? begun : { ...begun, state: 'baking', step, confirmed: live }
}

function seen({ plan, move, live, past, stuck }: Driven): SeenMove {
  return { plan, move, live, gate: 'none', past: [...past], stuck }
}

const BLINDNESS: Readonly<Record<string, Blindness>> = {
  credentials: 'credentials',
  denied: 'denied',
  refused: 'refused'
}
