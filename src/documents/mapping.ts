/** Anything with named members, before we know what it is. */
export type Mapping = Readonly<Record<string, unknown>>

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `Array.isArray`, without the `any`. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

/** The mappings in a list; none where there is no list. */
export function mappingsIn(value: unknown): readonly Mapping[] {
  return isList(value) ? value.filter(isMapping) : []
}

/** What kind of value it is, for messages that must not repeat the value itself. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (isList(value)) return 'a list'
  switch (typeof value) {
    case 'object':
      return 'a mapping'
    case 'boolean':
      return 'true or false'
    case 'number':
      return Number.isFinite(value) ? 'a number' : 'no finite number'
    default:
      return 'text'
  }
}
