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

/** Only addresses that this machine owns can be reached: the target's address is its endpoint. */
export function registerTargets(
  { state, targets }: ElbContext,
  { TargetGroupArn = '', Targets = [] }: RegisterTargetsInput
): RegisterTargetsOutput {
  const group = targetGroupOf(state, TargetGroupArn)
  const wanted = Targets.map((target) => address(group, target))
  for (const { id } of wanted) {
    if (group.targetType === 'instance')
      throw new AwsError('ValidationError', `Instance ID '${id}' is not valid`)
    if (!isIPv4(id) || !id.startsWith('127.'))
      throw new AwsError('InvalidTarget', `The IP address '${id}' is not on loopback`)
  }
  for (const { id, port } of wanted)
    targets.register(group, { id, port, endpoint: { host: id, port } })
  return {}
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
