import type {
  CreateListenerInput,
  CreateListenerOutput,
  CreateRuleInput,
  CreateRuleOutput,
  DescribeListenersInput,
  DescribeListenersOutput,
  DescribeRulesInput,
  DescribeRulesOutput,
  Listener,
  ModifyListenerInput,
  ModifyListenerOutput,
  ModifyRuleInput,
  ModifyRuleOutput,
  Rule
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsError } from '../errors.ts'
import { invalid, readActions, showActions } from './actions.ts'
import type { TargetGroupWeight } from './control.ts'
import type { ElbContext } from './context.ts'
import { notEmulated } from '../operation.ts'
import { atMostOne, page } from './paging.ts'
import { loadBalancerNotFound } from './load-balancers.ts'
import type { ElbState, StoredListener, StoredRule } from './state.ts'

export async function createListener(
  context: ElbContext,
  input: CreateListenerInput
): Promise<CreateListenerOutput> {
  const { state, newId, targets, bind } = context
  const { LoadBalancerArn: loadBalancerArn = '', Port: port = 80 } = input
  if (!state.loadBalancers.has(loadBalancerArn)) throw loadBalancerNotFound(loadBalancerArn)
  const siblings = [...state.listeners.values()]
  if (siblings.some((each) => each.loadBalancerArn === loadBalancerArn && each.port === port))
    throw new AwsError(
      'DuplicateListener',
      `A listener already exists on this port for this load balancer '${loadBalancerArn}'`
    )
  const forward = readActions(input.DefaultActions, state)
  refuseForeignGroups(state, loadBalancerArn, forward.weights)
  const listener: StoredListener = {
    arn: `${loadBalancerArn.replace(':loadbalancer/', ':listener/')}/${newId()}`,
    loadBalancerArn,
    port,
    boundPort: 0,
    ...forward
  }
  await bind(listener)
  state.listeners.set(listener.arn, listener)
  targets.refreshUse()
  return { Listeners: [showListener(listener)] }
}

export function describeListeners(
  { state }: ElbContext,
  { LoadBalancerArn, ListenerArns, ...paging }: DescribeListenersInput
): DescribeListenersOutput {
  atMostOne({ LoadBalancerArn, ListenerArns })
  const listeners = ListenerArns?.map((arn) => listenerOf(state, arn)) ?? listenersOf()
  const { items, ...more } = page(listeners, paging)
  return { Listeners: items.map(showListener), ...more }

  function listenersOf(): StoredListener[] {
    if (LoadBalancerArn === undefined)
      throw invalid('You must specify either listener ARNs or a load balancer ARN')
    if (!state.loadBalancers.has(LoadBalancerArn)) throw loadBalancerNotFound(LoadBalancerArn)
    return [...state.listeners.values()].filter((each) => each.loadBalancerArn === LoadBalancerArn)
  }
}

export function modifyListener(
  { state, targets }: ElbContext,
  { ListenerArn = '', DefaultActions, Port }: ModifyListenerInput
): ModifyListenerOutput {
  const listener = listenerOf(state, ListenerArn)
  if (Port !== undefined && Port !== listener.port)
    throw notEmulated(
      'elasticloadbalancing:ModifyListener',
      `'Port' ${Port}: a listener keeps its port`
    )
  if (DefaultActions) {
    const forward = readActions(DefaultActions, state)
    refuseForeignGroups(state, listener.loadBalancerArn, forward.weights)
    Object.assign(listener, forward)
    targets.refreshUse()
  }
  return { Listeners: [showListener(listener)] }
}

export function createRule(
  { state, newId, targets }: ElbContext,
  { ListenerArn = '', Priority, Conditions = [], Actions }: CreateRuleInput
): CreateRuleOutput {
  const listener = listenerOf(state, ListenerArn)
  const [condition, ...others] = Conditions
  const patterns = new Set([
    ...(condition?.PathPatternConfig?.Values ?? []),
    ...(condition?.Values ?? [])
  ])
  const [pathPattern] = patterns
  if (pathPattern === undefined || patterns.size > 1 || others.length > 0)
    throw notEmulated('elasticloadbalancing:CreateRule', "'Conditions' other than one path pattern")
  const priority = String(Priority)
  const rules = [...state.rules.values()]
  if (rules.some((each) => each.listenerArn === ListenerArn && each.priority === priority))
    throw new AwsError('PriorityInUse', `Priority '${priority}' is currently in use`)
  const forward = readActions(Actions, state)
  refuseForeignGroups(state, listener.loadBalancerArn, forward.weights)
  const rule: StoredRule = {
    arn: `${ListenerArn.replace(':listener/', ':listener-rule/')}/${newId()}`,
    listenerArn: ListenerArn,
    priority,
    pathPattern,
    ...forward
  }
  state.rules.set(rule.arn, rule)
  targets.refreshUse()
  return { Rules: [showRule(rule)] }
}

/** With the listener's default action as its last rule, as AWS lists it. */
export function describeRules(
  { state }: ElbContext,
  { ListenerArn, RuleArns, ...paging }: DescribeRulesInput
): DescribeRulesOutput {
  atMostOne({ ListenerArn, RuleArns })
  const rules = RuleArns?.map((arn) => showRule(ruleOf(state, arn))) ?? rulesOf()
  const { items, ...more } = page(rules, paging)
  return { Rules: items, ...more }

  function rulesOf(): Rule[] {
    if (ListenerArn === undefined)
      throw invalid('You must specify either listener rule ARNs or a listener ARN')
    const listener = listenerOf(state, ListenerArn)
    const found = [...state.rules.values()]
      .filter((each) => each.listenerArn === ListenerArn)
      .sort((one, other) => Number(one.priority) - Number(other.priority))
    return [...found.map(showRule), defaultRule(listener)]
  }
}

export function modifyRule(
  { state, targets }: ElbContext,
  { RuleArn = '', Actions }: ModifyRuleInput
): ModifyRuleOutput {
  const rule = ruleOf(state, RuleArn)
  if (Actions) {
    const forward = readActions(Actions, state)
    refuseForeignGroups(state, listenerOf(state, rule.listenerArn).loadBalancerArn, forward.weights)
    Object.assign(rule, forward)
    targets.refreshUse()
  }
  return { Rules: [showRule(rule)] }
}

function listenerOf(state: ElbState, arn: string): StoredListener {
  const listener = state.listeners.get(arn)
  if (!listener) throw new AwsError('ListenerNotFound', 'One or more listeners not found')
  return listener
}

function ruleOf(state: ElbState, arn: string): StoredRule {
  const rule = state.rules.get(arn)
  if (!rule) throw new AwsError('RuleNotFound', 'One or more rules not found')
  return rule
}

/** A target group serves one load balancer only. */
function refuseForeignGroups(
  state: ElbState,
  loadBalancerArn: string,
  weights: readonly TargetGroupWeight[]
): void {
  for (const { targetGroupArn } of weights) {
    const users = state.targetGroups.get(targetGroupArn)?.loadBalancerArns ?? new Set()
    if (users.size > 0 && !users.has(loadBalancerArn))
      throw new AwsError(
        'TargetGroupAssociationLimit',
        `The following target groups cannot be associated with more than one load balancer: ${targetGroupArn}`
      )
  }
}

function showListener({ arn, loadBalancerArn, port, ...forward }: StoredListener): Listener {
  return {
    ListenerArn: arn,
    LoadBalancerArn: loadBalancerArn,
    Port: port,
    Protocol: 'HTTP',
    DefaultActions: showActions(forward)
  }
}

function showRule({ arn, priority, pathPattern, ...forward }: StoredRule): Rule {
  return {
    RuleArn: arn,
    Priority: priority,
    Conditions: [
      { Field: 'path-pattern', Values: [pathPattern], PathPatternConfig: { Values: [pathPattern] } }
    ],
    Actions: showActions(forward),
    IsDefault: false
  }
}

/** Its ARN ends in an id of its own, made of the listener's. */
function defaultRule({ arn, ...forward }: StoredListener): Rule {
  return {
    RuleArn: `${arn.replace(':listener/', ':listener-rule/')}/${arn.slice(-16)}`,
    Priority: 'default',
    Conditions: [],
    Actions: showActions(forward),
    IsDefault: true
  }
}
