import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { FetchFunction } from '@slack/web-api'

const overHttp = new HttpAgent({ keepAlive: true })
const overHttps = new HttpsAgent({ keepAlive: true })

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
  const options = { method, ...(headers && { headers }), ...(signal && { signal }) }
  const answer = await send(url, options, body)
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(Buffer.from(chunk as Uint8Array))
  return responseOf(url, answer, Buffer.concat(chunks))
}

/** A kept connection that the other side has closed meanwhile is no failure: another one is taken (Node.js, `request.reusedSocket`). */
function send(url: URL, options: RequestOptions, body?: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent =
      url.protocol === 'https:'
        ? httpsRequest(url, { ...options, agent: overHttps }, resolve)
        : httpRequest(url, { ...options, agent: overHttp }, resolve)
    sent.once('error', (error: NodeJS.ErrnoException) => {
      if (sent.reusedSocket && error.code === 'ECONNRESET') resolve(send(url, options, body))
      else reject(error)
    })
    sent.end(body)
  })
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
