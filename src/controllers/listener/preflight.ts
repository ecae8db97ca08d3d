import type { CheckResult } from '../../release/report.ts'
import { say } from '../../words/say.ts'
import type { Known } from '../service.ts'
import type { Route } from './route.ts'
import type { SideFacts } from './side.ts'
import { weightsIn } from './weights.ts'

/** What was read before a failover. */
export interface FailoverFacts {
  readonly route: Known<Route>
  readonly sides: readonly [Known<SideFacts>, Known<SideFacts>]
  /** The listener of the rehearsal; undefined if the inputs name none. */
  readonly rehearsal: Known<Route> | undefined
}

export interface Wanted {
  /** Healthy targets that a side needs before it gets all traffic; undefined: as many as the live one has. */
  readonly minHealthy: number | undefined
  /** How many tasks the release itself starts on the idle side; undefined if it deploys nothing. */
  readonly willStart?: number | undefined
}

type Verdict = CheckResult['verdict']

/**
 * Everything that has to hold before a failover writes anything, found at once. What cannot be
 * read is NG: a move that cannot be watched is not begun. Pure.
 */
export function checkFailover(facts: FailoverFacts, wanted: Wanted): CheckResult[] {
  const unread = [facts.route, ...facts.sides].flatMap((fact) =>
    'missing' in fact ? [result('listener and sides', 'NG', fact.missing)] : []
  )
  const { route, sides } = facts
  const [first, second] = sides
  if (!('value' in route) || !('value' in first) || !('value' in second)) return unread
  const pair = [first.value, second.value] as const
  return [
    ...checkRoute(route.value, pair),
    ...checkAlike(pair),
    ...checkStickiness(route.value, pair),
    ...checkHealth(route.value, pair, wanted),
    ...checkSlowStart(pair),
    ...checkLag(route.value),
    ...checkRehearsal(route.value, facts.rehearsal)
  ]
}

type Pair = readonly [SideFacts, SideFacts]

function checkRoute(route: Route, pair: Pair): CheckResult[] {
  const name = 'listener and sides'
  const [first, second] = pair
  if (first.arn === second.arn) {
    return [
      result(name, 'NG', say`${first.name} and ${second.name} are the same target group: name two`)
    ]
  }
  const weights = weightsIn(route.actions, { from: first.arn, to: second.arn })
  if (weights === undefined) {
    return [
      result(
        name,
        'NG',
        say`${placeOf(route)} has to forward to exactly the target groups of ${first.name} and ${second.name}, each with a weight; it forwards to ${groupsOf(route)}`
      )
    ]
  }
  if (weights.from + weights.to === 0) {
    return [
      result(
        name,
        'NG',
        say`both weights are 0, so nobody is served: give one side all traffic first`
      )
    ]
  }
  const reason = say`${placeOf(route)} sends ${first.name} ${weights.from} and ${second.name} ${weights.to}`
  return [result(name, 'OK', reason)]
}

function checkAlike([first, second]: Pair): CheckResult[] {
  const found: CheckResult[] = []
  if (first.protocol !== second.protocol) {
    const reason = say`${first.name} speaks ${first.protocol ?? '?'} and ${second.name} ${second.protocol ?? '?'}: both need the same protocol`
    found.push(result('listener and sides', 'NG', reason))
  }
  if (first.isOptimized !== second.isOptimized) {
    const [only, other] = first.isOptimized ? [first, second] : [second, first]
    const reason = say`the target optimizer limits ${only.name} and not ${other.name}: the one would answer 503 where the other does not`
    found.push(result('listener and sides', 'NG', reason))
  }
  return found
}

/** AWS does not say what a weight of 0 does to a client that a cookie keeps with its group (ALB user guide). */
function checkStickiness(route: Route, pair: Pair): CheckResult[] {
  const name = 'stickiness'
  const onRoute = route.actions.some(
    ({ ForwardConfig }) => ForwardConfig?.TargetGroupStickinessConfig?.Enabled === true
  )
  const sticky = [
    ...(onRoute ? [placeOf(route)] : []),
    ...pair.filter(({ isSticky }) => isSticky).map((side) => side.name)
  ]
  if (sticky.length === 0) return [result(name, 'OK', say`off`)]
  const reason = say`${sticky.join(', ')} keeps clients where they were, so they would stay on the old side, and the shares of a step would mean nothing: turn stickiness off`
  return [result(name, 'NG', reason)]
}

/** A group whose targets are all unhealthy still gets its share, and an empty one answers 503 (ALB user guide). */
function checkHealth(route: Route, pair: Pair, { minHealthy, willStart }: Wanted): CheckResult[] {
  const weights = weightsIn(route.actions, { from: pair[0].arn, to: pair[1].arn })
  if (weights === undefined) return []
  const idle = weights.from > 0 && weights.to > 0 ? undefined : pair[weights.from > 0 ? 1 : 0]
  const live = pair.find((side) => side !== idle) ?? pair[0]
  const sides = idle ? [idle] : pair
  return sides.map((side) => {
    const name = 'production targets'
    const there = healthyOf(side)
    const needed = minHealthy ?? (idle ? healthyOf(live) : 1)
    if (there >= needed && there > 0) {
      return result(name, 'OK', say`${side.name} has ${there} healthy targets of ${needed} needed`)
    }
    if (side === idle && willStart !== undefined && willStart >= needed) {
      // They are asked for again once the release has deployed to it, before any traffic moves.
      return result(
        name,
        'OK',
        say`${side.name} has ${there} healthy targets of ${needed} needed, and the release starts ${willStart}`
      )
    }
    const reason = say`${side.name} has ${there} healthy targets and would have to carry what ${needed} carry: start more, or set \`min-healthy\``
    return result(name, 'NG', reason)
  })
}

/** Targets that are registered in one call into an empty group do not slow-start (ALB user guide). */
function checkSlowStart(pair: Pair): CheckResult[] {
  const slow = pair.filter(({ slowStartSeconds }) => slowStartSeconds > 0)
  if (slow.length === 0) return []
  const shown = slow.map(({ name, slowStartSeconds }) => `${name} (${slowStartSeconds} s)`)
  const reason = say`new targets of ${shown.join(', ')} get their share of requests slowly, so a step shows their full load only after that time`
  return [result('slow start', 'WARN', reason)]
}

function checkLag({ loadBalancerType }: Route): CheckResult[] {
  if (loadBalancerType !== 'network') return []
  const reason = say`a Network Load Balancer follows its weights minutes later (ECS itself waits ten): make \`bake\` longer than that`
  return [result('traffic shift', 'WARN', reason)]
}

function checkRehearsal(route: Route, rehearsal: Known<Route> | undefined): CheckResult[] {
  const name = 'rehearsal'
  if (rehearsal === undefined) return []
  if ('missing' in rehearsal) return [result(name, 'NG', rehearsal.missing)]
  const [ours, theirs] = [shapeOf(route), shapeOf(rehearsal.value)]
  if (ours === theirs) return [result(name, 'OK', say`rehearsed on a listener of the same shape`)]
  const reason = say`the listener of the rehearsal has another shape than production's: ${theirs} there, ${ours} here`
  return [result(name, 'NG', reason)]
}

/** What a rehearsal has to have in common: where the weights are, and the kinds of actions. */
function shapeOf({ kind, actions, loadBalancerType }: Route): string {
  const kinds = actions.map(({ Type, ForwardConfig }) =>
    Type === 'forward' ? `forward/${ForwardConfig?.TargetGroups?.length ?? 1}` : `${Type}`
  )
  return [loadBalancerType ?? '?', kind, ...kinds].join(' ')
}

function healthyOf({ health }: SideFacts): number {
  return health['healthy'] ?? 0
}

function placeOf({ kind, listener, arn }: Route): string {
  const port = listener.Port ?? '?'
  return kind === 'default'
    ? say`the default action of the listener on port ${port}`
    : say`the rule ${arn.split('/').at(-1) ?? arn} of the listener on port ${port}`
}

function groupsOf({ actions }: Route): string {
  const names = actions.flatMap(({ Type, TargetGroupArn, ForwardConfig }) => {
    if (Type !== 'forward') return []
    const groups = ForwardConfig?.TargetGroups ?? [{ TargetGroupArn, Weight: 1 }]
    return groups.map((group) => {
      const name = group.TargetGroupArn?.split('/').at(-2) ?? '?'
      return `${name} (${group.Weight ?? 1})`
    })
  })
  return names.length === 0 ? say`no target group` : names.join(', ')
}

function result(name: string, verdict: Verdict, reason: string): CheckResult {
  return { name, verdict, reason }
}
