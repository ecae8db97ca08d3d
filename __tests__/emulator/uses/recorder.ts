import { join } from './members.ts'

/**
 * A copy of a request that tells which of its members are read, by their paths
 * without indices. It is made of plain objects with getters, so that what
 * copies, spreads or clones it reads it too.
 */
export function recorded<T>(value: T, onRead: (path: string) => void, path = ''): T {
  if (Array.isArray(value)) {
    return value.map((element: unknown) => recorded(element, onRead, path)) as T
  }
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date || value instanceof Uint8Array) return value
  const copy = {}
  for (const [name, member] of Object.entries(value) as [string, unknown][]) {
    const at = join(path, name)
    const inner = recorded(member, onRead, at)
    const get = (): unknown => {
      onRead(at)
      return inner
    }
    Object.defineProperty(copy, name, { enumerable: true, configurable: true, get })
  }
  return copy as T
}

/** Paths, without indices, of everything that is set in a request, down to the scalars. */
export function setMembers(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((element) => setMembers(element, path))
  if (typeof value !== 'object' || value === null) return [path]
  if (value instanceof Date || value instanceof Uint8Array) return [path]
  const members = Object.entries(value)
  if (members.length === 0) return path === '' ? [] : [path]
  return members.flatMap(([name, member]) => setMembers(member, join(path, name)))
}
