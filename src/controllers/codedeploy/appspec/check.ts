import { mappingsIn, type Mapping } from '../../../documents/mapping.ts'
import type { AppSpec } from './model.ts'
import { say } from '../../../words/say.ts'

/**
 * Why the load balancer could not reach the AppSpec's container in this task definition;
 * undefined if it can. CodeDeploy itself finds this out only while it installs green.
 */
export function unreachable(appSpec: AppSpec, taskDefinition: Mapping): string | undefined {
  const { containerName, containerPort } = appSpec
  const containers = mappingsIn(taskDefinition.containerDefinitions)
  const container = containers.find(({ name }) => name === containerName)
  if (container === undefined) {
    const names = containers.map(({ name }) => name).join(', ')
    return say`the AppSpec's container "${containerName}" does not exist in the task definition; those that exist: ${names === '' ? 'none' : names}`
  }
  const ports = mappingsIn(container.portMappings)
  if (ports.some((mapping) => covers(mapping, containerPort))) return undefined
  const mapped = ports.map((port) => port.containerPort ?? port.containerPortRange).join(', ')
  return say`container "${containerName}" does not map the AppSpec's port ${containerPort}; those it maps: ${mapped === '' ? 'none' : mapped}`
}

function covers(mapping: Mapping, port: number): boolean {
  if (mapping.containerPort === port) return true
  const range = mapping.containerPortRange
  const [first, last] = typeof range === 'string' ? range.split('-').map(Number) : []
  return first !== undefined && last !== undefined && first <= port && port <= last
}
