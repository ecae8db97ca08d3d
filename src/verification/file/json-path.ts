/** JSON paths of RFC 9535, by json-p3. It is loaded only if a file has one. */
const engine = (): Promise<typeof import('json-p3')> => import('json-p3')

export async function isJsonPath(path: string): Promise<boolean> {
  const { compile } = await engine()
  try {
    compile(path)
    return true
  } catch {
    return false
  }
}

/**
 * The values that a path finds, in document order. `path` must be valid. Never throws for
 * any `value`.
 */
export async function valuesAt(path: string, value: unknown): Promise<readonly unknown[]> {
  const { query } = await engine()
  // json-p3 accepts only objects and lists. In any other value, only `$` finds something.
  if (typeof value !== 'object' || value === null) return path === '$' ? [value] : []
  try {
    return query(path, value as Parameters<typeof query>[1]).values()
  } catch {
    return []
  }
}
