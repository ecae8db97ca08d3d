import type { Clients } from '../../../aws/clients.ts'
import { kindOf } from '../../../aws/errors.ts'
import { explain } from '../../../aws/next-step.ts'
import type { Clock } from '../../../release/clock.ts'
import { CannotSee, CannotStop, type Controller } from '../../../release/controller.ts'
import { say } from '../../../words/say.ts'
import { firstMove, weightsOf, type Move, type MovePlan } from '../move.ts'
import { kindOfRoute, readActions } from '../route.ts'
import { sameWeights, weightsIn, type Weights } from '../weights.ts'
import { readCourse, type KeptCourse } from './kept-course.ts'
import { movePlanOf } from './legs.ts'
import type { Moves, SeenMove } from './moves.ts'
import { backSnapshot, snapshotOf, type SnapshotOf } from './snapshot.ts'
import type { CourseState } from './run-course.ts'

/** A release that another process has begun. */
export interface LeftOptions {
  readonly clients: Clients
  readonly clock: Clock
  readonly moves: Moves
  /** What that process has kept of it; undefined if it has kept nothing that can be read. */
  readonly kept: string | undefined
}

/**
 * Looks after a release whose process is gone, as the post phase does. Reading it moves nothing:
 * without a ledger nobody goes on with it, so its weights stay at the step that they have, and
 * only a stop with a rollback changes them.
 */
export function leftCourse({ clients, clock, moves, kept }: LeftOptions): Controller {
  const found = readCourse(kept)

  return {
    async read(deploymentId) {
      const { about, state } = await look(deploymentId)
      return deploymentId.endsWith('-back') ? backSnapshot(about, state) : snapshotOf(about, state)
    },

    async stop(deploymentId, rollback) {
      const { plan, move } = await look(deploymentId)
      const live = say`${move.confirmed.from} and ${move.confirmed.to}`
      if (move.state === 'foreign') {
        throw new CannotStop(
          say`the listener has weights of no step of this release, so somebody else has changed them; they were left as they are`,
          false
        )
      }
      if (!rollback || sameWeights(move.confirmed, plan.start)) return
      try {
        await moves.begin(plan, true)
        await moves.goBack(plan.releaseId, { kind: 'cancelled' })
      } catch (error) {
        if (error instanceof CannotStop) throw error
        throw new CannotStop(say`the weights are ${live}: ${explain(error)}`, false, {
          cause: error
        })
      }
    }
  }

  async function look(deploymentId: string): Promise<{
    readonly about: SnapshotOf
    readonly state: CourseState
    readonly plan: MovePlan
    readonly move: Move
  }> {
    if (!found) throw new CannotSee('refused', say`what the release was to do was not kept`)
    const releaseId = deploymentId.replace(/-back$/, '')
    const plan = movePlanOf(releaseId, found.course, found.main)
    const move = moveAt(plan, await liveWeights(plan), clock.now())
    const seen: SeenMove = {
      plan,
      move,
      live: move.confirmed,
      gate: 'none',
      past: pastOf(plan, move)
    }
    return {
      about: aboutOf(found, releaseId, clock.now()),
      state: stateOf(found, seen, clock.now()),
      plan,
      move
    }
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

function aboutOf({ course }: KeptCourse, releaseId: string, at: number): SnapshotOf {
  const nameOfGroup = (arn: string): string => arn.split('/').at(-2) ?? arn
  return {
    course,
    releaseId,
    groups: {
      blue: nameOfGroup(course.live.targetGroup),
      green: nameOfGroup(course.idle.targetGroup)
    },
    hasGate: false,
    at
  }
}

function stateOf({ course, main }: KeptCourse, seen: SeenMove, at: number): CourseState {
  const place = course.legs.indexOf(main)
  return {
    createdAt: at,
    legs: course.legs.map((leg, index) => ({
      leg,
      startedAt: index <= place ? at : undefined,
      endedAt: index < place ? at : undefined,
      rollout: undefined,
      seen: index === place ? seen : undefined
    })),
    end: undefined,
    targets: undefined
  }
}
