import type {
  Action,
  Listener,
  LoadBalancer,
  Rule
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { LoadBalancing } from '../../aws/clients.ts'
import type { ListenerName } from '../../release/settings.ts'
import { say } from '../../words/say.ts'
import { known, NotFound, type Known } from '../service.ts'
import { foundOr, isNotFound } from './found.ts'

/** Where the weights are that a failover changes: a listener's default action, or a rule's. */
export interface Route {
  readonly arn: string
  readonly kind: 'default' | 'rule'
  readonly listener: Listener
  readonly loadBalancerType: string | undefined
  /** The load balancer's own name in DNS. */
  readonly dnsName?: string | undefined
  /** All of them, as Describe shows them. */
  readonly actions: readonly Action[]
}

/** What it takes to read and write a route that is known; a bundle that moves weights holds no more. */
export interface RouteBalancing extends Pick<LoadBalancing, 'client'> {
  readonly sdk: Pick<
    LoadBalancing['sdk'],
    | 'DescribeListenersCommand'
    | 'DescribeRulesCommand'
    | 'ModifyListenerCommand'
    | 'ModifyRuleCommand'
  >
}

/** Reads the route. Errors: only those of credentials and network. */
export function readRoute(
  { sdk, client }: LoadBalancing,
  name: ListenerName,
  rule: string | undefined
): Promise<Known<Route>> {
  return known(async () => {
    const listener = await listenerNamed()
    const arn = listener.ListenerArn ?? ''
    const balancer = await balancerOf(listener.LoadBalancerArn)
    const shared = { listener, loadBalancerType: balancer?.Type, dnsName: balancer?.DNSName }
    if (rule === undefined) {
      return { arn, kind: 'default', actions: listener.DefaultActions ?? [], ...shared }
    }
    const { RuleArn = '', Actions = [] } = await ruleNamed(arn, rule)
    return { arn: RuleArn, kind: 'rule', actions: Actions, ...shared }
  })

  async function listenerNamed(): Promise<Listener> {
    if ('arn' in name) {
      const absent = say`there is no listener ${name.arn}`
      const asked = new sdk.DescribeListenersCommand({ ListenerArns: [name.arn] })
      const [found] = (await foundOr(absent, client.send(asked))).Listeners ?? []
      if (found) return found
      throw new NotFound(absent)
    }
    const { loadBalancer, port } = name
    const absent = say`there is no load balancer ${loadBalancer}`
    const asked = new sdk.DescribeLoadBalancersCommand({ Names: [loadBalancer] })
    const [balancer] = (await foundOr(absent, client.send(asked))).LoadBalancers ?? []
    const LoadBalancerArn = balancer?.LoadBalancerArn
    if (LoadBalancerArn === undefined) throw new NotFound(absent)
    const listeners: Listener[] = []
    for await (const page of sdk.paginateDescribeListeners({ client }, { LoadBalancerArn })) {
      listeners.push(...(page.Listeners ?? []))
    }
    const found = listeners.find(({ Port }) => Port === port)
    if (found) return found
    const ports = listeners.map(({ Port }) => Port).join(', ')
    throw new NotFound(
      say`${loadBalancer} has no listener on port ${port}; its listeners are on ports ${ports}`
    )
  }

  async function balancerOf(arn: string | undefined): Promise<LoadBalancer | undefined> {
    if (arn === undefined) return undefined
    const answer = await client.send(
      new sdk.DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] })
    )
    return answer.LoadBalancers?.[0]
  }

  /** By its ARN, or by its priority on the listener. */
  async function ruleNamed(listenerArn: string, wanted: string): Promise<Rule> {
    const rules: Rule[] = []
    for await (const page of sdk.paginateDescribeRules({ client }, { ListenerArn: listenerArn })) {
      rules.push(...(page.Rules ?? []))
    }
    const found = rules.find(({ RuleArn, Priority }) => RuleArn === wanted || Priority === wanted)
    if (found && found.IsDefault !== true) return found
    if (found) throw new NotFound(say`${wanted} is the default action: leave \`rule\` out`)
    const priorities = rules.flatMap(({ Priority, IsDefault }) =>
      Priority === undefined || IsDefault === true ? [] : [Priority]
    )
    throw new NotFound(
      say`the listener has no rule ${wanted}; its rules have the priorities ${priorities.join(', ')}`
    )
  }
}

/** The actions of a route that is known, in one call; undefined if the route is gone. Errors: those of ELB. */
export async function readActions(
  { sdk, client }: RouteBalancing,
  { arn, kind }: Pick<Route, 'arn' | 'kind'>
): Promise<readonly Action[] | undefined> {
  try {
    if (kind === 'default') {
      const asked = new sdk.DescribeListenersCommand({ ListenerArns: [arn] })
      return (await client.send(asked)).Listeners?.[0]?.DefaultActions
    }
    return (await client.send(new sdk.DescribeRulesCommand({ RuleArns: [arn] }))).Rules?.[0]
      ?.Actions
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

/** What an ARN of a route is of. */
export function kindOfRoute(arn: string): Route['kind'] {
  return arn.includes(':listener-rule/') ? 'rule' : 'default'
}

/**
 * Writes the actions of a route: ModifyRule refuses a default rule, so a default action is written
 * by ModifyListener. The call is sent before anything is awaited. Errors: those of ELB.
 */
export async function writeRoute(
  { sdk, client }: RouteBalancing,
  { arn, kind }: Pick<Route, 'arn' | 'kind'>,
  actions: readonly Action[]
): Promise<void> {
  if (kind === 'default') {
    await client.send(
      new sdk.ModifyListenerCommand({ ListenerArn: arn, DefaultActions: [...actions] })
    )
  } else {
    await client.send(new sdk.ModifyRuleCommand({ RuleArn: arn, Actions: [...actions] }))
  }
}
