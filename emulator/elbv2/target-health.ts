import type {
  DeregisterTargetsInput,
  DeregisterTargetsOutput,
  DescribeTargetHealthInput,
  DescribeTargetHealthOutput,
  RegisterTargetsInput,
  RegisterTargetsOutput,
  TargetDescription,
  TargetHealthDescription
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { isIPv4 } from 'node:net'
import type { Endpoint } from '../dataplane/runtime.ts'
import { AwsError } from '../errors.ts'
import type { ElbContext } from './context.ts'
import type { StoredTargetGroup } from './state.ts'
import { targetGroupOf } from './target-groups.ts'

/** Of all targets, or of those asked for: one that is not registered is `unused`. */
export function describeTargetHealth(
  { state, targets }: ElbContext,
  { TargetGroupArn = '', Targets }: DescribeTargetHealthInput
): DescribeTargetHealthOutput {
  const group = targetGroupOf(state, TargetGroupArn)
  const all = targets.health(group)
  if (!Targets) return { TargetHealthDescriptions: all }
  const asked = Targets.map((wanted) => {
    const { id, port } = address(group, wanted)
    return (
      all.find(({ Target }) => Target?.Id === id && Target.Port === port) ?? notRegistered(id, port)
    )
  })
  return { TargetHealthDescriptions: asked }
}

/** Instances by id; by address, those that this machine owns, and those of instances. */
export function registerTargets(
  { state, targets, instances }: ElbContext,
  { TargetGroupArn = '', Targets = [] }: RegisterTargetsInput
): RegisterTargetsOutput {
  const group = targetGroupOf(state, TargetGroupArn)
  const wanted = Targets.map((target) => address(group, target))
  const endpoints = wanted.map(({ id, port }) =>
    group.targetType === 'instance'
      ? instanceEndpoint(instances, id)
      : addressEndpoint(instances, id, port)
  )
  for (const [index, { id, port }] of wanted.entries()) {
    const endpoint = endpoints[index]
    if (endpoint) targets.register(group, { id, port, endpoint })
  }
  return {}
}

/** The refusal of an instance that does not run is AWS's, as people have seen it (cluster-api-provider-aws#5037). */
function instanceEndpoint(instances: ElbContext['instances'], id: string): Endpoint {
  if (!/^i-[0-9a-f]{8,17}$/.test(id))
    throw new AwsError('ValidationError', `Instance ID '${id}' is not valid`)
  const found = instances.find(id)
  if (found) return found.endpoint
  throw new AwsError(
    'InvalidTarget',
    `The following targets are not in a running state and cannot be registered: '${id}'`
  )
}

function addressEndpoint(instances: ElbContext['instances'], id: string, port: number): Endpoint {
  if (isIPv4(id) && id.startsWith('127.')) return { host: id, port }
  const found = isIPv4(id) ? instances.find(id) : undefined
  if (found) return found.endpoint
  throw new AwsError(
    'InvalidTarget',
    `The IP address '${id}' is neither on loopback nor that of an instance`
  )
}

/** Answers at once; draining goes on behind it. */
export function deregisterTargets(
  { state, targets }: ElbContext,
  { TargetGroupArn = '', Targets = [] }: DeregisterTargetsInput
): DeregisterTargetsOutput {
  const group = targetGroupOf(state, TargetGroupArn)
  for (const target of Targets)
    void targets.deregister(group, address(group, target)).catch(() => undefined)
  return {}
}

function address(
  group: StoredTargetGroup,
  { Id, Port }: TargetDescription
): { id: string; port: number } {
  return { id: Id ?? '', port: Port ?? group.port }
}

function notRegistered(id: string, port: number): TargetHealthDescription {
  return {
    Target: { Id: id, Port: port },
    TargetHealth: {
      State: 'unused',
      Reason: 'Target.NotRegistered',
      Description: 'Target is not registered to the target group'
    }
  }
}
