import type { Seen } from '../step.ts'

export const ROLE = 'arn:aws:iam::123456789012:role/deploy'
export const FUNCTION = 'gate'
export const KEY_ALIAS = 'alias/ledger'
export const GROUP = { applicationName: 'shop-orders', deploymentGroupName: 'orders-blue-green' }
export const SERVICE = { cluster: 'shop', service: 'orders' }

/** Where both target groups are and blue has all the traffic. */
export const ALL_ON_BLUE = { TargetGroups: [{ Weight: 100 }, { Weight: 0 }] }

export function balancer(seen: Seen): string {
  return seen.text('elasticloadbalancing:CreateLoadBalancer', 'LoadBalancers', 0, 'LoadBalancerArn')
}

export function targetGroup(seen: Seen, name: string): string {
  return seen.text(name, 'TargetGroups', 0, 'TargetGroupArn')
}

export function listener(seen: Seen): string {
  return seen.text('elasticloadbalancing:CreateListener', 'Listeners', 0, 'ListenerArn')
}

export function deployment(seen: Seen): string {
  return seen.text('codedeploy:CreateDeployment', 'deploymentId')
}

export const LOG_GROUP = '/ecs/shop'
export const LOG_STREAM = 'orders/app/1'
export const ROLE_OF_TASKS = 'tasks'
