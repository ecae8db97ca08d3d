import type {
  CreateTargetGroupInput,
  CreateTargetGroupOutput,
  DescribeTargetGroupAttributesInput,
  DescribeTargetGroupAttributesOutput,
  DescribeTargetGroupsInput,
  DescribeTargetGroupsOutput,
  ModifyTargetGroupAttributesInput,
  ModifyTargetGroupAttributesOutput,
  TargetGroup,
  TargetGroupAttribute
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsError } from '../errors.ts'
import { invalid } from './refusals.ts'
import type { ElbContext } from './context.ts'
import { loadBalancerNotFound } from './load-balancers.ts'
import { atMostOne, page } from './paging.ts'
import type { ElbState, StoredTargetGroup } from './state.ts'

const DEREGISTRATION_DELAY = 'deregistration_delay.timeout_seconds'
const MAX_DEREGISTRATION_DELAY = 3600

/** Defaults are AWS's: a check every 30 s, 5 s to answer, 5 good or 2 bad in a row. */
export function createTargetGroup(
  { state, arn, newId }: ElbContext,
  input: CreateTargetGroupInput
): CreateTargetGroupOutput {
  const { Name: name = '', Port: port = 80 } = input
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/.test(name))
    throw invalid(`Target group name '${name}' is not valid`)
  if ([...state.targetGroups.values()].some((each) => each.name === name))
    throw new AwsError(
      'DuplicateTargetGroupName',
      `A target group with the same name '${name}' exists, but with different settings`
    )
  const intervalSeconds = input.HealthCheckIntervalSeconds ?? 30
  const timeoutSeconds = input.HealthCheckTimeoutSeconds ?? 5
  if (timeoutSeconds > intervalSeconds)
    throw invalid('Health check timeout must be smaller than or equal to the interval')
  const group: StoredTargetGroup = {
    arn: arn(`targetgroup/${name}/${newId()}`),
    name,
    port,
    // API reference, CreateTargetGroup: `instance` is the default.
    targetType: input.TargetType === 'ip' ? 'ip' : 'instance',
    vpcId: input.VpcId,
    loadBalancerArns: new Set(),
    healthCheck: {
      path: input.HealthCheckPath ?? '/',
      intervalSeconds,
      timeoutSeconds,
      healthyThreshold: input.HealthyThresholdCount ?? 5,
      unhealthyThreshold: input.UnhealthyThresholdCount ?? 2,
      matcher: input.Matcher?.HttpCode ?? '200'
    },
    deregistrationDelaySeconds: 300,
    targets: new Map()
  }
  state.targetGroups.set(group.arn, group)
  return { TargetGroups: [show(group)] }
}

export function describeTargetGroups(
  { state }: ElbContext,
  { LoadBalancerArn, Names, TargetGroupArns, ...paging }: DescribeTargetGroupsInput
): DescribeTargetGroupsOutput {
  atMostOne({ LoadBalancerArn, Names, TargetGroupArns })
  const all = [...state.targetGroups.values()]
  const shown = (found: readonly StoredTargetGroup[]): DescribeTargetGroupsOutput => {
    const { items, ...more } = page(found, paging)
    return { TargetGroups: items.map(show), ...more }
  }
  if (TargetGroupArns || Names) {
    const found = all.filter(
      ({ arn, name }) => TargetGroupArns?.includes(arn) ?? Names?.includes(name)
    )
    if (found.length < new Set(TargetGroupArns ?? Names).size)
      throw new AwsError('TargetGroupNotFound', 'One or more target groups not found')
    return shown(found)
  }
  if (LoadBalancerArn === undefined) return shown(all)
  if (!state.loadBalancers.has(LoadBalancerArn)) throw loadBalancerNotFound(LoadBalancerArn)
  return shown(all.filter((each) => each.loadBalancerArns.has(LoadBalancerArn)))
}

export function describeTargetGroupAttributes(
  { state }: ElbContext,
  { TargetGroupArn = '' }: DescribeTargetGroupAttributesInput
): DescribeTargetGroupAttributesOutput {
  return { Attributes: attributes(targetGroupOf(state, TargetGroupArn)) }
}

export function modifyTargetGroupAttributes(
  { state }: ElbContext,
  { TargetGroupArn = '', Attributes = [] }: ModifyTargetGroupAttributesInput
): ModifyTargetGroupAttributesOutput {
  const group = targetGroupOf(state, TargetGroupArn)
  const seconds = Attributes.map(({ Key, Value }) => {
    if (Key !== DEREGISTRATION_DELAY)
      throw invalid(`Target group attribute key '${Key ?? ''}' is not emulated`)
    if (!/^\d{1,4}$/.test(Value ?? '') || Number(Value) > MAX_DEREGISTRATION_DELAY)
      throw invalid(`'${Key}' must be between 0 and ${MAX_DEREGISTRATION_DELAY}`)
    return Number(Value)
  })
  group.deregistrationDelaySeconds = seconds.at(-1) ?? group.deregistrationDelaySeconds
  return { Attributes: attributes(group) }
}

export function targetGroupOf(state: ElbState, arn: string): StoredTargetGroup {
  const group = state.targetGroups.get(arn)
  if (!group) throw new AwsError('TargetGroupNotFound', `Target groups '${arn}' not found`)
  return group
}

function attributes({ deregistrationDelaySeconds }: StoredTargetGroup): TargetGroupAttribute[] {
  return [
    { Key: DEREGISTRATION_DELAY, Value: String(deregistrationDelaySeconds) },
    { Key: 'load_balancing.algorithm.type', Value: 'round_robin' },
    { Key: 'stickiness.enabled', Value: 'false' }
  ]
}

function show(group: StoredTargetGroup): TargetGroup {
  const { arn, name, port, healthCheck, loadBalancerArns } = group
  return {
    TargetGroupArn: arn,
    TargetGroupName: name,
    Protocol: 'HTTP',
    ProtocolVersion: 'HTTP1',
    Port: port,
    VpcId: group.vpcId,
    TargetType: group.targetType,
    IpAddressType: 'ipv4',
    HealthCheckEnabled: true,
    HealthCheckProtocol: 'HTTP',
    HealthCheckPort: 'traffic-port',
    HealthCheckPath: healthCheck.path,
    HealthCheckIntervalSeconds: healthCheck.intervalSeconds,
    HealthCheckTimeoutSeconds: healthCheck.timeoutSeconds,
    HealthyThresholdCount: healthCheck.healthyThreshold,
    UnhealthyThresholdCount: healthCheck.unhealthyThreshold,
    Matcher: { HttpCode: healthCheck.matcher },
    LoadBalancerArns: [...loadBalancerArns]
  }
}
