import { say } from '../words/say.ts'

/** A value with named members of unknown types. */
export type Mapping = Readonly<Record<string, unknown>>

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `Array.isArray` without its `any`. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

/** The mappings in a list; empty if the value is no list. */
export function mappingsIn(value: unknown): readonly Mapping[] {
  return isList(value) ? value.filter(isMapping) : []
}

/** The member if it is a mapping, else an empty mapping. */
export function mappingIn(mapping: Mapping, name: string): Mapping {
  const value = mapping[name]
  return isMapping(value) ? value : {}
}

/** The member if it is a text, else undefined. */
export function textIn(mapping: Mapping | undefined, name: string): string | undefined {
  const value = mapping?.[name]
  return typeof value === 'string' ? value : undefined
}

/** Whether the value is a finite number that is not negative. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

/** Names the kind of a value, for messages that must not repeat the value itself. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return say`nothing`
  if (isList(value)) return say`a list`
  switch (typeof value) {
    case 'object':
      return say`a mapping`
    case 'boolean':
      return say`true or false`
    case 'number':
      return Number.isFinite(value) ? say`a number` : say`no finite number`
    default:
      return say`text`
  }
}
