import { randomUUID } from 'node:crypto'
import type { TaskDefinition } from '@aws-sdk/client-ecs'
import { AwsError } from '../../errors.ts'
import type { World } from '../../world.ts'
import type { AppSpec } from '../appspec.ts'
import { INSTALL_LIMIT, STABILITY_POLL } from '../timings.ts'
import { watchAlarms } from './alarm-watch.ts'
import { failure, uncertainFailure } from './halt.ts'
import type { Run } from './run.ts'
import { sleep, touch } from './run.ts'
import { resolveTaskDefinition } from './task-definitions.ts'

/** Install: the green task set, behind the target group that is not live, until it is steady. */
export async function install(run: Run, appSpec: AppSpec): Promise<void> {
  const { world, deployment } = run
  const { service, targetGroupArns } = deployment.plan
  const { blue } = deployment
  const definition = taskDefinitionOf(world, appSpec)
  const greenGroup = targetGroupArns.find((arn) => arn !== blue?.targetGroupArn)
  if (!blue || !targetGroupArns.includes(blue.targetGroupArn) || greenGroup === undefined) {
    const message =
      'The ELB could not be updated due to the following error: Primary taskset target group must be behind listener'
    throw uncertainFailure(world, 'ELASTIC_LOAD_BALANCING_INVALID', message)
  }
  clearLeftovers(run)
  const green = world.ecsControl.createTaskSet(service, {
    taskDefinitionArn: definition.taskDefinitionArn ?? '',
    externalId: deployment.info.deploymentId ?? '',
    targetGroupArn: greenGroup,
    containerName: appSpec.containerName,
    containerPort: appSpec.containerPort,
    platformVersion: appSpec.platformVersion,
    networkConfiguration: appSpec.networkConfiguration,
    capacityProviderStrategy: appSpec.capacityProviderStrategy
  })
  deployment.green = green
  touch(run)
  watchAlarms(run)
  run.signal.throwIfAborted()
  const giveUpAt = world.clock.now() + INSTALL_LIMIT
  while (world.ecsControl.stability(green) !== 'STEADY_STATE') {
    if (world.clock.now() >= giveUpAt) {
      const message =
        'The deployment timed out while waiting for the replacement task set to become healthy. This time out period is 60 minutes.'
      throw uncertainFailure(world, 'TIMEOUT', message)
    }
    await sleep(run, STABILITY_POLL)
  }
}

/** As Install has failed for people: ECS's refusal, as the SDK for Java words it, between two sentences of CodeDeploy (aws-semantics.md, corrections). */
function taskDefinitionOf(world: World, appSpec: AppSpec): TaskDefinition {
  try {
    return resolveTaskDefinition(world, appSpec)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    const { message, httpStatus, code } = error
    const refusal = `${message} (Service: AmazonECS; Status Code: ${httpStatus}; Error Code: ${code}; Request ID: ${randomUUID()}; Proxy: null)`
    throw failure(
      'ECS_UPDATE_ERROR',
      `The ECS service cannot be updated due to an unexpected error: ${refusal}. Check your ECS service status.`
    )
  }
}

/** What a failed deployment without a rollback, or KEEP_ALIVE, has left in the target group that green needs. */
function clearLeftovers({ world, deployment }: Run): void {
  const { service } = deployment.plan
  for (const taskSet of service.taskSets) {
    if (taskSet === deployment.blue || taskSet.status === 'DRAINING') continue
    world.ecsControl.scale(taskSet, 0)
    void world.ecsControl.deleteTaskSet(service, taskSet).catch(() => undefined)
  }
}
