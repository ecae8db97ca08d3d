import { routesOf } from '../reader/routes.ts'
import type { CheckResult } from '../../../release/report.ts'
import { liveGroups, targetGroupName, type ListenerState, type Route } from './listeners.ts'
import type { Facts } from './survey.ts'
import { say } from '../../../words/say.ts'

type Verdict = CheckResult['verdict']

/**
 * Checks where production traffic goes before the release. CodeDeploy puts green
 * into the target group of the pair in which the PRIMARY task set is not, so
 * that group must have no production traffic: green would have users before
 * anybody has decided. Pure.
 */
export function checkRouting(facts: Facts): CheckResult[] {
  const { group, listeners } = facts
  if (!('value' in group)) return []
  const { targetGroups: pair } = routesOf(group.value.info)
  const production = listeners?.production
  if (listeners?.targetGroups === undefined || production === undefined) {
    return [listed('SKIP', say`could not be read`)]
  }
  const missing = pair.filter((wanted) => !listeners.targetGroups?.includes(wanted))
  if (missing.length > 0) {
    return [
      listed(
        'NG',
        say`the deployment group names target groups that do not exist: ${missing.join(', ')}`
      )
    ]
  }
  const { routes } = production
  if (routes === undefined) {
    return [
      listed(
        'SKIP',
        say`the default action of the production listener forwards to ${namesOf(production.forwards)}, not to the group's pair, and whether a rule does is not known without \`elasticloadbalancing:DescribeRules\``
      )
    ]
  }
  const [route] = routes
  const outside = routes.flatMap((each) => liveGroups(each)).filter((name) => !pair.includes(name))
  if (route === undefined || outside.length > 0) {
    return [
      listed(
        'NG',
        say`the production listener forwards to ${route ? outside.join(', ') : namesOf(production.forwards)}, which is not in the group's pair ${pair.join(', ')}${route ? '' : say`, and no rule of it forwards to the pair`}`
      )
    ]
  }
  return [
    listed(
      'OK',
      say`production${where(production, route)} forwards to ${shown(route)}${production.areRulesRead ? '' : say`; its rules were not read (\`elasticloadbalancing:DescribeRules\`)`}`
    ),
    ...severalRules(routes, pair),
    ...liveSide(facts, routes),
    ...stickiness(routes),
    ...healthy(facts, route)
  ]
}

function listed(verdict: Verdict, reason: string): CheckResult {
  return { name: 'listeners and target groups', verdict, reason }
}

function where({ port }: ListenerState, { rule }: Route): string {
  const onPort = port === undefined ? '' : say` on port ${port}`
  return onPort + (rule ? say`, by rule ${rule.priority} (${rule.conditions}),` : '')
}

function shown({ forwards }: Route): string {
  const serving = [...forwards].filter(([, weight]) => weight > 0)
  return serving.map(([name, weight]) => `${name} (${weight})`).join(', ') || say`nothing`
}

function namesOf(forwards: ReadonlyMap<string, number>): string {
  return [...forwards.keys()].join(', ') || say`no target group`
}

/**
 * Which of several CodeDeploy changes is not documented. What it has changed can be seen: since
 * November 2022 it leaves the group that it takes the traffic from in the action, with weight 0
 * (CodeDeploy's team, in traveloka/terraform-aws-alb-single-listener#47). If it had left one of them
 * behind, that one would lead to the other side, which `liveSide` refuses.
 */
function severalRules(routes: readonly Route[], pair: readonly string[]): CheckResult[] {
  if (routes.length < 2) return []
  const priorities = routes.flatMap(({ rule }) => (rule ? [rule.priority] : [])).join(', ')
  const hasDefault = routes.some(({ rule }) => rule === undefined)
  if (routes.every(({ forwards }) => pair.every((name) => forwards.has(name)))) {
    return [
      listed(
        'OK',
        hasDefault
          ? say`the default action and rule ${priorities} lead to the pair; each names both target groups, as CodeDeploy leaves what it changes`
          : say`the rules ${priorities} lead to the pair; each names both target groups, as CodeDeploy leaves what it changes`
      )
    ]
  }
  return [
    listed(
      'WARN',
      hasDefault
        ? say`the default action and rule ${priorities} of the production listener forward to the pair, and AWS does not say which of them CodeDeploy changes; after this release see whether each leads to green, or let one of them alone forward to the pair. This is not said any more once each names both target groups, as CodeDeploy leaves what it changes`
        : say`the rules ${priorities} of the production listener forward to the pair, and AWS does not say which of them CodeDeploy changes; after this release see whether each leads to green, or join their conditions in one rule. This is not said any more once each names both target groups, as CodeDeploy leaves what it changes`
    )
  ]
}

function liveSide({ primary, active }: Facts, routes: readonly Route[]): CheckResult[] {
  const name = 'live traffic'
  const live = [...new Set(routes.flatMap((route) => liveGroups(route)))]
  if (active) {
    return [{ name, verdict: 'SKIP', reason: say`${active.id} is under way, and moves it` }]
  }
  const arn = primary?.loadBalancers?.[0]?.targetGroupArn
  const serves = arn === undefined ? undefined : targetGroupName(arn)
  if (serves === undefined) {
    const reason = say`which target group serves is not known: the service lists no PRIMARY task set`
    return [{ name, verdict: 'SKIP', reason }]
  }
  const astray = live.filter((each) => each !== serves)
  if (astray.length === 0) {
    return [
      {
        name,
        verdict: 'OK',
        reason: say`all of it goes to ${serves}, where the PRIMARY task set is`
      }
    ]
  }
  const reason = say`${astray.join(', ')} has production traffic, and the PRIMARY task set is in ${serves}: green would be started in ${astray.join(', ')} and have users before anybody has decided; set the weight of ${serves} to 100 and of ${astray.join(', ')} to 0`
  return [{ name, verdict: 'NG', reason }]
}

function stickiness(routes: readonly Route[]): CheckResult[] {
  const seconds = routes.flatMap(({ stickySeconds }) =>
    stickySeconds === undefined ? [] : [stickySeconds]
  )
  if (seconds.length === 0) return []
  const reason = say`clients stay with their target group for ${Math.max(...seconds)} s: after the shift some still ask the old version, and those of a canary stay on green; turn the stickiness of the target groups off`
  return [{ name: 'stickiness', verdict: 'WARN', reason }]
}

function healthy({ listeners }: Facts, route: Route): CheckResult[] {
  if (listeners?.healthyInProduction !== 0) return []
  const reason = say`${liveGroups(route).join(', ')}, which production traffic goes to, has no healthy target: users get errors now, and a rollback would lead back to it`
  return [{ name: 'production targets', verdict: 'WARN', reason }]
}
