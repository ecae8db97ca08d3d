import type { InvocationResult } from '../lambda/functions.ts'

export interface ApiAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
  readonly body: string | Buffer
}

/**
 * What API Gateway makes of a function's answer in format 2.0: one with a
 * `statusCode` as it says; anything else is the body of a 200; an error, or
 * what cannot be an HTTP answer, is its own 500.
 */
export function fromFunction({ payload, functionError }: InvocationResult): ApiAnswer {
  if (functionError !== undefined) return INTERNAL_ERROR
  if (!isRecord(payload) || !('statusCode' in payload)) {
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload)
    return { status: 200, headers: { 'content-type': 'application/json' }, cookies: [], body }
  }
  const status = Number(payload['statusCode'])
  const headers = readHeaders(payload['headers'])
  const cookies = readCookies(payload['cookies'])
  const body = payload['body'] ?? ''
  const possible = Number.isInteger(status) && status >= 200 && status <= 599
  if (!possible || !headers || !cookies || typeof body !== 'string') return INTERNAL_ERROR
  return {
    status,
    headers: body === '' ? headers : { 'content-type': 'text/plain;charset=UTF-8', ...headers },
    cookies,
    body: payload['isBase64Encoded'] === true ? Buffer.from(body, 'base64') : body
  }
}

/** An answer of API Gateway's own. */
export function message(status: number, text: string): ApiAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    cookies: [],
    body: JSON.stringify({ message: text })
  }
}

export const INTERNAL_ERROR = message(500, 'Internal Server Error')

function readHeaders(value: unknown): Record<string, string> | undefined {
  if (value === undefined || value === null) return {}
  if (!isRecord(value)) return undefined
  const entries: [string, string][] = []
  for (const [name, each] of Object.entries(value)) {
    if (typeof each !== 'string' && typeof each !== 'number' && typeof each !== 'boolean') {
      return undefined
    }
    // A name or value that HTTP cannot carry would break the connection instead of the answer.
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(String(each))) {
      return undefined
    }
    entries.push([name.toLowerCase(), String(each)])
  }
  return Object.fromEntries(entries)
}

function readCookies(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) return undefined
  const list: readonly unknown[] = value
  return list.every((each) => typeof each === 'string') ? [...list] : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
