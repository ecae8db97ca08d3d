/** A value of an event matches one of these: itself, or a text that begins so. */
export type Matcher = string | number | boolean | null | { readonly prefix: string }

/** Nested as the event is; every leaf is a list of which one has to match. */
export interface EventPattern {
  readonly [name: string]: readonly Matcher[] | EventPattern
}

/**
 * Whether an event matches as EventBridge sees it: every member of the pattern
 * has to, members that it does not name may be anything, and of a list in the
 * event one element is enough.
 */
export function matchesPattern(pattern: EventPattern, event: unknown): boolean {
  if (typeof event !== 'object' || event === null) return false
  const members = new Map<string, unknown>(Object.entries(event))
  return Object.entries(pattern).every(([name, wanted]) => {
    const value = members.get(name)
    if (isList(wanted)) {
      const values: readonly unknown[] = Array.isArray(value) ? value : [value]
      return values.some((each) => wanted.some((matcher) => matches(matcher, each)))
    }
    return matchesPattern(wanted, value)
  })
}

function matches(matcher: Matcher, value: unknown): boolean {
  if (typeof matcher !== 'object' || matcher === null) return matcher === value
  return typeof value === 'string' && value.startsWith(matcher.prefix)
}

function isList(wanted: readonly Matcher[] | EventPattern): wanted is readonly Matcher[] {
  return Array.isArray(wanted)
}
