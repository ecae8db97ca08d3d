import type {
  CreateRuleInput,
  CreateRuleOutput,
  DescribeRulesInput,
  DescribeRulesOutput,
  ModifyRuleInput,
  ModifyRuleOutput,
  Rule
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsError } from '../errors.ts'
import { readActions, showActions } from './actions.ts'
import { readConditions, showCondition } from './conditions.ts'
import type { ElbContext } from './context.ts'
import { holderOf, listenerOf, refuseForeignGroups } from './listeners.ts'
import { atMostOne, page } from './paging.ts'
import { invalid } from './refusals.ts'
import type { ElbState, StoredListener, StoredRule } from './state.ts'

export function createRule(
  { state, newId, targets }: ElbContext,
  { ListenerArn = '', Priority, Conditions = [], Actions }: CreateRuleInput
): CreateRuleOutput {
  const listener = listenerOf(state, ListenerArn)
  const conditions = readConditions(Conditions)
  const priority = String(Priority)
  if (rulesOf(state, ListenerArn).some((each) => each.priority === priority))
    throw new AwsError('PriorityInUse', `Priority '${priority}' is currently in use`)
  const routing = readActions(Actions, state, holderOf(listener, { before: [] }))
  refuseForeignGroups(state, listener.loadBalancerArn, routing.weights)
  const rule: StoredRule = {
    arn: `${ListenerArn.replace(':listener/', ':listener-rule/')}/${newId()}`,
    listenerArn: ListenerArn,
    priority,
    conditions,
    ...routing
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
  const rules = RuleArns?.map((arn) => showRule(ruleOf(state, arn))) ?? shownOf()
  const { items, ...more } = page(rules, paging)
  return { Rules: items, ...more }

  function shownOf(): Rule[] {
    if (ListenerArn === undefined)
      throw invalid('You must specify either listener rule ARNs or a listener ARN')
    const listener = listenerOf(state, ListenerArn)
    return [...rulesOf(state, ListenerArn).map(showRule), defaultRule(listener)]
  }
}

export function modifyRule(
  { state, targets }: ElbContext,
  { RuleArn = '', Conditions, Actions }: ModifyRuleInput
): ModifyRuleOutput {
  const rule = ruleOf(state, RuleArn)
  const conditions = Conditions && readConditions(Conditions)
  const listener = listenerOf(state, rule.listenerArn)
  const routing = Actions && readActions(Actions, state, holderOf(listener, rule))
  if (routing) {
    refuseForeignGroups(state, listener.loadBalancerArn, routing.weights)
    Object.assign(rule, routing)
    targets.refreshUse()
  }
  if (conditions) rule.conditions = conditions
  return { Rules: [showRule(rule)] }
}

/** The rules of a listener in the order in which they are tried. */
export function rulesOf(state: ElbState, listenerArn: string): readonly StoredRule[] {
  return [...state.rules.values()]
    .filter((each) => each.listenerArn === listenerArn)
    .sort((one, other) => Number(one.priority) - Number(other.priority))
}

function ruleOf(state: ElbState, arn: string): StoredRule {
  const rule = state.rules.get(arn)
  if (!rule) throw new AwsError('RuleNotFound', 'One or more rules not found')
  return rule
}

function showRule({ arn, priority, conditions, ...routing }: StoredRule): Rule {
  return {
    RuleArn: arn,
    Priority: priority,
    Conditions: conditions.map(showCondition),
    Actions: showActions(routing),
    IsDefault: false
  }
}

/** Its ARN ends in an id of its own, made of the listener's. */
function defaultRule({ arn, ...routing }: StoredListener): Rule {
  return {
    RuleArn: `${arn.replace(':listener/', ':listener-rule/')}/${arn.slice(-16)}`,
    Priority: 'default',
    Conditions: [],
    Actions: showActions(routing),
    IsDefault: true
  }
}
