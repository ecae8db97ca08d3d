import type { Clients } from '../../../aws/clients.ts'
import { kindOf } from '../../../aws/errors.ts'
import { explain } from '../../../aws/next-step.ts'
import type { Clock } from '../../../release/clock.ts'
import { CannotSee, CannotStop, type Controller } from '../../../release/controller.ts'
import { say } from '../../../words/say.ts'
import { firstMove, weightsOf, type Cause, type Move, type MovePlan } from '../move.ts'
import { kindOfRoute, readActions } from '../route.ts'
import { sameWeights, weightsIn, type Weights } from '../weights.ts'
import { readCourse, type KeptCourse } from './kept-course.ts'
import { moveIdOf, movePlanOf, type MoveLeg } from './legs.ts'
import { movesHost } from './hosts.ts'
import type { Moves, SeenMove } from './moves.ts'
import { backSnapshot, snapshotOf, type SnapshotOf } from './snapshot.ts'
import type { CourseState } from './run-course.ts'

/** A release that another process has begun. */
export interface LeftOptions {
  readonly clients: Clients
  readonly clock: Clock
  /** Of the release's record. */
  readonly cluster: string
  readonly service: string
  /** What that process has kept of it; undefined if it has kept nothing that can be read. */
  readonly kept: string | undefined
}

/**
 * Looks after a release whose process is gone, as the post phase does. Reading it moves nothing:
 * without a ledger nobody goes on with it, so its weights stay at the step that they have, and
 * only a stop with a rollback changes them.
 */
export function leftCourse(options: LeftOptions): Controller {
  const { clients, clock } = options
  const found = readCourse(options.kept)

  return {
    async read(deploymentId) {
      const { about, state } = await look(deploymentId)
      return isBack(deploymentId) ? backSnapshot(about, state) : snapshotOf(about, state)
    },

    async stop(deploymentId, rollback) {
      const { moves, leg, seen } = await look(deploymentId)
      const { move, plan } = seen
      if (move.state === 'foreign') {
        throw new CannotStop(
          say`the listener has weights of no step of this release, so somebody else has changed them; they were left as they are`,
          false
        )
      }
      const cause: Cause = rollback ? { kind: 'cancelled' } : { kind: 'halted' }
      if (found?.ledgerTable !== undefined) {
        if (leg) await moves.goBack(plan.releaseId, cause)
        return
      }
      if (!rollback || sameWeights(move.confirmed, plan.start)) return
      try {
        await moves.begin(plan, true)
        await moves.goBack(plan.releaseId, cause)
      } catch (error) {
        if (error instanceof CannotStop) throw error
        const live = say`${move.confirmed.from} and ${move.confirmed.to}`
        throw new CannotStop(say`the weights are ${live}: ${explain(error)}`, false, {
          cause: error
        })
      }
    }
  }

  async function look(deploymentId: string): Promise<Looked> {
    if (!found) throw new CannotSee('refused', say`what the release was to do was not kept`)
    const { course, ledgerTable } = found
    const releaseId = deploymentId.replace(/-back$/, '')
    const host = movesHost({ clients, clock, ledgerTable })
    const now = clock.now()
    const { cluster, service } = options
    const moves = host.open({
      deploymentId: releaseId,
      createdAt: now,
      cluster,
      service,
      course,
      needed: 1,
      metrics: undefined
    })
    const about = aboutOf(found, releaseId, host.hasGate, now)
    if (ledgerTable !== undefined) {
      const inLedger = await newestIn(moves, found, releaseId)
      const plan = movePlanOf(releaseId, course, found.main)
      const seen = inLedger?.seen ?? unbegun(plan, now)
      const state = stateOf(found, inLedger?.leg, seen, now)
      return { moves, about, state, leg: inLedger?.leg, seen }
    }
    const plan = movePlanOf(releaseId, course, found.main)
    const move = moveAt(plan, await liveWeights(plan), now)
    const past = pastOf(plan, move)
    const seen: SeenMove = { plan, move, live: move.confirmed, gate: 'none', past }
    return { moves, about, state: stateOf(found, found.main, seen, now), leg: found.main, seen }
  }

  async function liveWeights({ route, pair }: MovePlan): Promise<Weights | undefined> {
    try {
      const elb = await clients.loadBalancing()
      const actions = await readActions(elb, { arn: route, kind: kindOfRoute(route) })
      return actions && weightsIn(actions, pair)
    } catch (error) {
      const blindness = kindOf(error) === 'denied' ? 'denied' : 'passing'
      throw new CannotSee(blindness, explain(error), { cause: error })
    }
  }
}

/** How far a move is that nobody drives, by the weights that it has left behind. */
function moveAt(plan: MovePlan, live: Weights | undefined, now: number): Move {
  const begun = { ...firstMove(plan, now), since: now }
  if (live === undefined) return { ...begun, state: 'foreign', foreign: null }
  if (sameWeights(live, plan.start)) return begun
  const step = plan.steps.findIndex((_, place) => sameWeights(weightsOf(plan, place), live))
  if (step < 0) return { ...begun, state: 'foreign', foreign: live }
  return { ...begun, state: 'baking', step, confirmed: live }
}

/** Every step up to the one that the weights show has been written. */
function pastOf(plan: MovePlan, { state, step, since }: Move): SeenMove['past'] {
  if (state !== 'baking') return []
  return plan.steps
    .slice(0, step + 1)
    .map((_, place) => ({ state: 'writing', step: place, at: since }))
}

function aboutOf(
  { course }: KeptCourse,
  releaseId: string,
  hasGate: boolean,
  at: number
): SnapshotOf {
  const nameOfGroup = (arn: string): string => arn.split('/').at(-2) ?? arn
  return {
    course,
    releaseId,
    groups: {
      blue: nameOfGroup(course.live.targetGroup),
      green: nameOfGroup(course.idle.targetGroup)
    },
    hasGate,
    at
  }
}

/** The last of the release's moves that the functions have taken; undefined if they have taken none. */
async function newestIn(
  moves: Moves,
  { course }: KeptCourse,
  releaseId: string
): Promise<{ readonly leg: MoveLeg; readonly seen: SeenMove } | undefined> {
  const legs = course.legs.filter((leg): leg is MoveLeg => leg.kind === 'move')
  for (const leg of legs.toReversed()) {
    try {
      return { leg, seen: await moves.read(moveIdOf(releaseId, leg)) }
    } catch (error) {
      // The ledger has no such move yet.
      if (!(error instanceof CannotSee) || error.blindness !== 'refused') throw error
    }
  }
  return undefined
}

function unbegun(plan: MovePlan, now: number): SeenMove {
  return { plan, move: firstMove(plan, now), live: undefined, gate: 'ahead', past: [] }
}

const UNDER_WAY: readonly Move['state'][] = ['waiting', 'writing', 'baking']

/** As far as it has come: `leg` is the one that moves, or has moved last. */
function stateOf(
  { course }: KeptCourse,
  leg: MoveLeg | undefined,
  seen: SeenMove,
  at: number
): CourseState {
  const place = leg ? course.legs.indexOf(leg) : -1
  const { state, since } = seen.move
  const isDone = state === 'completed'
  const isLast = place === course.legs.length - 1
  const isOver = leg !== undefined && !isDone && !UNDER_WAY.includes(state)
  return {
    createdAt: at,
    legs: course.legs.map((each, index) => ({
      leg: each,
      startedAt: index <= place ? at : undefined,
      endedAt: index < place || (index === place && isDone) ? at : undefined,
      rollout: undefined,
      seen: index === place ? seen : undefined
    })),
    end:
      isDone && isLast
        ? { kind: 'completed', at: since }
        : isOver
          ? { kind: 'moved-back', at: since, leg }
          : undefined,
    targets: undefined
  }
}

interface Looked {
  readonly moves: Moves
  readonly about: SnapshotOf
  readonly state: CourseState
  /** Undefined if no traffic has begun to move. */
  readonly leg: MoveLeg | undefined
  readonly seen: SeenMove
}

function isBack(deploymentId: string): boolean {
  return deploymentId.endsWith('-back')
}
