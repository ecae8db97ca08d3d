import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { guardedLookup, refuseLiteral } from './addresses.ts'

/** One request, ready to be sent. */
export interface Sending {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  /** For the whole of it, from connecting to the last byte. */
  readonly timeoutMs: number
}

export interface Answer {
  readonly status: number
  /** Lower-case names; several lines of one name are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>
  /** At most 1 MiB. */
  readonly body: Buffer
  /** The body is longer than what is read of it. */
  readonly cutOff: boolean
  readonly ms: number
}

/** Nothing came back, in words. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

/** What is longer is not read: green's answers are small, and a broken green must not fill our memory. */
export const LONGEST_BODY = 1024 * 1024

/**
 * Sends one request and reads its answer, both bounded. Redirects are answers
 * like any other: they are not followed. Nothing is decompressed.
 *
 * @throws NoAnswer where none came in time, or where the address is refused.
 */
export function send(sending: Sending, signal: AbortSignal, now: () => number): Promise<Answer> {
  const { url, method, headers, body, timeoutMs } = sending
  return new Promise((resolve, reject) => {
    const startedAt = now()
    const fail = (reason: string): void => reject(new NoAnswer(reason))
    try {
      refuseLiteral(url)
    } catch (error) {
      return fail(reasonOf(error))
    }
    const open = url.protocol === 'https:' ? httpsRequest : httpRequest
    const timeout = AbortSignal.timeout(timeoutMs)
    const request = open(url, {
      method,
      headers: {
        accept: '*/*',
        'accept-encoding': 'identity',
        'user-agent': 'ecs-gated-deploy',
        ...headers,
        ...(body !== undefined && { 'content-length': Buffer.byteLength(body) })
      },
      lookup: guardedLookup,
      // Each request on its own connection: a target that is draining must not be asked again.
      agent: false,
      signal: AbortSignal.any([signal, timeout])
    })
    request.on('error', (error) =>
      fail(timeout.aborted ? `no whole answer within ${seconds(timeoutMs)}` : reasonOf(error))
    )
    request.on('response', (response) => {
      readBounded(response).then(
        ({ bytes, cutOff }) => {
          request.destroy()
          resolve({
            status: response.statusCode ?? 0,
            headers: joined(response.headersDistinct),
            body: bytes,
            cutOff,
            ms: now() - startedAt
          })
        },
        (error: unknown) =>
          fail(timeout.aborted ? `no whole answer within ${seconds(timeoutMs)}` : reasonOf(error))
      )
    })
    request.end(body)
  })
}

async function readBounded(response: IncomingMessage): Promise<{ bytes: Buffer; cutOff: boolean }> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    if (size + chunk.length > LONGEST_BODY) {
      chunks.push(chunk.subarray(0, LONGEST_BODY - size))
      return { bytes: Buffer.concat(chunks), cutOff: true }
    }
    chunks.push(chunk)
    size += chunk.length
  }
  return { bytes: Buffer.concat(chunks), cutOff: false }
}

function joined(headers: IncomingMessage['headersDistinct']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, lines = []]) => [name, lines.join(', ')])
  )
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the name server did not answer',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'connecting took too long',
  ABORT_ERR: 'interrupted'
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the request failed'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (WORDS[code] !== undefined) return WORDS[code]
  return error.name === 'AddressRefused' || code === ''
    ? error.message
    : `${code}: ${error.message}`
}

function seconds(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${ms / 1000} s`
}
