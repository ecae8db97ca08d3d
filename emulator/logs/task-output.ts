import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import type { LogGroups } from './groups.ts'

/**
 * Where a container's lines go: with the driver `awslogs` into the stream `prefix/container/task id`
 * (ECS API reference, LogConfiguration). Undefined if they go nowhere that is emulated: another
 * driver, or no prefix, since containers have no id of a runtime here.
 */
export function outputOf(
  logs: Pick<LogGroups, 'write'>,
  taskArn: string,
  { name = '', logConfiguration }: ContainerDefinition
): ((line: string) => void) | undefined {
  if (logConfiguration?.logDriver !== 'awslogs') return undefined
  const { 'awslogs-group': group, 'awslogs-stream-prefix': prefix } = logConfiguration.options ?? {}
  if (group === undefined || prefix === undefined) return undefined
  const stream = `${prefix}/${name}/${taskArn.slice(taskArn.lastIndexOf('/') + 1)}`
  return (line) => logs.write(group, stream, line)
}
