import type { Action, TargetGroupStickinessConfig } from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsError } from '../errors.ts'
import { notEmulated } from '../operation.ts'
import { isCheck, readChecks, showChecks } from './checks-before.ts'
import type { TargetGroupWeight } from './control.ts'
import { readFixedResponse, readRedirect, showOwnAnswer } from './own-answers.ts'
import type { OwnAnswer } from './own-answers.ts'
import { invalid } from './refusals.ts'
import type { ElbState } from './state.ts'

const MAX_WEIGHT = 999
const MAX_GROUPS = 5
const LONGEST_STICKINESS_SECONDS = 604_800

/** Where a listener or a rule sends requests: to one group or several, or back with an answer of its own. */
export interface Routing {
  /** Empty where it answers by itself. */
  readonly weights: TargetGroupWeight[]
  readonly stickiness: TargetGroupStickinessConfig
  readonly answer?: OwnAnswer | undefined
}

/** All actions of a listener or rule: what is asked before, and where the request goes then. */
export interface Actions extends Routing {
  readonly before: readonly Action[]
}

/** What the actions are of: only a listener that speaks HTTPS may ask who a client is. */
export interface Holder {
  readonly isSecure: boolean
  /** The actions that it has so far; a write may leave a secret out that they have. */
  readonly before: readonly Action[]
}

/** Reads the actions of a listener or rule, of which the last by `Order` routes the request. */
export function readActions(
  actions: Action[] | undefined,
  state: ElbState,
  { isSecure, before }: Holder
): Actions {
  const sorted = inOrder(actions ?? [])
  const routing = sorted.filter((action) => !isCheck(action))
  const [action, ...others] = routing
  if (!action || others.length > 0)
    throw invalid('You must specify exactly one forward, redirect or fixed-response action')
  if (sorted.at(-1) !== action)
    throw invalid('The forward, redirect or fixed-response action must be the last to be performed')
  const checks = readChecks(sorted.slice(0, -1), isSecure, before)
  return { ...readRouting(action, state), before: checks }
}

/** `Order` is required, and different for each, as soon as there are several (API reference, Action). */
function inOrder(actions: readonly Action[]): readonly Action[] {
  const orders = actions.map(({ Order }) => Order)
  if (actions.length > 1 && (orders.includes(undefined) || new Set(orders).size < orders.length))
    throw invalid('Each action must have an order of its own')
  const numbers = orders.map((order, index) => order ?? index + 1).toSorted((a, b) => a - b)
  if (numbers.some((order, index) => order !== index + 1))
    throw notEmulated(
      'elasticloadbalancing',
      `'Order' ${numbers.join(', ')} (what is emulated: 1, 2 and so on)`
    )
  return actions.toSorted((one, other) => (one.Order ?? 1) - (other.Order ?? 1))
}

function readRouting(action: Action, state: ElbState): Routing {
  if (action.Type === 'forward') return readForwardAction(action, state)
  const stray = ['TargetGroupArn', 'ForwardConfig'].find((name) => name in action)
  if (stray !== undefined)
    throw invalid(`${stray} can be specified for actions of type 'forward' only`)
  const answer = action.Type === 'redirect' ? readRedirect(action) : readFixedResponse(action)
  return { weights: [], stickiness: { Enabled: false }, answer }
}

function readForwardAction(action: Action, state: ElbState): Routing {
  const weights = readForward(action)
  for (const { targetGroupArn } of weights)
    if (!state.targetGroups.has(targetGroupArn))
      throw new AwsError('TargetGroupNotFound', `Target groups '${targetGroupArn}' not found`)
  return { weights, stickiness: readStickiness(action), answer: undefined }
}

/** API reference, TargetGroupStickinessConfig: from 1 second to 7 days, and to be given where it is enabled. */
function readStickiness({ ForwardConfig }: Action): TargetGroupStickinessConfig {
  const { Enabled = false, DurationSeconds } = ForwardConfig?.TargetGroupStickinessConfig ?? {}
  const seconds = DurationSeconds ?? (Enabled ? 0 : 1)
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > LONGEST_STICKINESS_SECONDS)
    throw invalid(
      `Target group stickiness duration must be between 1 and ${LONGEST_STICKINESS_SECONDS} seconds`
    )
  return { Enabled, ...(DurationSeconds !== undefined && { DurationSeconds }) }
}

function readForward({ TargetGroupArn, ForwardConfig }: Action): TargetGroupWeight[] {
  const groups = ForwardConfig?.TargetGroups ?? []
  if (groups.length === 0) {
    if (TargetGroupArn === undefined) throw invalid('A target group ARN must be specified')
    return [{ targetGroupArn: TargetGroupArn, weight: 1 }]
  }
  if (
    TargetGroupArn !== undefined &&
    (groups.length > 1 || groups[0]?.TargetGroupArn !== TargetGroupArn)
  )
    throw invalid('You can only specify a target group ARN or an equivalent forward config')
  if (groups.length > MAX_GROUPS)
    throw invalid(`An action can have at most ${MAX_GROUPS} target groups`)
  return groups.map(({ TargetGroupArn: targetGroupArn, Weight }) => {
    if (targetGroupArn === undefined) throw invalid('A target group ARN must be specified')
    if (Weight === undefined && groups.length > 1)
      throw invalid('Weight must be specified for each target group')
    const weight = Weight ?? 1
    if (!Number.isInteger(weight) || weight < 0 || weight > MAX_WEIGHT)
      throw invalid(`Weight '${weight}' must be between 0 and ${MAX_WEIGHT}`)
    return { targetGroupArn, weight }
  })
}

/** In their order, numbered from 1. */
export function showActions({ before, ...routing }: Actions): Action[] {
  return [...showChecks(before), ...showRouting(routing)].map((action, index) => ({
    ...action,
    Order: index + 1
  }))
}

/** As AWS shows it: one group also at the top level, several in ForwardConfig alone. */
function showRouting({ weights, stickiness, answer }: Routing): Action[] {
  if (answer) return [showOwnAnswer(answer)]
  const [only, ...others] = weights
  const ForwardConfig = {
    TargetGroups: weights.map((each) => ({
      TargetGroupArn: each.targetGroupArn,
      Weight: each.weight
    })),
    TargetGroupStickinessConfig: stickiness
  }
  if (!only || others.length > 0) return [{ Type: 'forward', ForwardConfig }]
  return [{ Type: 'forward', TargetGroupArn: only.targetGroupArn, ForwardConfig }]
}
