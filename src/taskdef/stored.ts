import { isDeepStrictEqual } from 'node:util'
import { isList, isMapping, type Mapping } from '../documents/mapping.ts'
import { withoutEmpties } from './empties.ts'
import { NAMED_LISTS } from './named-lists.ts'
import { stripReadOnly } from './readonly.ts'

/**
 * The canonical form of what AWS stores of a task definition: the defaults it
 * adds written out, what it does not tell apart made equal, the order of lists
 * that are sets made one. For comparing, not for sending.
 *
 * Sources: aws-semantics 3.1 and the defaults the ECS API reference documents.
 */
export function asStored(taskDefinition: object): Mapping {
  const { containerDefinitions, cpu, memory, requiresCompatibilities, ...rest } = compactMapping(
    withoutEmpties(stripReadOnly(taskDefinition))
  )
  // "If no network mode is specified, the default is bridge."
  const networkMode = rest.networkMode ?? 'bridge'
  return {
    ...rest,
    networkMode,
    ...(cpu !== undefined && { cpu: inUnits(cpu, 'vcpu') }),
    ...(memory !== undefined && { memory: inUnits(memory, 'gb') }),
    ...(requiresCompatibilities !== undefined && {
      requiresCompatibilities: isList(requiresCompatibilities)
        ? requiresCompatibilities.toSorted()
        : requiresCompatibilities
    }),
    ...(containerDefinitions !== undefined && {
      containerDefinitions: eachMapping(containerDefinitions, (container) =>
        storedContainer(container, networkMode)
      )
    })
  }
}

/** Whether registering the one would add nothing to the other. */
export function sameAsStored(a: object, b: object): boolean {
  return isDeepStrictEqual(asStored(a), asStored(b))
}

function storedContainer(container: Mapping, networkMode: unknown): Mapping {
  const { portMappings, healthCheck, mountPoints, volumesFrom } = container
  const readOnly = (mount: Mapping): Mapping => ({ readOnly: false, ...mount })
  return {
    cpu: 0,
    essential: true,
    ...container,
    ...(isMapping(healthCheck) && {
      healthCheck: { interval: 30, timeout: 5, retries: 3, ...healthCheck }
    }),
    ...(mountPoints !== undefined && { mountPoints: eachMapping(mountPoints, readOnly) }),
    ...(volumesFrom !== undefined && { volumesFrom: eachMapping(volumesFrom, readOnly) }),
    ...(portMappings !== undefined && {
      portMappings: eachMapping(portMappings, (port) => storedPort(port, networkMode))
    })
  }
}

/** A task with a network of its own has no choice of host port; a bridge finds a free one for 0. */
function storedPort(port: Mapping, networkMode: unknown): Mapping {
  const { containerPort, containerPortRange } = port
  if (containerPort === undefined || containerPortRange !== undefined) {
    return { protocol: 'tcp', ...port }
  }
  const ownNetwork = networkMode === 'awsvpc' || networkMode === 'host'
  return { protocol: 'tcp', hostPort: ownNetwork ? containerPort : 0, ...port }
}

/** "1 vCPU" is 1024 CPU units, "2 GB" are 2048 MiB; numbers are stored as text. */
function inUnits(size: unknown, unit: 'vcpu' | 'gb'): unknown {
  if (typeof size === 'number') return String(size)
  const match = typeof size === 'string' ? /^(\d*\.?\d+)\s*([a-z]+)$/i.exec(size.trim()) : null
  if (match?.[2]?.toLowerCase() !== unit) return size
  return String(Number(match[1]) * 1024)
}

function compactMapping(mapping: Mapping): Mapping {
  return Object.fromEntries(
    Object.entries(mapping).flatMap(([name, value]) => {
      const compacted = compact(value, name)
      return isNothing(compacted) ? [] : [[name, compacted]]
    })
  )
}

/** Without nulls and without what is empty: AWS does not tell empty from absent. */
function compact(value: unknown, name: string): unknown {
  if (isMapping(value)) return compactMapping(value)
  if (isList(value)) {
    const elements = value
      .filter((element) => element !== null && element !== undefined)
      .map((element) => compact(element, ''))
    return NAMED_LISTS.get(name)?.ordered === false ? sortByName(elements, name) : elements
  }
  // -0 is written as 0.
  return value === 0 ? 0 : value
}

/** Stable, so that of two equal names the order stays. */
function sortByName(elements: readonly unknown[], name: string): readonly unknown[] {
  const nameOf = (element: unknown): string =>
    (isMapping(element) && NAMED_LISTS.get(name)?.nameOf(element)) || ''
  return elements.toSorted((a, b) => compareText(nameOf(a), nameOf(b)))
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (isList(value)) return value.length === 0
  return isMapping(value) && Object.keys(value).length === 0
}

function eachMapping(list: unknown, change: (mapping: Mapping) => Mapping): unknown {
  return isList(list) ? list.map((item) => (isMapping(item) ? change(item) : item)) : list
}
