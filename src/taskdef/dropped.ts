import { isList, isMapping, kindOf } from '../documents/mapping.ts'
import { plain, suggestion } from './suggestion.ts'
import { say } from '../words/say.ts'

/** What an API takes at one place, as its SDK knows it (`src/aws/register-schema.ts`). */
export type Shape =
  | { readonly kind: 'text' | 'number' | 'boolean' | 'anything' }
  | { readonly kind: 'list' | 'map'; readonly of: () => Shape }
  | { readonly kind: 'structure'; readonly members: ReadonlyMap<string, () => Shape> }

function wanted(kind: Shape['kind']): string {
  switch (kind) {
    case 'text':
      return say`text`
    case 'number':
      return say`a number`
    case 'boolean':
      return say`true or false`
    case 'anything':
      return say`anything`
    case 'list':
      return say`a list`
    case 'map':
    case 'structure':
      return say`a mapping`
  }
}

/** What the SDK knows of the APIs that members are meant for. */
export interface Known {
  /** RegisterTaskDefinition. */
  readonly request: Shape
  /** CreateService, whose members people write into a task definition as well. */
  readonly service: Shape
}

/**
 * Members the SDK would silently drop because it does not know them, and values
 * of a type AWS refuses; each with its path and what to do, none with its value.
 *
 * A null member of a structure says nothing and loses nothing by being dropped.
 */
export function findUnknownMembers(taskDefinition: object, known: Known): string[] {
  return walk(taskDefinition, known.request, '')

  function walk(value: unknown, shape: Shape, path: string): string[] {
    switch (shape.kind) {
      case 'anything':
        return []
      case 'structure':
        if (!isMapping(value)) break
        return Object.entries(value).flatMap(([name, member]) => {
          if (member === null || member === undefined) return []
          const of = shape.members.get(name)
          const at = path === '' ? name : `${path}.${name}`
          return of ? walk(member, of(), at) : [`${at}: ${adviceOn(name, shape.members, known)}`]
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
    return [
      say`${path}: found ${kindOf(value)}, wanted ${wanted(shape.kind)}${quotes(value, shape)}`
    ]
  }
}

/** What to do with a member that ECS does not know where it stands. */
function adviceOn(
  name: string,
  members: ReadonlyMap<string, () => Shape>,
  { request, service }: Known
): string {
  if (/^[$_/#]/.test(name))
    return say`it is for people and editors, and ECS takes no such member; remove it`
  const names = [...members.keys()]
  const same = names.find((known) => plain(known) === plain(name))
  if (same !== undefined) return say`ECS does not know it; it knows "${same}"`
  const places = nearest(placesOf(name, request))
  if (places.length > 0) return say`it is not known here; it belongs in ${places.join(say` or `)}`
  if (service.kind === 'structure' && service.members.has(name)) {
    return say`it belongs to the service, which a release leaves as it is; remove it`
  }
  const near = suggestion(name, names)
  const meant = near === undefined ? '' : say`; did you mean "${near}"?`
  return say`the AWS SDK of this action does not know it${meant || say`; remove it, or use a newer version of this action`}`
}

/** The structures that have a member of this name, by their paths. */
function placesOf(name: string, shape: Shape, path = ''): string[] {
  if (shape.kind === 'list') return placesOf(name, shape.of(), `${path}[]`)
  if (shape.kind !== 'structure') return []
  const here = path === '' ? say`the task definition itself` : `\`${path}\``
  return [
    ...(shape.members.has(name) ? [here] : []),
    ...[...shape.members].flatMap(([member, of]) =>
      placesOf(name, of(), path === '' ? member : `${path}.${member}`)
    )
  ]
}

/** Those that are least deep; none where they are too many to choose from. */
function nearest(places: readonly string[]): readonly string[] {
  const depthOf = (place: string): number => place.split('.').length
  const least = Math.min(...places.map(depthOf))
  const found = places.filter((place) => depthOf(place) === least)
  return found.length > 3 ? [] : found
}

/** AWS takes the task's own `cpu` and `memory` as numbers too (aws-semantics 3.1). */
function isTaskSize(value: unknown, path: string): boolean {
  return typeof value === 'number' && (path === 'cpu' || path === 'memory')
}

function quotes(value: unknown, shape: Shape): string {
  const scalar = typeof value === 'number' || typeof value === 'boolean'
  return shape.kind === 'text' && scalar ? say` (put it in quotes)` : ''
}
