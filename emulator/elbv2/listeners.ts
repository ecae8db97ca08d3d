import type {
  CreateListenerInput,
  CreateListenerOutput,
  DescribeListenersInput,
  DescribeListenersOutput,
  Listener,
  ModifyListenerInput,
  ModifyListenerOutput
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsError } from '../errors.ts'
import { readActions, showActions, type Holder } from './actions.ts'
import type { TargetGroupWeight } from './control.ts'
import type { ElbContext } from './context.ts'
import { notEmulated } from '../operation.ts'
import { atMostOne, page } from './paging.ts'
import { loadBalancerNotFound } from './load-balancers.ts'
import { invalid } from './refusals.ts'
import type { ElbState, StoredListener } from './state.ts'

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
  const protocol = input.Protocol === 'HTTPS' ? 'HTTPS' : 'HTTP'
  if (protocol === 'HTTPS' && !input.Certificates?.[0]?.CertificateArn)
    throw new AwsError('ValidationError', 'A certificate must be specified for HTTPS listeners')
  const holder = { isSecure: protocol === 'HTTPS', before: [] }
  const routing = readActions(input.DefaultActions, state, holder)
  refuseForeignGroups(state, loadBalancerArn, routing.weights)
  const listener: StoredListener = {
    arn: `${loadBalancerArn.replace(':loadbalancer/', ':listener/')}/${newId()}`,
    loadBalancerArn,
    port,
    protocol,
    boundPort: 0,
    ...routing
  }
  if (protocol === 'HTTP') await bind(listener)
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
  { ListenerArn = '', DefaultActions, Port, Protocol }: ModifyListenerInput
): ModifyListenerOutput {
  const listener = listenerOf(state, ListenerArn)
  if (Protocol !== undefined && Protocol !== listener.protocol)
    throw notEmulated(
      'elasticloadbalancing:ModifyListener',
      `'Protocol' ${Protocol}: a listener keeps its protocol`
    )
  if (Port !== undefined && Port !== listener.port)
    throw notEmulated(
      'elasticloadbalancing:ModifyListener',
      `'Port' ${Port}: a listener keeps its port`
    )
  if (DefaultActions) {
    const routing = readActions(DefaultActions, state, holderOf(listener, listener))
    refuseForeignGroups(state, listener.loadBalancerArn, routing.weights)
    Object.assign(listener, routing)
    targets.refreshUse()
  }
  return { Listeners: [showListener(listener)] }
}

export function listenerOf(state: ElbState, arn: string): StoredListener {
  const listener = state.listeners.get(arn)
  if (!listener) throw new AwsError('ListenerNotFound', 'One or more listeners not found')
  return listener
}

/** A target group serves one load balancer only. */
export function refuseForeignGroups(
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

/** Of a listener's own actions, and of those of a rule of it. */
export function holderOf(
  { protocol }: StoredListener,
  { before }: Pick<StoredListener, 'before'>
): Holder {
  return { isSecure: protocol === 'HTTPS', before }
}

function showListener({
  arn,
  loadBalancerArn,
  port,
  protocol,
  ...routing
}: StoredListener): Listener {
  return {
    ListenerArn: arn,
    LoadBalancerArn: loadBalancerArn,
    Port: port,
    Protocol: protocol,
    DefaultActions: showActions(routing)
  }
}
