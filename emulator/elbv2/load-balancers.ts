import type {
  CreateLoadBalancerInput,
  CreateLoadBalancerOutput,
  DescribeLoadBalancersInput,
  DescribeLoadBalancersOutput,
  LoadBalancer
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsError } from '../errors.ts'
import { invalid } from './refusals.ts'
import type { ElbContext } from './context.ts'
import { atMostOne, page } from './paging.ts'
import type { StoredLoadBalancer } from './state.ts'

export function createLoadBalancer(
  { state, clock, arn, newId, region }: ElbContext,
  input: CreateLoadBalancerInput
): CreateLoadBalancerOutput {
  const { Name: name = '', Scheme: scheme = 'internet-facing' } = input
  const type = input.Type === 'network' ? 'network' : 'application'
  if (!/^(?!internal-)[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/.test(name))
    throw invalid(`The load balancer name '${name}' is not valid`)
  if ([...state.loadBalancers.values()].some((each) => each.name === name))
    throw new AwsError(
      'DuplicateLoadBalancerName',
      `A load balancer with the same name '${name}' exists, but with different settings`
    )
  const id = newId()
  const internal = scheme === 'internal' ? 'internal-' : ''
  const stored: StoredLoadBalancer = {
    arn: arn(`loadbalancer/${type === 'network' ? 'net' : 'app'}/${name}/${id}`),
    name,
    dnsName: `${internal}${name}-${parseInt(id.slice(0, 7), 16)}.${region}.elb.amazonaws.com`,
    scheme,
    type,
    subnets: [...(input.Subnets ?? [])],
    securityGroups: [...(input.SecurityGroups ?? [])],
    createdAt: clock.now()
  }
  state.loadBalancers.set(stored.arn, stored)
  return { LoadBalancers: [show(stored)] }
}

export function describeLoadBalancers(
  { state }: ElbContext,
  { LoadBalancerArns, Names, ...paging }: DescribeLoadBalancersInput
): DescribeLoadBalancersOutput {
  atMostOne({ LoadBalancerArns, Names })
  const all = [...state.loadBalancers.values()]
  if (!LoadBalancerArns && !Names) {
    const { items, ...more } = page(all, paging)
    return { LoadBalancers: items.map(show), ...more }
  }
  const found = all.filter(
    ({ arn, name }) => LoadBalancerArns?.includes(arn) ?? Names?.includes(name)
  )
  const missing = [
    ...(LoadBalancerArns ?? []).filter((arn) => !state.loadBalancers.has(arn)),
    ...(Names ?? []).filter((name) => !all.some((each) => each.name === name))
  ]
  if (missing.length > 0) throw loadBalancerNotFound(missing.join(', '))
  const { items, ...more } = page(found, paging)
  return { LoadBalancers: items.map(show), ...more }
}

export function loadBalancerNotFound(names: string): AwsError {
  return new AwsError('LoadBalancerNotFound', `Load balancers '[${names}]' not found`)
}

function show(balancer: StoredLoadBalancer): LoadBalancer {
  const { arn, name, dnsName, scheme, type, createdAt } = balancer
  return {
    LoadBalancerArn: arn,
    LoadBalancerName: name,
    DNSName: dnsName,
    CreatedTime: new Date(createdAt),
    Scheme: scheme,
    Type: type,
    IpAddressType: 'ipv4',
    AvailabilityZones: balancer.subnets.map((SubnetId) => ({ SubnetId })),
    SecurityGroups: balancer.securityGroups,
    State: { Code: 'active' }
  }
}
