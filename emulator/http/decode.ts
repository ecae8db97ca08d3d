import type { NormalizedSchema } from '@smithy/core/schema'
import { requiredMembers } from './model.ts'
import type { Decoded } from './protocol.ts'
import { CommonRefusal } from './refusal.ts'

/** How one notation (JSON, form parameters) spells structures, lists, maps and scalars. */
export interface Notation<Node> {
  /** A JSON null: AWS treats the member as not given. */
  absent(node: Node): boolean
  key(memberName: string, member: NormalizedSchema): string
  members(node: Node, path: string): Iterable<readonly [string, Node]>
  elements(node: Node, schema: NormalizedSchema, path: string): Iterable<Node>
  entries(node: Node, schema: NormalizedSchema, path: string): Iterable<readonly [string, Node]>
  scalar(node: Node, schema: NormalizedSchema, path: string): unknown
}

/** Turns a request into the SDK's input shape by the operation's schema, and refuses what it does not know. */
export function decode<Node>(
  notation: Notation<Node>,
  schema: NormalizedSchema,
  node: Node
): Decoded {
  const missing: string[] = []
  return { input: schema.isUnitSchema() ? {} : structure(schema, node, ''), missing }

  function value(of: NormalizedSchema, from: Node, path: string): unknown {
    if (of.isStructSchema()) return structure(of, from, path)
    if (of.isListSchema()) return list(of, from, path)
    if (of.isMapSchema()) return map(of, from, path)
    return notation.scalar(from, of, path)
  }

  function structure(of: NormalizedSchema, from: Node, path: string): Record<string, unknown> {
    const byKey = new Map<string, readonly [string, NormalizedSchema]>()
    for (const [name, member] of of.structIterator()) {
      byKey.set(notation.key(name, member), [name, member])
    }
    const result: Record<string, unknown> = {}
    for (const [key, child] of notation.members(from, path)) {
      const known = byKey.get(key)
      const at = join(path, key)
      if (!known) throw new CommonRefusal('malformed', `Unknown member '${at}'`)
      if (!notation.absent(child)) result[known[0]] = value(known[1], child, at)
    }
    for (const name of requiredMembers(of)) {
      if (result[name] === undefined) missing.push(join(path, name))
    }
    return result
  }

  function list(of: NormalizedSchema, from: Node, path: string): unknown[] {
    const member = of.getValueSchema()
    return [...notation.elements(from, of, path)].map((child, index) => {
      const at = `${path}.${index + 1}.member`
      if (notation.absent(child)) {
        throw new CommonRefusal('malformed', `Unexpected null at '${at}'`)
      }
      return value(member, child, at)
    })
  }

  function map(of: NormalizedSchema, from: Node, path: string): Record<string, unknown> {
    const member = of.getValueSchema()
    const entries: [string, unknown][] = []
    for (const [key, child] of notation.entries(from, of, path)) {
      if (!notation.absent(child)) entries.push([key, value(member, child, join(path, key))])
    }
    return Object.fromEntries(entries)
  }
}

function join(path: string, key: string): string {
  return path ? `${path}.${key}` : key
}
