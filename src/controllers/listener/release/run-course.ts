import type { Clients } from '../../../aws/clients.ts'
import { kindOf } from '../../../aws/errors.ts'
import { explain } from '../../../aws/next-step.ts'
import type { Clock } from '../../../release/clock.ts'
import { CannotSee, CannotStop, type Blindness } from '../../../release/controller.ts'
import type { TargetHealth } from '../../../release/snapshot.ts'
import { NotStarted } from '../../control-plane.ts'
import { say } from '../../../words/say.ts'
import type { Cause } from '../move.ts'
import { sameWeights } from '../weights.ts'
import {
  moveIdOf,
  movePlanOf,
  type Course,
  type DeployLeg,
  type Leg,
  type MoveLeg
} from './legs.ts'
import type { Moves, SeenMove } from './moves.ts'
import { readRollout, startRollout, type Rollout } from './rollout.ts'
import { readTargets } from './targets.ts'

/** One leg, as far as it has come. */
export interface LegState {
  readonly leg: Leg
  readonly startedAt: number | undefined
  readonly endedAt: number | undefined
  /** Of a deploy leg. */
  readonly rollout: Rollout | undefined
  /** Of a move leg. */
  readonly seen: SeenMove | undefined
}

/** A release, as far as it has come. */
export interface CourseState {
  readonly createdAt: number
  readonly legs: readonly LegState[]
  /** Undefined while it goes on. */
  readonly end: CourseEnd | undefined
  /** The targets of the side that the current leg deploys to, or moves traffic to; undefined if they are not known. */
  readonly targets: readonly TargetHealth[] | undefined
}

export type CourseEnd =
  | { readonly kind: 'completed'; readonly at: number }
  /** A deployment has failed while its side had no traffic. */
  | { readonly kind: 'failed'; readonly at: number; readonly message: string }
  /** Somebody has stopped it, and no traffic was moving. */
  | { readonly kind: 'stopped'; readonly at: number; readonly rollback: boolean }
  /** A move has ended badly, or is on its way back. */
  | { readonly kind: 'moved-back'; readonly at: number; readonly leg: MoveLeg }

export interface CourseOptions {
  readonly course: Course
  readonly releaseId: string
  /** ARN of the revision that is deployed; undefined if none is. */
  readonly revision: string | undefined
  readonly cluster: string
  readonly forceNewDeployment: boolean
  /** Healthy targets that a side needs before it gets traffic. */
  readonly needed: number
  readonly clients: Clients
  readonly clock: Clock
  readonly moves: Moves
  /** Whether a person is asked, so that a gate holds the traffic back. */
  readonly hasGate: boolean
  /** Whether everything has been asked of the side that was deployed last. */
  readonly mayMove: () => boolean
}

/** How long a side may have fewer healthy targets than it needs before the traffic goes back. */
const SICK_MS = 15_000

/** The legs of a release, one after the other: each `advance` goes as far as it can. */
export interface RunningCourse {
  /** The first call of a release that deploys first. Errors: those of that call. */
  begin(): Promise<void>
  /** Errors: CannotSee. */
  advance(): Promise<CourseState>
  /** Errors: CannotStop. */
  stop(rollback: boolean): Promise<void>
}

export function runCourse(options: CourseOptions): RunningCourse {
  const { course, releaseId, clients, clock, moves, needed } = options
  const createdAt = clock.now()
  const legs: { -readonly [K in keyof LegState]: LegState[K] }[] = course.legs.map((leg) => ({
    leg,
    startedAt: undefined,
    endedAt: undefined,
    rollout: undefined,
    seen: undefined
  }))
  let end: CourseEnd | undefined
  let targets: readonly TargetHealth[] | undefined
  let sickSince: number | undefined

  // A stop could come between a leg's begin and its first reading.
  let turn: Promise<unknown> = Promise.resolve()
  const oneAtATime = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work, work)
    turn = next.catch(() => undefined)
    return next
  }

  const stateNow = (): CourseState => ({
    createdAt,
    legs: legs.map((each) => ({ ...each })),
    end,
    targets
  })
  const current = (): (typeof legs)[number] | undefined =>
    legs.find(({ endedAt }) => endedAt === undefined)

  return {
    async begin() {
      const first = current()
      // Who is asked about a move is told from the release's record, which is written after this.
      if (first?.leg.kind === 'deploy') await beginLeg(first)
    },

    advance: () => oneAtATime(advance),
    stop: (rollback) => oneAtATime(() => stop(rollback))
  }

  async function advance(): Promise<CourseState> {
    try {
      for (let each = current(); each && !end; each = current()) {
        if (each.startedAt === undefined) {
          if (mustHold(each.leg)) break
          await beginLeg(each)
        }
        const { leg } = each
        const isDone = leg.kind === 'deploy' ? await deployed(each, leg) : await moved(each, leg)
        if (!isDone) break
        each.endedAt = clock.now()
        sickSince = undefined
      }
      if (!current()) end ??= { kind: 'completed', at: clock.now() }
      if (end?.kind === 'moved-back') {
        const { leg } = end
        const last = legs.find((each) => each.leg === leg)
        if (last) last.seen = await moves.read(moveIdOf(releaseId, leg))
      }
      return stateNow()
    } catch (error) {
      if (error instanceof CannotSee) throw error
      if (error instanceof NotStarted) {
        end = { kind: 'failed', at: clock.now(), message: error.message }
        return stateNow()
      }
      throw new CannotSee(BLINDNESS[kindOf(error)] ?? 'passing', explain(error), { cause: error })
    }
  }

  async function stop(rollback: boolean): Promise<void> {
    if (end) throw new CannotStop(say`the release has ended already`, true)
    const each = current()
    if (each?.leg.kind !== 'move' || each.startedAt === undefined) {
      end = { kind: 'stopped', at: clock.now(), rollback }
      return
    }
    const cause: Cause = rollback ? { kind: 'cancelled' } : { kind: 'halted' }
    await moves.goBack(moveIdOf(releaseId, each.leg), cause)
    // What has become of it is read again by the next `advance`, if this reading fails.
    await moved(each, each.leg).catch(() => false)
  }

  /** A release without a gate waits for what is asked of the side that gets the traffic. */
  function mustHold(leg: Leg): boolean {
    if (leg.kind !== 'move' || leg.role === 'gather' || options.hasGate) return false
    return !options.mayMove()
  }

  async function beginLeg(each: (typeof legs)[number]): Promise<void> {
    const { leg } = each
    if (leg.kind === 'move') await moves.begin(movePlanOf(releaseId, course, leg))
    else each.rollout = await beginDeploy(leg)
    each.startedAt = clock.now()
  }

  async function beginDeploy({ side }: DeployLeg): Promise<Rollout> {
    const { cluster, revision = '', forceNewDeployment } = options
    const place = { cluster, service: side.service ?? '' }
    const id = await startRollout(clients, place, revision, forceNewDeployment)
    return { id, state: 'running', reason: undefined, desired: 0, pending: 0, running: 0 }
  }

  /** Whether the side runs the revision, with as many healthy targets as it needs. */
  async function deployed(each: (typeof legs)[number], { side }: DeployLeg): Promise<boolean> {
    const { cluster, revision = '' } = options
    const place = { cluster, service: side.service ?? '' }
    const [rollout, health] = await Promise.all([
      readRollout(clients, place, each.rollout?.id, revision),
      readTargets(clients, side.targetGroup)
    ])
    each.rollout = rollout
    targets = health
    if (rollout.state === 'failed') {
      const why = rollout.reason ?? ''
      end = {
        kind: 'failed',
        at: clock.now(),
        message: say`the deployment to ${side.name} has failed: ${why}`
      }
      return false
    }
    return rollout.state === 'completed' && healthyOf(health) >= Math.max(1, needed)
  }

  /** Whether all of its steps are done. */
  async function moved(each: (typeof legs)[number], leg: MoveLeg): Promise<boolean> {
    const id = moveIdOf(releaseId, leg)
    // The side is looked at before the mover goes on, so that no step follows on one that is sick.
    const broken = await brokenBy(each.seen, leg)
    if (broken !== undefined) await moves.goBack(id, { kind: 'condition', broken })
    each.seen = await moves.read(id)
    const { state } = each.seen.move
    if (state === 'completed') return true
    const isBack = ['restoring', 'restored', 'left', 'foreign'].includes(state)
    if (isBack || each.seen.stuck !== undefined) {
      end = { kind: 'moved-back', at: clock.now(), leg }
    }
    return false
  }

  /**
   * Why the traffic has to go back, by the health of the side that gets it. One target that is
   * replaced is no reason yet, but a side without any is, because its group would then send
   * requests to targets that do not answer.
   */
  async function brokenBy(
    seen: SeenMove | undefined,
    { to }: MoveLeg
  ): Promise<string | undefined> {
    if (seen && !['waiting', 'writing', 'baking'].includes(seen.move.state)) return undefined
    targets = await readTargets(clients, to.targetGroup)
    // While a person is asked before the first step, the side has no traffic yet.
    const hasNone = seen === undefined || sameWeights(seen.move.confirmed, seen.plan.start)
    if (hasNone && (seen?.move.state ?? 'waiting') === 'waiting' && options.hasGate)
      return undefined
    const healthy = healthyOf(targets)
    if (healthy >= needed) {
      sickSince = undefined
      return undefined
    }
    sickSince ??= clock.now()
    if (healthy > 0 && clock.now() - sickSince < SICK_MS) return undefined
    return say`${to.name} has ${healthy} healthy targets of ${needed} needed`
  }
}

function healthyOf(targets: readonly TargetHealth[]): number {
  return targets.filter(({ state }) => state === 'healthy').length
}

const BLINDNESS: Readonly<Record<string, Blindness>> = {
  credentials: 'credentials',
  denied: 'denied',
  refused: 'refused'
}

/** Why a move went back, in a sentence. */
export function backWords(cause: Cause | undefined): string | undefined {
  switch (cause?.kind) {
    case 'person':
      return say`${cause.by} has asked for the way back`
    case 'condition':
      return cause.broken
    case 'rejected':
    case 'expired':
    case 'cancelled':
    case 'halted':
    case undefined:
      return undefined
  }
}
