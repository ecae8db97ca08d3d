import type { HttpRequest, WireError } from './protocol.ts'

/** Services that moved away from Query keep their old codes in this header for clients that ask. */
export function queryErrorHeader(
  { code, httpStatus }: WireError,
  { headers }: HttpRequest
): Readonly<Record<string, string>> {
  if (headers['x-amzn-query-mode'] !== 'true') return {}
  return { 'x-amzn-query-error': `${code};${httpStatus < 500 ? 'Sender' : 'Receiver'}` }
}
