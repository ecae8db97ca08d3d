import type { CapacityProviderStrategyItem, NetworkConfiguration } from '@aws-sdk/client-ecs'
import { parse } from 'yaml'
import { AwsError } from '../errors.ts'

export const HOOK_EVENTS = [
  'BeforeInstall',
  'AfterInstall',
  'AfterAllowTestTraffic',
  'BeforeAllowTraffic',
  'AfterAllowTraffic'
] as const
export type HookEvent = (typeof HOOK_EVENTS)[number]

export interface AppSpec {
  readonly taskDefinition: string
  readonly containerName: string
  readonly containerPort: number
  readonly platformVersion: string | undefined
  readonly networkConfiguration: NetworkConfiguration | undefined
  readonly capacityProviderStrategy: CapacityProviderStrategyItem[] | undefined
  /** Function name or ARN by event. */
  readonly hooks: ReadonlyMap<string, string>
}

/** Reads an AppSpec by AWS's own rules; whatever breaks one is an InvalidRevisionException. */
export function parseAppSpec(content: string): AppSpec {
  const root = record(read(content), 'The AppSpec file')
  const version = member(root, 'version')
  // YAML and JSON read `0.0` as the number 0.
  if (version !== 0 && version !== '0.0') invalid('version must be 0.0')
  const resources = list(member(root, 'Resources'), 'Resources')
  const [entry] = resources
  if (resources.length !== 1 || entry === undefined) invalid('it must have exactly one resource')
  const [resource, ...others] = Object.values(record(entry, 'The resource'))
  if (others.length > 0) invalid('it must have exactly one resource')
  const target = record(resource, 'The resource')
  if (member(target, 'Type') !== 'AWS::ECS::Service')
    invalid('the Type of its resource must be AWS::ECS::Service')
  const properties = record(member(target, 'Properties'), 'Properties')
  const loadBalancer = record(member(properties, 'LoadBalancerInfo'), 'LoadBalancerInfo')
  const containerPort = member(loadBalancer, 'ContainerPort')
  if (typeof containerPort !== 'number' || !Number.isInteger(containerPort))
    invalid('ContainerPort must be a number')
  const platformVersion = member(properties, 'PlatformVersion')
  return {
    taskDefinition: text(member(properties, 'TaskDefinition'), 'TaskDefinition'),
    containerName: text(member(loadBalancer, 'ContainerName'), 'ContainerName'),
    containerPort,
    platformVersion: absent(platformVersion) ? undefined : text(platformVersion, 'PlatformVersion'),
    networkConfiguration: network(member(properties, 'NetworkConfiguration')),
    capacityProviderStrategy: strategy(member(properties, 'CapacityProviderStrategy')),
    hooks: hooks(member(root, 'Hooks'))
  }
}

function read(content: string): unknown {
  try {
    return parse(content)
  } catch (error) {
    return invalid(error instanceof Error ? error.message : 'it is neither YAML nor JSON')
  }
}

/** All three members or none (AWS's AppSpec reference). */
function network(value: unknown): NetworkConfiguration | undefined {
  if (absent(value)) return undefined
  const outer = record(value, 'NetworkConfiguration')
  const vpc = record(member(outer, 'AwsvpcConfiguration'), 'AwsvpcConfiguration')
  const assignPublicIp = member(vpc, 'AssignPublicIp')
  if (assignPublicIp !== 'ENABLED' && assignPublicIp !== 'DISABLED')
    invalid('AssignPublicIp must be ENABLED or DISABLED')
  const texts = (name: string): string[] => {
    const values = list(member(vpc, name), name).map((item) => text(item, name))
    return values.length > 0 ? values : invalid(`${name} must not be empty`)
  }
  const awsvpcConfiguration = {
    subnets: texts('Subnets'),
    securityGroups: texts('SecurityGroups'),
    assignPublicIp
  } as const
  return { awsvpcConfiguration }
}

function strategy(value: unknown): CapacityProviderStrategyItem[] | undefined {
  if (absent(value)) return undefined
  return list(value, 'CapacityProviderStrategy').map((entry) => {
    const item = record(entry, 'CapacityProviderStrategy')
    return {
      capacityProvider: text(member(item, 'CapacityProvider'), 'CapacityProvider'),
      base: count(member(item, 'Base'), 'Base'),
      weight: count(member(item, 'Weight'), 'Weight')
    }
  })
}

function hooks(value: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  if (absent(value)) return found
  for (const entry of list(value, 'Hooks')) {
    for (const [key, name] of Object.entries(record(entry, 'Hooks'))) {
      const event = HOOK_EVENTS.find((known) => known.toLowerCase() === key.toLowerCase())
      if (!event) return invalid(`${key} is not a lifecycle event hook of an Amazon ECS deployment`)
      if (found.has(event)) return invalid(`${event} has more than one function`)
      found.set(event, text(name, event))
    }
  }
  return found
}

function invalid(why: string): never {
  throw new AwsError('InvalidRevisionException', `The AppSpec file is not valid: ${why}`)
}

function absent(value: unknown): value is null | undefined {
  return value === undefined || value === null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function record(value: unknown, name: string): Record<string, unknown> {
  return isRecord(value) ? value : invalid(`${name} must be a mapping`)
}

function list(value: unknown, name: string): unknown[] {
  return Array.isArray(value) ? value : invalid(`${name} must be a list`)
}

function text(value: unknown, name: string): string {
  return typeof value === 'string' && value.trim() !== ''
    ? value
    : invalid(`${name} must not be empty`)
}

function count(value: unknown, name: string): number | undefined {
  if (absent(value)) return undefined
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
    ? value
    : invalid(`${name} must be a number`)
}

/** ECS's guide writes `Resources`, Lambda's `resources`: keys are the same in any case. */
function member(object: Record<string, unknown>, name: string): unknown {
  const key = Object.keys(object).find((own) => own.toLowerCase() === name.toLowerCase())
  return key === undefined ? undefined : object[key]
}
