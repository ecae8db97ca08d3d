import type { FailoverSettings } from '../../../release/settings.ts'
import { say } from '../../../words/say.ts'
import type { MovePlan } from '../move.ts'
import { stepsFrom } from '../steps.ts'
import { shareOf, weightsFor, type Weights } from '../weights.ts'

/** A side, as the legs of a release know it. */
export interface LegSide {
  readonly name: string
  /** ARN of its target group. */
  readonly targetGroup: string
  /** Name of the ECS service; undefined if nothing is deployed to it. */
  readonly service: string | undefined
}

/** One part of a release; the next one begins when it is done. Plain JSON. */
export type Leg = DeployLeg | MoveLeg

export interface DeployLeg {
  readonly kind: 'deploy'
  readonly role: 'green' | 'other'
  readonly side: LegSide
}

export interface MoveLeg extends Pick<MovePlan, 'start' | 'steps'> {
  readonly kind: 'move'
  /**
   * `gather`: from a split to one side, before anything is deployed; `release`: to the side that
   * was deployed; `balance`: back to an even split.
   */
  readonly role: 'gather' | 'release' | 'balance'
  readonly from: LegSide
  readonly to: LegSide
}

/** What a release does, in its order. Plain JSON. */
export interface Course {
  /** ARN of the listener or rule. */
  readonly route: string
  /** The side that serves before the release proper, and the one that is released. */
  readonly live: LegSide
  readonly idle: LegSide
  readonly legs: readonly Leg[]
}

/** Half of the traffic: where a release ends that ends with an even split. */
const EVEN = 50

/**
 * The legs of a release. `weights`: the live weights of both sides, `live` being the side that
 * serves, or the one that is to serve first if both do.
 */
export function legsOf(
  { live, idle }: Pick<Course, 'live' | 'idle'>,
  weights: { readonly live: number; readonly idle: number },
  settings: Pick<FailoverSettings, 'shares' | 'bakeMs' | 'asks' | 'finish' | 'deploy'>
): readonly Leg[] {
  const isSplit = weights.idle > 0
  const start: Weights = isSplit ? weightsFor(0) : { from: weights.live, to: 0 }
  const deploys = settings.deploy === 'ecs'
  const isBalanced = settings.finish === 'balanced'
  return [
    ...(isSplit ? [gather(idle, live, { from: weights.idle, to: weights.live }, settings)] : []),
    ...(deploys ? [{ kind: 'deploy', role: 'green', side: idle } as const] : []),
    {
      kind: 'move',
      role: 'release',
      from: live,
      to: idle,
      start,
      steps: stepsFrom(start, settings)
    },
    ...(isBalanced && deploys ? [{ kind: 'deploy', role: 'other', side: live } as const] : []),
    ...(isBalanced ? [balance(idle, live, settings)] : [])
  ]
}

function gather(
  from: LegSide,
  to: LegSide,
  start: Weights,
  settings: Parameters<typeof legsOf>[2]
): MoveLeg {
  return { kind: 'move', role: 'gather', from, to, start, steps: stepsFrom(start, settings) }
}

/** The gate takes no plan that asks nobody before its first step, so the end is asked for too. */
function balance(from: LegSide, to: LegSide, settings: Parameters<typeof legsOf>[2]): MoveLeg {
  const { shares, bakeMs, asks } = settings
  const rising = [...shares.filter((share) => share < EVEN), EVEN]
  const steps = rising.map((share, place) => ({
    share,
    bakeMs,
    asks: place === 0 || asks === 'every-step' || (asks !== 'once' && asks.includes(share))
  }))
  return { kind: 'move', role: 'balance', from, to, start: weightsFor(0), steps }
}

/** The id of a leg's move: the release's own for its main move, so that all that is said of it stands under that. */
export function moveIdOf(releaseId: string, { role }: MoveLeg): string {
  return role === 'release' ? releaseId : `${releaseId}-${role}`
}

/** The plan that a leg hands to the mover. */
export function movePlanOf(releaseId: string, course: Course, leg: MoveLeg): MovePlan {
  return {
    releaseId: moveIdOf(releaseId, leg),
    route: course.route,
    pair: { from: leg.from.targetGroup, to: leg.to.targetGroup },
    start: leg.start,
    steps: leg.steps
  }
}

/** How a step is called, in log and report: unique within a release. */
export function stepName({ to }: Pick<MoveLeg, 'to'>, share: number): string {
  return say`${share} % to ${to.name}`
}

export function deployName({ side }: DeployLeg): string {
  return say`deploy ${side.name}`
}

/** What a release does, for people to read before it begins: one line a leg. */
export function shownCourse(course: Course, revision: string | undefined): string {
  const lines = course.legs.map((leg) =>
    leg.kind === 'deploy' ? shownDeploy(leg, revision) : shownMove(leg)
  )
  return lines.map((line, place) => `${place + 1}. ${line}`).join('\n')
}

function shownDeploy({ side }: DeployLeg, revision: string | undefined): string {
  const what = revision?.split('/').at(-1) ?? say`the new revision`
  return say`deploy ${what} to ${side.name} (service ${side.service ?? '?'}), which has no traffic meanwhile, and verify it`
}

function shownMove(leg: MoveLeg): string {
  const { start, steps, from, to } = leg
  const now = Math.round(shareOf(start) ?? 0)
  const shares = steps.map(({ share, asks }) => (asks ? say`${share} % (asked)` : `${share} %`))
  const seconds = Math.round((steps[0]?.bakeMs ?? 0) / 1_000)
  return say`move traffic from ${from.name} to ${to.name}, which has ${now} % now: ${shares.join(', ')}; each step is watched for ${seconds} s`
}
