import { AwsError } from '../errors.ts'

/** One page of a list; the token is where the next one starts. */
export function page<T>(
  all: readonly T[],
  nextToken: string | undefined,
  size: number
): { items: T[]; nextToken?: string } {
  const from = nextToken === undefined ? 0 : Number(Buffer.from(nextToken, 'base64').toString())
  if (!Number.isInteger(from) || from < 0)
    throw new AwsError('InvalidParameterException', 'Invalid token.')
  const items = all.slice(from, from + size)
  const next = from + items.length
  if (next >= all.length) return { items }
  return { items, nextToken: Buffer.from(String(next)).toString('base64') }
}
