import type { DeploymentGroupInfo } from '@aws-sdk/client-codedeploy'
import type { LoadBalancing } from '../../../aws/clients.ts'
import type { OptionalReads } from '../../../aws/optional-reads.ts'
import { routesOf } from './routes.ts'

/** Who asks the load balancer: the job, or a function inside the VPC. */
export interface BalancerReader {
  readonly clients: { readonly loadBalancing: () => Promise<ListenerReading> }
  readonly optionalReads: OptionalReads
}

/** By name, so that a bundle holds no other commands. */
export interface ListenerReading {
  readonly sdk: Pick<
    LoadBalancing['sdk'],
    'DescribeListenersCommand' | 'DescribeLoadBalancersCommand'
  >
  readonly client: LoadBalancing['client']
}

/**
 * Origin of one of the group's listeners, as its load balancer is named in DNS:
 * `http://internal-shop-1.eu-west-1.elb.amazonaws.com:8443`. Undefined where
 * the group has none, where it may not be read, and where it speaks TLS: its
 * certificate is never for the load balancer's own name, so every request
 * would fail. Whoever verifies names such an origin in the file.
 */
export async function originOfListener(
  { clients, optionalReads }: BalancerReader,
  group: DeploymentGroupInfo,
  listener: 'test' | 'production'
): Promise<string | undefined> {
  const arn = routesOf(group)[listener]
  if (arn === undefined) return undefined
  const { sdk, client } = await clients.loadBalancing()
  const found = await optionalReads.read('elasticloadbalancing:DescribeListeners', (abortSignal) =>
    client.send(new sdk.DescribeListenersCommand({ ListenerArns: [arn] }), { abortSignal })
  )
  const [first] = found?.Listeners ?? []
  const { LoadBalancerArn: balancer, Port: port, Protocol: protocol } = first ?? {}
  if (balancer === undefined || port === undefined || protocol !== 'HTTP') return undefined
  const balancers = await optionalReads.read(
    'elasticloadbalancing:DescribeLoadBalancers',
    (abortSignal) =>
      client.send(new sdk.DescribeLoadBalancersCommand({ LoadBalancerArns: [balancer] }), {
        abortSignal
      })
  )
  const name = balancers?.LoadBalancers?.[0]?.DNSName
  return name === undefined ? undefined : `http://${name}:${port}`
}
