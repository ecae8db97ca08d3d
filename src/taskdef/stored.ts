import { isDeepStrictEqual } from 'node:util'
import { isList, isMapping, type Mapping } from '../documents/mapping.ts'
import { defaultOf, PLATFORM, SETS } from './defaults.ts'
import { DOCKER_VOLUME, FREE_MAPPINGS, withoutEmpties } from './empties.ts'
import { NAMED_LISTS } from './named-lists.ts'
import { stripReadOnly } from './readonly.ts'

/**
 * The canonical form of a task definition: two that AWS does not tell apart, or
 * that mean the same to it, have the same one. Defaults are left out, whether
 * AWS has added them or somebody has written them; what has two spellings has
 * one; lists whose order means nothing are sorted. For comparing, not for sending.
 */
export function asStored(taskDefinition: object): Mapping {
  const written = withoutEmpties(stripReadOnly(taskDefinition))
  const { cpu, memory, taskRoleArn, executionRoleArn, runtimePlatform } = written
  // "If no network mode is specified, the default is bridge."
  const { networkMode = 'bridge' } = written
  const platform = platformOf(runtimePlatform, written.requiresCompatibilities)
  return canonicalMapping(
    {
      ...written,
      ...(cpu !== undefined && { cpu: inUnits(cpu, 'vcpu') }),
      ...(memory !== undefined && { memory: inUnits(memory, 'gb') }),
      ...(taskRoleArn !== undefined && { taskRoleArn: roleName(taskRoleArn) }),
      ...(executionRoleArn !== undefined && { executionRoleArn: roleName(executionRoleArn) }),
      ...(platform !== undefined && { runtimePlatform: platform })
    },
    '',
    networkMode
  )
}

/** Whether registering the one would add nothing to the other. */
export function sameAsStored(a: object, b: object): boolean {
  return isDeepStrictEqual(asStored(a), asStored(b))
}

/** On EC2 a platform that is not named is that of any instance, so there it is not the same as the default. */
function platformOf(platform: unknown, compatibilities: unknown): unknown {
  const onFargate = isDeepStrictEqual(compatibilities, ['FARGATE'])
  if (platform === undefined) return onFargate ? PLATFORM : undefined
  return isMapping(platform) ? { ...PLATFORM, ...platform } : platform
}

/** "1 vCPU" is 1024 CPU units, "2 GB" are 2048 MiB; numbers are stored as text. */
function inUnits(size: unknown, unit: 'vcpu' | 'gb'): unknown {
  if (typeof size === 'number') return String(size)
  const match = typeof size === 'string' ? /^(\d*\.?\d+)\s*([a-z]+)$/i.exec(size.trim()) : null
  if (match?.[2]?.toLowerCase() !== unit) return size
  return String(Number(match[1]) * 1024)
}

/** AWS takes a role's name or its ARN; a name is unique in the account, whatever its path. */
function roleName(role: unknown): unknown {
  return typeof role === 'string' ? role.replace(/^arn:[^:]+:iam::\d+:role\/(?:.*\/)?/, '') : role
}

function canonicalMapping(mapping: Mapping, owner: string, networkMode: unknown): Mapping {
  if (FREE_MAPPINGS.has(owner)) return mapping
  return Object.fromEntries(
    Object.entries(mapping).flatMap(([name, value]) => {
      const left = canonical(value, name, networkMode)
      const isDefault = left !== undefined && isDeepStrictEqual(left, defaultOf(owner, name))
      return isDefault || isNothing(left, name) ? [] : [[name, left]]
    })
  )
}

function canonical(value: unknown, name: string, networkMode: unknown): unknown {
  if (isMapping(value)) return canonicalMapping(value, name, networkMode)
  if (!isList(value)) {
    // -0 is written as 0.
    return value === 0 ? 0 : value
  }
  const elements = value
    .filter((element) => element !== null && element !== undefined)
    .map((element) => {
      if (!isMapping(element)) return canonical(element, '', networkMode)
      return canonicalMapping(written(element, name, networkMode), name, networkMode)
    })
  return NAMED_LISTS.has(name) || SETS.has(name) ? sorted(elements, name) : elements
}

/** An element with what is always written out, since it is shown or named by it. */
function written(element: Mapping, list: string, networkMode: unknown): Mapping {
  if (list === 'tags') return { value: '', ...element }
  return list === 'portMappings' ? writtenPort(element, networkMode) : element
}

/** A task with a network of its own has no choice of host port; a bridge finds a free one for 0. */
function writtenPort(port: Mapping, networkMode: unknown): Mapping {
  const { containerPort, containerPortRange } = port
  if (containerPort === undefined || containerPortRange !== undefined) {
    return { protocol: 'tcp', ...port }
  }
  const ownNetwork = networkMode === 'awsvpc' || networkMode === 'host'
  return { protocol: 'tcp', hostPort: ownNetwork ? containerPort : 0, ...port }
}

/** Stable, so that of two equal names the order stays: of two variables the last one counts. */
function sorted(elements: readonly unknown[], name: string): readonly unknown[] {
  const keyOf = (element: unknown): string =>
    (isMapping(element) && NAMED_LISTS.get(name)?.nameOf(element)) || textOf(element)
  return elements.toSorted((a, b) => compareText(keyOf(a), keyOf(b)))
}

/** The same text for the same value, in whatever order its members stand. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    isMapping(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => compareText(a, b)))
      : member
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** A mapping of defaults alone says as little as none. */
function isNothing(value: unknown, name: string): boolean {
  if (isList(value)) return value.length === 0
  return isMapping(value) && Object.keys(value).length === 0 && name !== DOCKER_VOLUME
}
