import { AwsError } from '../errors.ts'

const PAGE = 100

/** One page of a list, and the token of the next. */
export function page<T>(
  items: readonly T[],
  nextToken: string | undefined
): { items: T[]; nextToken: string | undefined } {
  const from = nextToken === undefined ? 0 : offset(nextToken)
  const next = from + PAGE
  return {
    items: items.slice(from, next),
    nextToken: next < items.length ? Buffer.from(`from:${next}`).toString('base64') : undefined
  }
}

function offset(token: string): number {
  const [, digits] = /^from:(\d+)$/.exec(Buffer.from(token, 'base64').toString()) ?? []
  if (digits === undefined) throw new AwsError('InvalidNextTokenException', 'Invalid next token')
  return Number(digits)
}
