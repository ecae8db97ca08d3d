import type { FailoverSettings, Settings } from '../../../release/settings.ts'
import type { CheckResult } from '../../../release/report.ts'
import { say } from '../../../words/say.ts'
import { weightsIn } from '../weights.ts'
import { legsOf, type Course, type LegSide } from './legs.ts'
import type { Facts } from './survey.ts'

/** Which side serves, and which one is released. */
export interface Direction {
  /** Index of the side that serves, or that serves alone first. */
  readonly live: 0 | 1
  readonly isSplit: boolean
  /** The live weights, in the order of the sides. */
  readonly weights: readonly [number, number]
  /** Who says which side serves alone first, if both have traffic. */
  readonly by: 'weights' | 'input' | 'ledger'
}

/**
 * The direction of a release, read from the live weights: the inputs say only what the sides are.
 * A text says why it is not known; undefined if the checks of listener and sides say that.
 */
export function directionOf(
  settings: FailoverSettings,
  { route, sides, before }: Facts
): Direction | string | undefined {
  const [one, other] = sides
  if (!('value' in route) || !('value' in one) || !('value' in other)) return undefined
  const found = weightsIn(route.value.actions, { from: one.value.arn, to: other.value.arn })
  if (found === undefined || found.from + found.to === 0) return undefined
  const weights = [found.from, found.to] as const
  if (found.from === 0 || found.to === 0) {
    return { live: found.to === 0 ? 0 : 1, isSplit: false, weights, by: 'weights' }
  }
  const named = settings.sides.findIndex(({ name }) => name === settings.first)
  if (named === 0 || named === 1) return { live: named, isSplit: true, weights, by: 'input' }
  const last = [one.value, other.value].findIndex(({ arn }) => arn === before?.deployedLast)
  if (last === 0 || last === 1) return { live: last, isSplit: true, weights, by: 'ledger' }
  const [first, second] = settings.sides
  return say`both sides have traffic (${first.name} ${found.from}, ${second.name} ${found.to}), as after an even split or a release that broke off, and no ledger says which one was deployed last: name in \`first\` the side that is to serve alone first; the other one is then deployed`
}

/** The course of a release; undefined if its direction is not known. */
export function courseOf(
  settings: FailoverSettings,
  facts: Facts,
  direction: Direction | string | undefined
): Course | undefined {
  const { route, sides } = facts
  const [one, other] = sides
  if (typeof direction !== 'object') return undefined
  if (!('value' in route) || !('value' in one) || !('value' in other)) return undefined
  const both = [one.value, other.value].map(({ name, arn }, place): LegSide => ({
    name,
    targetGroup: arn,
    service: settings.sides[place]?.service
  }))
  const live = both[direction.live]
  const idle = both[1 - direction.live]
  if (!live || !idle) return undefined
  const weights = {
    live: direction.weights[direction.live],
    idle: direction.weights[direction.live === 0 ? 1 : 0]
  }
  const legs = legsOf({ live, idle }, weights, settings)
  return { route: route.value.arn, live, idle, legs }
}

/** How many healthy targets a side needs before it gets traffic. */
export function neededTargets(
  { minHealthy }: FailoverSettings,
  { sides }: Facts,
  direction: Direction | string | undefined
): number {
  if (minHealthy !== undefined) return minHealthy
  const live = typeof direction === 'object' ? sides[direction.live] : undefined
  const healthy = live && 'value' in live ? (live.value.health['healthy'] ?? 0) : 0
  return Math.max(1, healthy)
}

/** For everything without a time limit of its own. */
const SPARE_MINUTES = 30
/** A rolling deployment has no limit of its own; an hour is what CodeDeploy gives green. */
const DEPLOY_MINUTES = 60
const ASK_MINUTES = 60

/** How long a release may take, in minutes. */
export function longestMinutes({ legs }: Course, hasGate: boolean): number {
  const minutes = legs.map((leg) => {
    if (leg.kind === 'deploy') return DEPLOY_MINUTES
    return leg.steps.reduce(
      (sum, { bakeMs, asks }) => sum + bakeMs / 60_000 + (asks && hasGate ? ASK_MINUTES : 0),
      0
    )
  })
  return Math.ceil(minutes.reduce((sum, each) => sum + each, SPARE_MINUTES))
}

/** What of the settings contradicts a job that moves the traffic itself, or what such a job does. */
export function checkWaitFor(
  { waitFor }: Pick<Settings, 'waitFor'>,
  { finish }: FailoverSettings,
  hasGate: boolean
): CheckResult[] {
  if (waitFor === 'completed') return []
  const name = 'time to wait'
  if (waitFor === 'started' || waitFor === 'test-traffic') {
    const reason = say`the job deploys to the side without traffic itself, so it cannot end with \`wait-for: ${waitFor}\`; wait for \`${hasGate ? 'approval' : 'completed'}\``
    return [{ name, verdict: 'NG', reason }]
  }
  if (!hasGate) {
    const reason = say`without \`ledger-table\` the job moves the traffic itself, so it cannot end with \`wait-for: ${waitFor}\`; wait for \`completed\``
    return [{ name, verdict: 'NG', reason }]
  }
  if (finish === 'balanced') {
    const reason = say`with \`finish: balanced\` the job deploys to the other side at the end, so it cannot end with \`wait-for: ${waitFor}\`; wait for \`completed\``
    return [{ name, verdict: 'NG', reason }]
  }
  return []
}
