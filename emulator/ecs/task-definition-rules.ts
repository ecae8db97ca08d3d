import type { TaskDefinition } from '@aws-sdk/client-ecs'
import { AwsError } from '../errors.ts'

const GB = 1024
/** Fargate's sizes: CPU units to the memory they allow, in MiB. */
const FARGATE_SIZES: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, GB, 2 * GB]],
  [512, gigabytes(1, 4)],
  [1024, gigabytes(2, 8)],
  [2048, gigabytes(4, 16)],
  [4096, gigabytes(8, 30)],
  [8192, gigabytes(16, 60, 4)],
  [16384, gigabytes(32, 120, 8)],
  [32768, [60 * GB, 120 * GB, 244 * GB]]
])

/** Refuses, in AWS's words where they are known, what AWS would not register. */
export function checkTaskDefinition(definition: TaskDefinition): void {
  const { family = '', containerDefinitions = [] } = definition
  if (family === '') throw refused('Family should not be null or blank.')
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(family)) throw refused('Family contains invalid characters.')
  if (containerDefinitions.length === 0) throw refused('Container list cannot be empty.')
  checkContainers(definition)
  if (definition.requiresCompatibilities?.includes('FARGATE')) checkFargate(definition)
}

function checkContainers({ containerDefinitions = [], memory }: TaskDefinition): void {
  const names = new Set<string>()
  for (const container of containerDefinitions) {
    const { name = '', image = '' } = container
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(name))
      throw refused(`Container.name contains invalid characters: '${name}'.`)
    if (names.has(name)) throw refused(`Container.name should be unique: '${name}' is used twice.`)
    names.add(name)
    if (image === '') throw refused('Container.image should not be null or empty.')
    if (
      memory === undefined &&
      container.memory === undefined &&
      container.memoryReservation === undefined
    )
      throw refused(
        `Invalid setting for container '${name}'. At least one of 'memory' or 'memoryReservation' must be specified.`
      )
  }
  if (!containerDefinitions.some(({ essential }) => essential))
    throw refused('A task definition must have at least one essential container.')
  for (const { name, dependsOn = [] } of containerDefinitions)
    for (const { containerName = '' } of dependsOn)
      if (!names.has(containerName))
        throw refused(
          `Container '${name ?? ''}' depends on '${containerName}', which does not exist.`
        )
}

function checkFargate({
  networkMode,
  cpu,
  memory,
  pidMode,
  ipcMode,
  containerDefinitions = []
}: TaskDefinition): void {
  if (networkMode !== 'awsvpc') throw refused('Fargate only supports network mode ‘awsvpc’.')
  if (cpu === undefined) throw refused("Fargate requires that 'cpu' be defined at the task level.")
  if (memory === undefined)
    throw refused("Fargate requires that 'memory' be defined at the task level.")
  if (!FARGATE_SIZES.get(Number(cpu))?.includes(Number(memory)))
    throw refused('No Fargate configuration exists for given values.')
  // Both as AWS has worded it: aws/aws-cdk#29619, cn-terraform/terraform-aws-ecs-fargate#2.
  if (pidMode !== undefined && pidMode !== 'task')
    throw refused(
      `Tasks using the Fargate launch type do not support pidMode '${pidMode}'. The supported value for pidMode is 'task'.`
    )
  if (ipcMode !== undefined)
    throw refused('Tasks using the Fargate launch type do not support ipcMode.')
  for (const { portMappings = [] } of containerDefinitions)
    for (const { containerPort, hostPort } of portMappings)
      if (hostPort !== containerPort)
        throw refused(
          'When networkMode=awsvpc, the host ports and container ports in port mappings must match.'
        )
}

function gigabytes(from: number, to: number, step = 1): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => (from + index * step) * GB)
}

function refused(message: string): AwsError {
  return new AwsError('ClientException', message)
}
