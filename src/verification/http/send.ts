import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { noAnswerInWords, noWholeAnswer, requestFailed } from '../words/reasons.ts'
import { guardedLookup, refuseLiteral } from './addresses.ts'
import { bodyOf, exchange, TimedOut } from './exchange.ts'

/** One request, ready to be sent. */
export interface Sending {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  /** For the whole exchange, from connecting to the last byte. */
  readonly timeoutMs: number
}

export interface Answer {
  readonly status: number
  /** Names in lower case. Several lines of one name are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>
  /** At most 1 MiB. */
  readonly body: Buffer
  /** The body is longer than what was read of it. */
  readonly cutOff: boolean
  readonly ms: number
}

/** No answer came; the message says why. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

/**
 * The rest of a longer body is not read. Green's answers are small, and a faulty green must
 * not fill the memory of the job.
 */
export const LONGEST_BODY = 1024 * 1024

/**
 * Sends one request and reads its answer; time and size are both limited. Redirects count as
 * answers and are not followed. Nothing is decompressed.
 *
 * @throws NoAnswer if no answer came in time, or if the address is refused.
 */
export async function send(
  { url, method, headers, body, timeoutMs }: Sending,
  signal: AbortSignal,
  now: () => number
): Promise<Answer> {
  const startedAt = now()
  let request: ClientRequest | undefined
  try {
    refuseLiteral(url)
    const open = url.protocol === 'https:' ? httpsRequest : httpRequest
    request = open(url, {
      method,
      headers: {
        accept: '*/*',
        'accept-encoding': 'identity',
        'user-agent': 'ecs-gated-deploy',
        ...headers,
        ...(body !== undefined && { 'content-length': Buffer.byteLength(body) })
      },
      lookup: guardedLookup,
      // Each request has its own connection, so that it does not reach a target that is draining.
      agent: false
    }).end(body)
    return await exchange(request, { timeoutMs, signal }, async (response) => {
      const { bytes, cutOff } = await bodyOf(response, LONGEST_BODY)
      return {
        status: response.statusCode ?? 0,
        headers: joined(response.headersDistinct),
        body: bytes,
        cutOff,
        ms: now() - startedAt
      }
    })
  } catch (error) {
    throw new NoAnswer(error instanceof TimedOut ? noWholeAnswer(timeoutMs) : reasonOf(error))
  } finally {
    request?.destroy()
  }
}

function joined(headers: IncomingMessage['headersDistinct']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, lines = []]) => [name, lines.join(', ')])
  )
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return requestFailed()
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const known = noAnswerInWords(code)
  if (known !== undefined) return known
  return error.name === 'AddressRefused' || code === ''
    ? error.message
    : `${code}: ${error.message}`
}
