import type { TaskDefinition } from '@aws-sdk/client-ecs'
import type { World } from '../../world.ts'
import type { AppSpec } from '../appspec.ts'

/**
 * The task definition an AppSpec names, or what is wrong with it in ECS's words.
 * Without a revision it is the latest ACTIVE one.
 */
export function resolveTaskDefinition(
  world: World,
  { taskDefinition, containerName, containerPort }: AppSpec
): TaskDefinition | string {
  const [, family, revision] =
    /(?:task-definition\/)([^:/]+)(?::(\d+))?$/.exec(taskDefinition) ?? []
  const revisions = world.ecs.families.get(family ?? '') ?? []
  const found = revisions
    .map(({ definition }) => definition)
    .findLast(
      (definition) =>
        definition.status === 'ACTIVE' &&
        (revision === undefined || definition.revision === Number(revision))
    )
  if (!found?.taskDefinitionArn) return `Unable to describe task definition ${taskDefinition}.`
  const container = found.containerDefinitions?.find(({ name }) => name === containerName)
  if (!container) return `The container ${containerName} does not exist in the task definition.`
  if (!container.portMappings?.some((mapping) => mapping.containerPort === containerPort))
    return `The container ${containerName} did not have a container port ${containerPort} defined.`
  return found
}
