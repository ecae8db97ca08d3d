import type { IncomingMessage } from 'node:http'

/** Slack takes about a megabyte; what is longer is no message. */
const LONGEST_BODY = 1_000_000

/** A request's body; rejects where it is longer than any message. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array)
    size += bytes.length
    if (size > LONGEST_BODY) throw new Error('too large')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A JSON object, or undefined for anything else. Never throws. */
export function objectIn(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
