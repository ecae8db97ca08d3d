import type {
  BatchGetDeploymentTargetsInput,
  BatchGetDeploymentTargetsOutput,
  DeploymentTarget,
  ECSTaskSet,
  GetDeploymentTargetInput,
  GetDeploymentTargetOutput,
  ListDeploymentTargetsInput,
  ListDeploymentTargetsOutput
} from '@aws-sdk/client-codedeploy'
import type { StoredTaskSet } from '../ecs/state.ts'
import { AwsError } from '../errors.ts'
import type { World } from '../world.ts'
import { requireDeployment } from './refusals.ts'
import type { StoredDeployment } from './state.ts'

export function getDeploymentTarget(
  { deploymentId, targetId }: GetDeploymentTargetInput,
  world: World
): GetDeploymentTargetOutput {
  return { deploymentTarget: findTarget(world, deploymentId, targetId) }
}

export function batchGetDeploymentTargets(
  { deploymentId, targetIds: [id, ...others] = [] }: BatchGetDeploymentTargetsInput,
  world: World
): BatchGetDeploymentTargetsOutput {
  if (others.length > 0) {
    const message =
      'The maximum number of targets that can be associated with an Amazon ECS or AWS Lambda deployment was exceeded.'
    throw new AwsError('DeploymentTargetListSizeExceededException', message)
  }
  return { deploymentTargets: [findTarget(world, deploymentId, id)] }
}

/** An ECS deployment has exactly one target, so that no page follows the first. */
export function listDeploymentTargets(
  { deploymentId, nextToken, targetFilters }: ListDeploymentTargetsInput,
  world: World
): ListDeploymentTargetsOutput {
  const deployment = requireStarted(world, deploymentId)
  if (nextToken !== undefined) throw new AwsError('InvalidNextTokenException', 'Invalid next token')
  const wanted = targetFilters?.TargetStatus
  const matches = !wanted?.length || wanted.includes(deployment.targetStatus)
  return { targetIds: matches ? [targetIdOf(deployment)] : [] }
}

function findTarget(
  world: World,
  deploymentId: string | undefined,
  targetId: string | undefined
): DeploymentTarget {
  const deployment = requireStarted(world, deploymentId)
  if (!targetId)
    throw new AwsError('DeploymentTargetIdRequiredException', 'A deployment target ID is required')
  if (!/^[^:]+:[^:]+$/.test(targetId))
    throw new AwsError('InvalidDeploymentTargetIdException', `Invalid target ID: ${targetId}`)
  if (targetId !== targetIdOf(deployment)) {
    const message = `The target ${targetId} does not belong to the deployment ${deploymentId ?? ''}`
    throw new AwsError('DeploymentTargetDoesNotExistException', message)
  }
  return {
    deploymentTargetType: 'ECSTarget',
    ecsTarget: {
      deploymentId,
      targetId,
      targetArn: deployment.plan.service.arn,
      lastUpdatedAt: new Date(deployment.lastUpdatedAt),
      lifecycleEvents: deployment.events.map((event) => ({ ...event })),
      status: deployment.targetStatus,
      taskSetsInfo: taskSets(world, deployment)
    }
  }
}

function taskSets(world: World, { blue, green, greenWeight }: StoredDeployment): ECSTaskSet[] {
  const sets: ECSTaskSet[] = []
  if (blue) sets.push(describeTaskSet(world, blue, 'Blue', 100 - greenWeight))
  if (green) sets.push(describeTaskSet(world, green, 'Green', greenWeight))
  return sets
}

function describeTaskSet(
  world: World,
  taskSet: StoredTaskSet,
  taskSetLabel: 'Blue' | 'Green',
  trafficWeight: number
): ECSTaskSet {
  const statuses = [...world.ecs.tasks.values()]
    .filter((task) => task.taskSet === taskSet)
    .map(({ lastStatus }) => lastStatus)
  return {
    identifer: taskSet.id,
    desiredCount: Math.ceil((taskSet.service.desiredCount * taskSet.scale) / 100),
    pendingCount: statuses.filter((status) => status === 'PROVISIONING' || status === 'PENDING')
      .length,
    runningCount: statuses.filter((status) => status === 'RUNNING').length,
    status: taskSet.status,
    trafficWeight,
    targetGroup: { name: world.elb.targetGroups.get(taskSet.targetGroupArn)?.name },
    taskSetLabel
  }
}

function targetIdOf({ plan: { service } }: StoredDeployment): string {
  return `${service.cluster.name}:${service.name}`
}

function requireStarted(world: World, id: string | undefined): StoredDeployment {
  const deployment = requireDeployment(world, id)
  if (!deployment.info.startTime) {
    const message = `The deployment ${id ?? ''} has not started.`
    throw new AwsError('DeploymentNotStartedException', message)
  }
  return deployment
}
