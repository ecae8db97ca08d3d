/** Names one target group behind one load balancer, in the form that CloudWatch uses. */
export interface MetricDimension {
  readonly Name: 'LoadBalancer' | 'TargetGroup'
  readonly Value: string
}

const LOAD_BALANCER =
  /^arn:[^:]+:elasticloadbalancing:[^:]*:[^:]*:loadbalancer\/(app\/[^/]+\/[^/]+)$/
const TARGET_GROUP = /^arn:[^:]+:elasticloadbalancing:[^:]*:[^:]*:(targetgroup\/[^/]+\/[^/]+)$/

/**
 * CloudWatch's dimensions for two ARNs. Each is the final portion of the ARN; a target group
 * keeps `targetgroup/`, and a load balancer loses `loadbalancer/` (Application Load
 * Balancers guide, "Metric dimensions"). Undefined if an ARN is not of the right kind,
 * because a network load balancer has other metrics.
 */
export function metricDimensions(
  loadBalancerArn: string,
  targetGroupArn: string
): readonly MetricDimension[] | undefined {
  const loadBalancer = LOAD_BALANCER.exec(loadBalancerArn)?.[1]
  const targetGroup = TARGET_GROUP.exec(targetGroupArn)?.[1]
  if (loadBalancer === undefined || targetGroup === undefined) return undefined
  return [
    { Name: 'LoadBalancer', Value: loadBalancer },
    { Name: 'TargetGroup', Value: targetGroup }
  ]
}
