import type { Operations } from '../world.ts'
import type { ElbContext } from './context.ts'
import * as listeners from './listeners.ts'
import * as loadBalancers from './load-balancers.ts'
import * as targetGroups from './target-groups.ts'
import * as targetHealth from './target-health.ts'

/** The Elastic Load Balancing v2 API over one account's load balancers. */
export function elbOperations(context: ElbContext) {
  const over =
    <Input, Output>(operation: (context: ElbContext, input: Input) => Output) =>
    (input: Input): Output =>
      operation(context, input)
  return {
    CreateListener: over(listeners.createListener),
    CreateLoadBalancer: over(loadBalancers.createLoadBalancer),
    CreateRule: over(listeners.createRule),
    CreateTargetGroup: over(targetGroups.createTargetGroup),
    DeregisterTargets: over(targetHealth.deregisterTargets),
    DescribeListeners: over(listeners.describeListeners),
    DescribeLoadBalancers: over(loadBalancers.describeLoadBalancers),
    DescribeRules: over(listeners.describeRules),
    DescribeTargetGroupAttributes: over(targetGroups.describeTargetGroupAttributes),
    DescribeTargetGroups: over(targetGroups.describeTargetGroups),
    DescribeTargetHealth: over(targetHealth.describeTargetHealth),
    ModifyListener: over(listeners.modifyListener),
    ModifyRule: over(listeners.modifyRule),
    ModifyTargetGroupAttributes: over(targetGroups.modifyTargetGroupAttributes),
    RegisterTargets: over(targetHealth.registerTargets)
  } satisfies Operations
}

export type ElbOperations = ReturnType<typeof elbOperations>
