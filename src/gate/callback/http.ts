import { isMapping } from '../../documents/mapping.ts'

/** An HTTP request as it came in: the body as bytes, nothing parsed. */
export interface HttpRequest {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export interface HttpAnswer {
  readonly statusCode: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * A click carries the whole message or modal that it is in, form-encoded: the details have at most
 * 60,000 characters (card/details.ts), of which each may take several bytes. What is longer is not read.
 */
export const LONGEST_BODY = 512 * 1024

/**
 * The request in an event of an HTTP API (payload format 2.0) or of a function
 * URL, which has the same shape. Undefined where it is none, or its body is too
 * long. Never throws.
 */
export function readHttp(event: unknown): HttpRequest | undefined {
  if (!isMapping(event)) return undefined
  const { headers, body, isBase64Encoded } = event
  if (typeof body !== 'string') return undefined
  const bytes = Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8')
  if (bytes.length > LONGEST_BODY) return undefined
  return { headers: isMapping(headers) ? lowerCase(headers) : {}, body: bytes }
}

function lowerCase(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const known: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') known[name.toLowerCase()] = value
  }
  return known
}
