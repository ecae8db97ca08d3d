import type { Clients } from '../../aws/clients.ts'
import type { Lookups } from '../../aws/lookups.ts'
import { routesOf } from './listeners.ts'
import type { Facts } from './survey.ts'

/**
 * Origin of one of the group's listeners, as its load balancer is named in DNS:
 * `http://internal-shop-1.eu-west-1.elb.amazonaws.com:8443`. Undefined where
 * the group has none, or where it may not be read.
 */
export async function originOfListener(
  { clients, lookups }: { readonly clients: Clients; readonly lookups: Lookups },
  group: Facts['group'],
  listener: 'test' | 'production'
): Promise<string | undefined> {
  const arn = 'value' in group ? routesOf(group.value.info)[listener] : undefined
  if (arn === undefined) return undefined
  const { sdk, client } = await clients.loadBalancing()
  const found = await lookups.read('elasticloadbalancing:DescribeListeners', (abortSignal) =>
    client.send(new sdk.DescribeListenersCommand({ ListenerArns: [arn] }), { abortSignal })
  )
  const [first] = found?.Listeners ?? []
  const { LoadBalancerArn: balancer, Port: port, Protocol: protocol } = first ?? {}
  // Requests of ours are HTTP; a listener of a network load balancer may carry anything.
  if (balancer === undefined || port === undefined) return undefined
  if (protocol !== 'HTTP' && protocol !== 'HTTPS') return undefined
  const balancers = await lookups.read(
    'elasticloadbalancing:DescribeLoadBalancers',
    (abortSignal) =>
      client.send(new sdk.DescribeLoadBalancersCommand({ LoadBalancerArns: [balancer] }), {
        abortSignal
      })
  )
  const name = balancers?.LoadBalancers?.[0]?.DNSName
  return name === undefined ? undefined : `${protocol.toLowerCase()}://${name}:${port}`
}
