import type { IncomingMessage } from 'node:http'
import { Refusal } from './refusal.ts'

const MAX_BODY_BYTES = 64 * 1024

export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  // Read to its end even when it is too long: only then is the answer read.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= MAX_BODY_BYTES) chunks.push(chunk)
  }
  if (size > MAX_BODY_BYTES) throw new Refusal(413, 'a body has at most 64 KiB')
  return Buffer.concat(chunks).toString('utf8')
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal(400, 'the body is not JSON')
  }
}

/** The members of an object that has exactly these; `shape` tells the caller what is expected. */
export function membersOf<Name extends string>(
  body: unknown,
  names: readonly Name[],
  shape: string
): Record<Name, unknown> {
  if (!hasExactly(body, names)) throw new Refusal(400, shape)
  return body
}

function hasExactly<Name extends string>(
  body: unknown,
  names: readonly Name[]
): body is Record<Name, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false
  const found = Object.keys(body)
  return found.length === names.length && names.every((name) => found.includes(name))
}
