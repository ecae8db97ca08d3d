import { isList, isMapping, kindOf } from '../documents/mapping.ts'

/** What an API takes at one place, as its SDK knows it (`src/aws/register-schema.ts`). */
export type Shape =
  | { readonly kind: 'text' | 'number' | 'boolean' | 'anything' }
  | { readonly kind: 'list' | 'map'; readonly of: () => Shape }
  | { readonly kind: 'structure'; readonly members: ReadonlyMap<string, () => Shape> }

const WANTED: Readonly<Record<Shape['kind'], string>> = {
  text: 'text',
  number: 'a number',
  boolean: 'true or false',
  anything: 'anything',
  list: 'a list',
  map: 'a mapping',
  structure: 'a mapping'
}

/**
 * Members the SDK would silently drop because it does not know them, and values
 * of a type AWS refuses; each with its path, none with its value.
 *
 * A null member of a structure says nothing and loses nothing by being dropped.
 */
export function findUnknownMembers(taskDefinition: object, request: Shape): string[] {
  return walk(taskDefinition, request, '')
}

function walk(value: unknown, shape: Shape, path: string): string[] {
  switch (shape.kind) {
    case 'anything':
      return []
    case 'structure':
      if (!isMapping(value)) break
      return Object.entries(value).flatMap(([name, member]) => {
        if (member === null || member === undefined) return []
        const known = shape.members.get(name)
        const at = path === '' ? name : `${path}.${name}`
        if (known) return walk(member, known(), at)
        return [`${at}: the AWS SDK of this action does not know it${similar(name, shape.members)}`]
      })
    case 'map':
      if (!isMapping(value)) break
      return Object.entries(value).flatMap(([name, member]) =>
        walk(member, shape.of(), `${path}[${JSON.stringify(name)}]`)
      )
    case 'list':
      if (!isList(value)) break
      return value.flatMap((element, index) => walk(element, shape.of(), `${path}[${index}]`))
    case 'text':
      if (typeof value === 'string' || isTaskSize(value, path)) return []
      break
    case 'number':
      if (typeof value === 'number' && Number.isFinite(value)) return []
      break
    case 'boolean':
      if (typeof value === 'boolean') return []
  }
  return [`${path}: found ${kindOf(value)}, wanted ${WANTED[shape.kind]}${quotes(value, shape)}`]
}

/** AWS takes the task's own `cpu` and `memory` as numbers too (aws-semantics 3.1). */
function isTaskSize(value: unknown, path: string): boolean {
  return typeof value === 'number' && (path === 'cpu' || path === 'memory')
}

function similar(name: string, members: ReadonlyMap<string, unknown>): string {
  const match = [...members.keys()].find((known) => known.toLowerCase() === name.toLowerCase())
  return match === undefined ? '' : `; it knows "${match}"`
}

function quotes(value: unknown, shape: Shape): string {
  const scalar = typeof value === 'number' || typeof value === 'boolean'
  return shape.kind === 'text' && scalar ? ' (put it in quotes)' : ''
}
