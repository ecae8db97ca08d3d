import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { FetchFunction } from '@slack/web-api'
import { throughProxy } from '../../aws/proxy.ts'
import { bodyOf, exchange, type ExchangeLimits } from '../../verification/http/exchange.ts'

const agentOptions = { keepAlive: true, ...throughProxy(process.env) }
const overHttp = new HttpAgent(agentOptions)
const overHttps = new HttpsAgent(agentOptions)

/** Longer than Slack's client waits: its signal is the limit, and this one where there is none. */
const LIMIT_MS = 10_000

/**
 * What Slack's client needs of `fetch`, over the HTTP client that AWS's SDK has
 * loaded already: Node's own `fetch` is a second one, which takes more of a
 * small function's CPU than everything else that a click needs.
 *
 * Errors: those of the connection; AbortError where the signal came first; a
 * TypeError for a body that is no text. Redirects are answers, not followed.
 */
export const transport: FetchFunction = async (
  to,
  { method = 'GET', headers, body, signal } = {}
) => {
  if (body !== undefined && typeof body !== 'string') throw new TypeError('only text can be sent')
  const url = new URL(to)
  const options = { method, ...(headers && { headers }) }
  const limits = { timeoutMs: LIMIT_MS, ...(signal && { signal }) }
  const { head, text } = await send(url, options, limits, body)
  return responseOf(url, head, text)
}

interface Answer {
  readonly head: IncomingMessage
  readonly text: Buffer
}

/** A kept connection that the other side has closed meanwhile is no failure: another one is taken (Node.js, `request.reusedSocket`). */
async function send(
  url: URL,
  options: RequestOptions,
  limits: ExchangeLimits,
  body?: string
): Promise<Answer> {
  const sent =
    url.protocol === 'https:'
      ? httpsRequest(url, { ...options, agent: overHttps })
      : httpRequest(url, { ...options, agent: overHttp })
  const answer = { hasBegun: false }
  try {
    return await exchange(sent.end(body), limits, async (head) => {
      answer.hasBegun = true
      return { head, text: (await bodyOf(head, Infinity)).bytes }
    })
  } catch (error) {
    const isStale = sent.reusedSocket && !answer.hasBegun && errorCode(error) === 'ECONNRESET'
    if (isStale) return send(url, options, limits, body)
    throw error
  }
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

function responseOf(url: URL, answer: IncomingMessage, body: Buffer): FetchResponse {
  const { statusCode: status = 0, statusMessage: statusText = '' } = answer
  const headers = Object.entries(answer.headers).map(
    ([name, value]) => [name, String(value)] as const
  )
  const text = body.toString('utf8')
  return {
    ok: status >= 200 && status < 300,
    status,
    statusText,
    url: url.href,
    headers: {
      get: (name) => headers.find(([each]) => each === name.toLowerCase())?.[1] ?? null,
      entries: () => headers.map(([name, value]) => [name, value])
    },
    text: () => Promise.resolve(text),
    json: () => Promise.resolve(JSON.parse(text) as unknown),
    arrayBuffer: () => Promise.resolve(new Uint8Array(body).buffer)
  }
}

type FetchResponse = Awaited<ReturnType<FetchFunction>>
