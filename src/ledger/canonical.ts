import { createHash } from 'node:crypto'

/**
 * Returns JSON with sorted members and without blanks. Equal values give the
 * same text, so the text can be digested. Members that are undefined are left out.
 */
export function canonical(value: unknown): string {
  return JSON.stringify(sorted(value))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const members = value as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    Object.keys(members)
      .sort()
      .map((name) => [name, sorted(members[name])])
  )
}

/** SHA-256 of the text's UTF-8 bytes as lower-case hex, which is also what CodeDeploy takes for an inline AppSpec. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
