import type { TaskDefinition } from '@aws-sdk/client-ecs'
import { runnableTaskDefinition } from '../../ecs/references.ts'
import { AwsError } from '../../errors.ts'
import type { World } from '../../world.ts'
import type { AppSpec } from '../appspec.ts'

/**
 * The task definition an AppSpec names. Without a revision it is the latest ACTIVE one.
 * @throws AwsError with which ECS refuses a task set of it. For a container, a port and a revision that
 * is no number it is as published failures of Install have it, for the rest as RunTask and CreateService do.
 */
export function resolveTaskDefinition(
  world: World,
  { taskDefinition, containerName, containerPort }: AppSpec
): TaskDefinition {
  const [, revision] = /:([^:/]*)$/.exec(taskDefinition.replace(/^.*\//, '')) ?? []
  if (revision !== undefined && !/^\d+$/.test(revision))
    throw invalid(`Invalid revision number. Number: ${revision}`)
  const found = runnableTaskDefinition(world.ecs, taskDefinition).definition
  const container = found.containerDefinitions?.find(({ name }) => name === containerName)
  if (!container)
    throw invalid(`The container ${containerName} does not exist in the task definition.`)
  if (!container.portMappings?.some((mapping) => mapping.containerPort === containerPort))
    throw invalid(
      `The container ${containerName} did not have a container port ${containerPort} defined.`
    )
  return found
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message)
}
