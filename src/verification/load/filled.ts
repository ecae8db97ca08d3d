import { fill } from '../file/templates.ts'
import { filledHeaders, inBody, type Ask } from '../requests/ask.ts'
import type { LoadRequest } from './builtin.ts'

/** A request with its `{{env.NAME}}` filled; undefined if a value is missing. */
export function filledRequest(
  { method, path, headers = {}, body }: LoadRequest,
  valueOf: Ask['valueOf']
): LoadRequest | undefined {
  const address = fill(path, valueOf, encodeURIComponent)
  const whole = filledHeaders(headers, valueOf)
  const text = body === undefined ? undefined : fill(body, valueOf, inBody(headers))
  if (address === undefined || !whole || (body !== undefined && text === undefined)) {
    return undefined
  }
  return { method, path: address, headers: whole, body: text }
}
