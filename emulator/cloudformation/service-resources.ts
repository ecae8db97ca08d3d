import type { CreateDeploymentGroupCommandInput } from '@aws-sdk/client-codedeploy'
import type { CreateServiceRequest, RegisterTaskDefinitionRequest } from '@aws-sdk/client-ecs'
import type {
  CreateListenerInput,
  CreateLoadBalancerInput,
  CreateTargetGroupInput,
  TargetGroupAttribute
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { builder } from '../worlds/ground.ts'
import { amount, text, type Ground, type Made, type Make, type Properties } from './made.ts'
import { refused } from './refused.ts'

/** What serves and what moves it, made by the same operations that clients call. */
export const SERVICE_MAKERS: readonly (readonly [string, Make])[] = [
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', makeLoadBalancer],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', makeTargetGroup],
  ['AWS::ElasticLoadBalancingV2::Listener', makeListener],
  ['AWS::ECS::Cluster', makeCluster],
  ['AWS::ECS::TaskDefinition', registerTaskDefinition],
  ['AWS::ECS::Service', makeService],
  ['AWS::ApplicationAutoScaling::ScalableTarget', scale],
  // No load is measured here, so no policy ever changes a count.
  ['AWS::ApplicationAutoScaling::ScalingPolicy', (_, __, id) => ({ id })],
  ['AWS::CodeDeploy::Application', makeApplication],
  ['AWS::CodeDeploy::DeploymentGroup', makeDeploymentGroup]
]

/** Of all regions of AWS's own table, one; nothing here asks Route 53. */
const ELB_ZONE = 'Z215JYRZR1TBD5'

/** Attributes are left out: none of what the templates set changes how it routes. */
function makeLoadBalancer(properties: Properties, { emulator }: Ground): Made {
  const { LoadBalancerAttributes, ...input } = properties
  void LoadBalancerAttributes
  const made = emulator.operations.elasticloadbalancing.CreateLoadBalancer(
    input as unknown as CreateLoadBalancerInput
  )
  const { LoadBalancerArn: id = '', DNSName = '' } = made.LoadBalancers?.[0] ?? {}
  const LoadBalancerFullName = after(id, ':loadbalancer/')
  return { id, attributes: { DNSName, LoadBalancerFullName, CanonicalHostedZoneID: ELB_ZONE } }
}

function makeTargetGroup(properties: Properties, { emulator }: Ground): Made {
  const { TargetGroupAttributes, ...input } = withNumbers(
    properties
  ) as unknown as CreateTargetGroupInput & {
    readonly TargetGroupAttributes?: TargetGroupAttribute[]
  }
  const { elasticloadbalancing: elb } = emulator.operations
  const made = elb.CreateTargetGroup(input)
  const { TargetGroupArn: id = '', TargetGroupName = '' } = made.TargetGroups?.[0] ?? {}
  if (TargetGroupAttributes)
    elb.ModifyTargetGroupAttributes({ TargetGroupArn: id, Attributes: TargetGroupAttributes })
  return { id, attributes: { TargetGroupName, TargetGroupFullName: after(id, ':', 5) } }
}

async function makeListener(properties: Properties, { emulator }: Ground): Promise<Made> {
  const made = await emulator.operations.elasticloadbalancing.CreateListener(
    withNumbers(properties) as unknown as CreateListenerInput
  )
  return { id: made.Listeners?.[0]?.ListenerArn ?? '' }
}

function makeCluster(properties: Properties, { emulator }: Ground): Made {
  const { CapacityProviders = [], ...rest } = properties
  const unknown = (CapacityProviders as readonly string[]).filter((each) => each !== 'FARGATE')
  if (unknown.length > 0)
    throw refused(`the emulator has no capacity providers but FARGATE: ${unknown.join(', ')}`)
  const { clusterName, clusterSettings: settings } = inCamelCase(rest) as Record<string, never>
  const { world, operations } = emulator
  const { cluster } = operations.ecs.CreateCluster({ clusterName, settings }, world, builder(world))
  return { id: text(properties, 'ClusterName'), attributes: { Arn: cluster?.clusterArn ?? '' } }
}

function registerTaskDefinition(properties: Properties, { emulator }: Ground): Made {
  const { world, operations } = emulator
  const input = inCamelCase({
    ...withNumbers(properties),
    // ECS has these two as texts.
    Cpu: text(properties, 'Cpu'),
    Memory: text(properties, 'Memory')
  })
  const { taskDefinition } = operations.ecs.RegisterTaskDefinition(
    input as unknown as RegisterTaskDefinitionRequest,
    world,
    builder(world)
  )
  const id = taskDefinition?.taskDefinitionArn ?? ''
  return { id, attributes: { TaskDefinitionArn: id } }
}

/** Does not wait until it is steady: who needs that waits for all services at once. */
function makeService(properties: Properties, { emulator }: Ground): Made {
  const { world, operations } = emulator
  const input = inCamelCase(withNumbers(properties)) as unknown as CreateServiceRequest
  // CloudFormation's own for a new service (template reference, AWS::ECS::Service, DesiredCount).
  const request = { ...input, desiredCount: input.desiredCount ?? 1 }
  const { service } = operations.ecs.CreateService(request, world, builder(world))
  const { serviceArn: id = '', serviceName: Name = '' } = service ?? {}
  return { id, attributes: { ServiceArn: id, Name } }
}

/** As soon as a target is registered, its count is brought between the two. */
function scale(properties: Properties, { emulator }: Ground): Made {
  const id = text(properties, 'ResourceId')
  const [, cluster = '', service = ''] = id.split('/')
  const { world, operations } = emulator
  const { desiredCount = 0 } = world.ecsControl.findService(cluster, service) ?? {}
  const least = amount(properties, 'MinCapacity') ?? 0
  const most = amount(properties, 'MaxCapacity') ?? least
  const wanted = Math.min(Math.max(desiredCount, least), most)
  if (wanted !== desiredCount) {
    const change = { cluster, service, desiredCount: wanted }
    operations.ecs.UpdateService(change, world, builder(world))
  }
  return { id }
}

function makeApplication(properties: Properties, { emulator }: Ground): Made {
  const input = inCamelCase(properties) as { applicationName: string; computePlatform: 'ECS' }
  emulator.operations.codedeploy.CreateApplication(input, emulator.world)
  return { id: input.applicationName }
}

function makeDeploymentGroup(properties: Properties, { emulator }: Ground): Made {
  const { ECSServices: ecsServices, ...rest } = withNumbers(properties)
  const input = inCamelCase({ ...rest, EcsServices: ecsServices })
  emulator.operations.codedeploy.CreateDeploymentGroup(
    input as unknown as CreateDeploymentGroupCommandInput,
    emulator.world
  )
  return { id: text(properties, 'DeploymentGroupName') }
}

/** Members that are numbers, whatever a parameter made of them. */
const NUMBERS = new Set([
  'ContainerPort',
  'DesiredCount',
  'HealthCheckGracePeriodSeconds',
  'HealthCheckIntervalSeconds',
  'HealthCheckTimeoutSeconds',
  'HealthyThresholdCount',
  'StopTimeout',
  'TerminationWaitTimeInMinutes',
  'UnhealthyThresholdCount',
  'WaitTimeInMinutes',
  'Weight'
])

function withNumbers(properties: Properties): Properties {
  const changed = mapped(properties, (name, value) =>
    NUMBERS.has(name) ? Number(value) : value
  ) as Properties
  // The port that a redirect leads to is a text.
  return 'Port' in properties ? { ...changed, Port: Number(properties['Port']) } : changed
}

/** Members as the calls name them; what stands in maps, such as the options of a log driver, begins so anyway. */
function inCamelCase(properties: Properties): Properties {
  return mapped(properties, (_, value) => value, lowerFirst) as Properties
}

function mapped(
  value: unknown,
  change: (name: string, value: unknown) => unknown,
  rename = (name: string): string => name
): unknown {
  if (Array.isArray(value)) return value.map((each) => mapped(each, change, rename))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      rename(name),
      mapped(change(name, each), change, rename)
    ])
  )
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

/** What follows the first separator, or the fifth. */
function after(whole: string, separator: string, times = 1): string {
  return whole.split(separator).slice(times).join(separator)
}
