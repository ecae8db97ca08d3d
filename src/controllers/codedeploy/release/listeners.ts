import type { DeploymentGroupInfo } from '@aws-sdk/client-codedeploy'
import type { Action, Rule, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Clients } from '../../../aws/clients.ts'
import type { OptionalReads } from '../../../aws/optional-reads.ts'
import { routesOf } from '../reader/routes.ts'
import { say } from '../../../words/say.ts'

/** What the load balancer says about the group's listeners and target groups, as far as the role may read it. */
export interface ListenerFacts {
  readonly production: ListenerState | undefined
  readonly test: ListenerState | undefined
  /** Names of those target groups of the group's pair that exist. */
  readonly targetGroups: readonly string[] | undefined
  /**
   * How many targets of the group that production traffic goes to are healthy;
   * undefined if it is not one group, or if the role may not read it.
   */
  readonly healthyInProduction: number | undefined
}

export interface ListenerState {
  readonly arn: string
  readonly port: number | undefined
  /** Whether it speaks TLS. */
  readonly isSecure: boolean
  /** What its default action forwards to: weight by the name of the target group. */
  readonly forwards: ReadonlyMap<string, number>
  /**
   * What leads to the group's pair: the default action, and rules, by priority.
   * Undefined if the default action does not and the role may not read the rules.
   */
  readonly routes: readonly Route[] | undefined
  /** Whether the rules were read; those of the test listener are only if its default action leads elsewhere. */
  readonly areRulesRead: boolean
}

/** The default action or a rule, of which a part or all goes to the group's pair. */
export interface Route {
  /** Undefined for the default action. */
  readonly rule: { readonly priority: string; readonly conditions: string } | undefined
  /** Whether a request needs more than its method and path for it, such as a host or a header. */
  readonly wantsMore: boolean
  /** Weight by the name of the target group. */
  readonly forwards: ReadonlyMap<string, number>
  /** How long a client stays with its target group, in seconds; undefined if it does not. */
  readonly stickySeconds: number | undefined
}

/**
 * Reads what leads to the group's pair of target groups. The rules of the production
 * listener are always read, since a rule may lead there beside the default action. Errors: credentials and
 * network only.
 */
export async function readListeners(
  clients: Clients,
  optionalReads: OptionalReads,
  group: DeploymentGroupInfo
): Promise<ListenerFacts | undefined> {
  const { production, test, targetGroups: pair } = routesOf(group)
  const arns = [production, test].filter((arn) => arn !== undefined)
  if (arns.length === 0) return undefined
  const { sdk, client } = await clients.loadBalancing()
  const [groups, listeners] = await Promise.all([
    optionalReads.read('elasticloadbalancing:DescribeTargetGroups', (abortSignal) =>
      client.send(new sdk.DescribeTargetGroupsCommand({ Names: [...pair] }), { abortSignal })
    ),
    optionalReads.read('elasticloadbalancing:DescribeListeners', (abortSignal) =>
      client.send(new sdk.DescribeListenersCommand({ ListenerArns: arns }), { abortSignal })
    )
  ])
  const [ofProduction, ofTest] = await Promise.all([stateOf(production), stateOf(test)])
  return {
    production: ofProduction,
    test: ofTest,
    targetGroups: groups?.TargetGroups?.flatMap(({ TargetGroupName }) =>
      TargetGroupName === undefined ? [] : [TargetGroupName]
    ),
    healthyInProduction: await healthyOf(ofProduction)
  }

  async function stateOf(arn: string | undefined): Promise<ListenerState | undefined> {
    const listener = listeners?.Listeners?.find((found) => found.ListenerArn === arn)
    if (!listener || arn === undefined) return undefined
    const byDefault = forwardsOf(listener.DefaultActions)
    const whole: Route = { rule: undefined, wantsMore: false, ...byDefault }
    const isWhole = leadsToPair(whole)
    const rules = isWhole && arn !== production ? undefined : await rulesOf(arn)
    return {
      arn,
      port: listener.Port,
      isSecure: listener.Protocol === 'HTTPS' || listener.Protocol === 'TLS',
      forwards: byDefault.forwards,
      routes: isWhole ? [whole, ...(rules ?? [])] : rules,
      areRulesRead: rules !== undefined
    }
  }

  async function rulesOf(listenerArn: string): Promise<readonly Route[] | undefined> {
    const found = await optionalReads.read(
      'elasticloadbalancing:DescribeRules',
      async (abortSignal) => {
        const rules: Rule[] = []
        const input = { ListenerArn: listenerArn }
        for await (const page of sdk.paginateDescribeRules({ client }, input, { abortSignal })) {
          rules.push(...(page.Rules ?? []))
        }
        return rules
      }
    )
    return found
      ?.filter(({ IsDefault }) => !IsDefault)
      .map(routeOf)
      .filter(leadsToPair)
  }

  function leadsToPair({ forwards }: Pick<Route, 'forwards'>): boolean {
    return pair.some((name) => forwards.has(name))
  }

  async function healthyOf(listener: ListenerState | undefined): Promise<number | undefined> {
    const [live, ...split] = new Set(listener?.routes?.flatMap((route) => liveGroups(route)))
    const found = groups?.TargetGroups?.find(({ TargetGroupName }) => TargetGroupName === live)
    const arn = found?.TargetGroupArn
    if (arn === undefined || split.length > 0) return undefined
    const answer = await optionalReads.read(
      'elasticloadbalancing:DescribeTargetHealth',
      (abortSignal) =>
        client.send(new sdk.DescribeTargetHealthCommand({ TargetGroupArn: arn }), { abortSignal })
    )
    return answer?.TargetHealthDescriptions?.filter(
      ({ TargetHealth }) => TargetHealth?.State === 'healthy'
    ).length
  }
}

/** Names of the target groups that get traffic by this route. */
export function liveGroups(route: Route | undefined): readonly string[] {
  return [...(route?.forwards ?? [])].flatMap(([name, weight]) => (weight > 0 ? [name] : []))
}

/** A target group's name is in its ARN: `targetgroup/<name>/<id>`. */
export function targetGroupName(arn: string): string {
  return arn.split('/').at(-2) ?? arn
}

/** What a request that the job makes has by itself. */
const ASKED_BY_PATH: readonly string[] = ['path-pattern', 'http-request-method']

function routeOf({ Priority = '?', Conditions = [], Actions }: Rule): Route {
  return {
    rule: { priority: Priority, conditions: Conditions.map(conditionText).join(', ') },
    wantsMore: Conditions.some(({ Field = '' }) => !ASKED_BY_PATH.includes(Field)),
    ...forwardsOf(Actions)
  }
}

/** A condition as people write it: `path-pattern /shop/*`. */
function conditionText(condition: RuleCondition): string {
  const { Field = '?', HttpHeaderConfig, QueryStringConfig } = condition
  const values =
    condition.Values ??
    condition.HostHeaderConfig?.Values ??
    condition.PathPatternConfig?.Values ??
    condition.HttpRequestMethodConfig?.Values ??
    condition.SourceIpConfig?.Values ??
    HttpHeaderConfig?.Values ??
    QueryStringConfig?.Values?.map(({ Key, Value = '' }) =>
      Key === undefined ? Value : `${Key}=${Value}`
    )
  const name = HttpHeaderConfig?.HttpHeaderName
  return [Field, ...(name === undefined ? [] : [name]), (values ?? []).join(say` or `)]
    .join(' ')
    .trim()
}

function forwardsOf(actions: readonly Action[] = []): Pick<Route, 'forwards' | 'stickySeconds'> {
  const action = actions.find(({ Type }) => Type === 'forward')
  // A single-group action may show its group at the top level only (aws-semantics 5).
  const groups = action?.ForwardConfig?.TargetGroups ?? [
    { TargetGroupArn: action?.TargetGroupArn, Weight: 1 }
  ]
  const { Enabled, DurationSeconds } = action?.ForwardConfig?.TargetGroupStickinessConfig ?? {}
  return {
    forwards: new Map(
      groups.flatMap(({ TargetGroupArn, Weight }) =>
        TargetGroupArn === undefined ? [] : [[targetGroupName(TargetGroupArn), Weight ?? 1]]
      )
    ),
    stickySeconds: Enabled ? (DurationSeconds ?? 0) : undefined
  }
}
