/**
 * JSON paths of RFC 9535, by json-p3. Loaded only for files that have one.
 */
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

/** The values that a path finds, in document order; `path` is one. Never throws for any `value`. */
export async function valuesAt(path: string, value: unknown): Promise<readonly unknown[]> {
  const { query } = await engine()
  // json-p3 takes what JSON.parse gives; anything else holds nothing.
  if (typeof value !== 'object' || value === null) return path === '$' ? [value] : []
  try {
    return query(path, value as Parameters<typeof query>[1]).values()
  } catch {
    return []
  }
}
