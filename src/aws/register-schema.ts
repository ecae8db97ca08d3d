import { CreateServiceRequest$, RegisterTaskDefinitionRequest$ } from '@aws-sdk/client-ecs'
import type { Known, Shape } from '../taskdef/dropped.ts'

/**
 * What the bundled SDK would send of a task definition: its own schema of
 * RegisterTaskDefinition, as a `Shape`.
 *
 * The SDK keeps schemas as tuples (`StaticSchema` of `@smithy/types`):
 * `[1 list, namespace, name, traits, element]`, `[2 map, ..., key, value]`,
 * `[3 structure | 4 union, ..., memberNames, memberSchemas]`. A simple type is a number,
 * with a bit for a list or a map of it. `[schema, traits]` and `() => schema` stand for a
 * schema.
 */
export function registerRequestShape(): Shape {
  return shapeOf(RegisterTaskDefinitionRequest$)
}

/** The same, and what a service takes. */
export function knownMembers(): Known {
  return { request: registerRequestShape(), service: shapeOf(CreateServiceRequest$) }
}

const LIST = 0b0100_0000
const MAP = 0b1000_0000

export function shapeOf(ref: unknown): Shape {
  const schema: unknown = isThunk(ref) ? ref() : ref
  if (typeof schema === 'number') return simple(schema)
  if (!isTuple(schema)) return { kind: 'anything' }
  const [kind] = schema
  if (typeof kind !== 'number') return shapeOf(kind)
  switch (kind) {
    case 0:
      return shapeOf(schema[4])
    case 1:
      return { kind: 'list', of: () => shapeOf(schema[4]) }
    case 2:
      return { kind: 'map', of: () => shapeOf(schema[5]) }
    case 3:
    case 4:
      return { kind: 'structure', members: members(schema[4], schema[5]) }
    default:
      return { kind: 'anything' }
  }
}

function members(names: unknown, schemas: unknown): ReadonlyMap<string, () => Shape> {
  const found = new Map<string, () => Shape>()
  if (!isTuple(names) || !isTuple(schemas)) return found
  for (const [index, name] of names.entries()) {
    if (typeof name === 'string') found.set(name, () => shapeOf(schemas[index]))
  }
  return found
}

function simple(type: number): Shape {
  if (type & LIST) return { kind: 'list', of: () => simple(type & ~LIST) }
  if (type & MAP) return { kind: 'map', of: () => simple(type & ~MAP) }
  switch (type) {
    case 0:
      return { kind: 'text' }
    case 1:
      return { kind: 'number' }
    case 2:
      return { kind: 'boolean' }
    default:
      return { kind: 'anything' }
  }
}

function isTuple(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

function isThunk(value: unknown): value is () => unknown {
  return typeof value === 'function'
}
