import type { NormalizedSchema } from '@smithy/core/schema'
import { Only } from '../../../emulator/operation.ts'
import type { UsesOfRequest, UsesTree } from '../../../emulator/operation.ts'

type Use = true | Only | UsesTree

/** A value of the member's type, with everything inside. Enumerations get a word that is none of theirs. */
export function fill(schema: NormalizedSchema): unknown {
  if (schema.isStructSchema()) {
    return Object.fromEntries(
      [...schema.structIterator()].map(([name, member]) => [name, fill(member)])
    )
  }
  if (schema.isListSchema()) return [fill(schema.getValueSchema())]
  if (schema.isMapSchema()) return { x: fill(schema.getValueSchema()) }
  if (schema.isTimestampSchema()) return new Date(0)
  if (schema.isBlobSchema()) return new Uint8Array([1])
  if (schema.isBooleanSchema()) return true
  return schema.isNumericSchema() ? 1 : 'x'
}

/** A request that sets one member, and its path in AWS's notation. */
export interface OneMember {
  readonly path: string
  readonly input: Readonly<Record<string, unknown>>
}

/** One request for every member of the model that the operation does not use, at every depth. */
export function unusedMembers(schema: NormalizedSchema, uses: UsesOfRequest): OneMember[] {
  return uses === true ? [] : inside(schema, uses)
}

function inside(schema: NormalizedSchema, uses: UsesTree): OneMember[] {
  return [...schema.structIterator()].flatMap(([name, member]) => {
    const use = uses[name]
    if (use === undefined) return [{ path: name, input: { [name]: bare(member) } }]
    return below(member, use).map(({ path, input }) => ({
      path: path === '' ? name : `${name}.${path}`,
      input: { [name]: input }
    }))
  })
}

function below(schema: NormalizedSchema, use: Use): { path: string; input: unknown }[] {
  if (use === true) return []
  if (schema.isListSchema()) {
    return below(schema.getValueSchema(), use).map(({ path, input }) => ({
      path: path === '' ? '1.member' : `1.member.${path}`,
      input: [input]
    }))
  }
  if (use instanceof Only) {
    const input = otherThan(use, schema)
    return use.values.some((value) => value === input) ? [] : [{ path: '', input }]
  }
  if (schema.isMapSchema()) return [{ path: 'x', input: { x: bare(schema.getValueSchema()) } }]
  return inside(schema, use)
}

/** Without what is inside: schemas may hold themselves. */
function bare(schema: NormalizedSchema): unknown {
  if (schema.isStructSchema() || schema.isMapSchema()) return {}
  return schema.isListSchema() ? [] : fill(schema)
}

/** One that is not among them, unless both of a flag are. */
function otherThan({ values }: Only, schema: NormalizedSchema): unknown {
  if (schema.isBooleanSchema()) return !values.includes(true)
  return schema.isNumericSchema() ? Math.max(...values.map(Number)) + 1 : 'x'
}

/** Names in a declaration that the model does not have. */
export function namesOutsideTheModel(schema: NormalizedSchema, uses: UsesOfRequest): string[] {
  if (uses === true || uses instanceof Only || schema.isMapSchema()) return []
  if (schema.isListSchema()) return namesOutsideTheModel(schema.getValueSchema(), uses)
  const members = new Map(schema.structIterator())
  return Object.entries(uses).flatMap(([name, use]) => {
    const member = members.get(name)
    if (!member) return [name]
    return use instanceof Only
      ? []
      : namesOutsideTheModel(member, use).map((inner) => `${name}.${inner}`)
  })
}

/** Paths, without indices, of everything that an operation says it reads, down to the scalars. */
export function usedMembers(schema: NormalizedSchema, uses: UsesOfRequest): string[] {
  return leaves(schema, uses, '')
}

function leaves(schema: NormalizedSchema, use: Use, path: string): string[] {
  if (use instanceof Only) return []
  if (schema.isListSchema()) return leaves(schema.getValueSchema(), use, path)
  if (schema.isMapSchema() && use !== true) return Object.keys(use).map((name) => join(path, name))
  if (!schema.isStructSchema()) return [path]
  return [...schema.structIterator()].flatMap(([name, member]) => {
    const inner = use === true ? true : use[name]
    return inner === undefined ? [] : leaves(member, inner, join(path, name))
  })
}

export function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}
