import type { EcsState } from './ecs/state.ts'
import type { ElbState } from './elbv2/state.ts'

/** How names and private addresses of a VPC lead to this machine's loopback. */
export interface Routes {
  /** Private address by the DNS name of a load balancer. */
  readonly names: Readonly<Record<string, string>>
  /** Port on loopback by `address:port` within the VPC. */
  readonly ports: Readonly<Record<string, number>>
}

/**
 * What is reached from inside the VPC now: every listener at its load
 * balancer's name, and every task that listens at its own address. A process
 * outside, such as a job's, knows neither name nor address.
 */
export function routesOf(
  { loadBalancers, listeners }: Pick<ElbState, 'loadBalancers' | 'listeners'>,
  { tasks }: Pick<EcsState, 'tasks'>
): Routes {
  const balancers = [...loadBalancers.values()].map(({ arn, dnsName }, index) => ({
    arn,
    dnsName,
    address: `10.0.255.${index + 4}`
  }))
  const ports: Record<string, number> = {}
  for (const { loadBalancerArn, port, boundPort } of listeners.values()) {
    const balancer = balancers.find(({ arn }) => arn === loadBalancerArn)
    if (balancer && boundPort > 0) ports[`${balancer.address}:${port}`] = boundPort
  }
  for (const { privateIp, address, lastStatus, taskSet } of tasks.values()) {
    // Nothing listens in a one-off task.
    if (!address || !taskSet || lastStatus === 'STOPPED') continue
    ports[`${privateIp}:${taskSet.containerPort}`] = address.port
  }
  return { names: Object.fromEntries(balancers.map((each) => [each.dnsName, each.address])), ports }
}
