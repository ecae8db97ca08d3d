import { Agent, createServer, request } from 'node:http'
import type { IncomingMessage, OutgoingHttpHeaders, Server, ServerResponse } from 'node:http'
import type { StoredListener, StoredTarget, StoredTargetGroup } from '../elbv2/state.ts'
import type { OwnAnswer } from '../elbv2/own-answers.ts'
import { RoundRobin } from './balancer.ts'
import { askedBy } from './conditions.ts'
import type { Asked } from './conditions.ts'
import { answerFailure, answerItself } from './own-answer.ts'
import type { Traffic } from './traffic.ts'

export interface ProxyOptions {
  readonly listener: StoredListener
  /** Where a request goes now; weights may differ at each call. */
  readonly route: (asked: Asked) => Route
  readonly traffic: Traffic
  /** Real time without a byte from the target until 504. */
  readonly idleTimeoutMs: number
}

export interface Forward {
  readonly group: StoredTargetGroup
  /** Cookies of the load balancer's own, which the answer gets besides the target's. */
  readonly cookies: readonly string[]
}

/** A group, an answer without any target, or nothing: all weights are zero. */
export type Route = Forward | { readonly answer: OwnAnswer } | undefined

/** Below the keep-alive of any server behind: a kept connection is dropped here first. */
const KEPT_CONNECTION_MS = 4000
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'upgrade', 'te', 'trailer']

/** One listener: a real HTTP proxy on loopback. */
export class ListenerProxy {
  readonly #options: ProxyOptions
  readonly #server: Server
  readonly #agent = new Agent({ keepAlive: true, timeout: KEPT_CONNECTION_MS })
  readonly #turns = new RoundRobin()

  constructor(options: ProxyOptions) {
    this.#options = options
    this.#server = createServer((incoming, outgoing) => this.#handle(incoming, outgoing))
    this.#server.keepAliveTimeout = 60_000
  }

  /** Binds a free port and returns it. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(0, '127.0.0.1', resolve)
    })
    const address = this.#server.address()
    if (typeof address !== 'object' || address === null) throw new Error('no TCP address')
    return address.port
  }

  async close(): Promise<void> {
    this.#agent.destroy()
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#server.closeAllConnections()
    await closed
  }

  #handle(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { listener, route, traffic } = this.#options
    const asked = askedBy(incoming)
    const found = route(asked)
    const forward = found && 'group' in found ? found : undefined
    const group = forward?.group
    outgoing.on('close', () => {
      traffic.count(
        listener.arn,
        group?.arn,
        outgoing.writableFinished ? outgoing.statusCode : undefined
      )
    })
    if (found && 'answer' in found) {
      incoming.resume()
      answerItself(outgoing, found.answer, asked, listener.port)
      return
    }
    const target = forward && this.#turns.next(forward.group)
    if (!target) return this.#fail(outgoing, 503)
    traffic.figures.chosen(listener.loadBalancerArn, forward.group)
    this.#forward(incoming, outgoing, forward, target)
  }

  #forward(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    forward: Forward,
    target: StoredTarget
  ): void {
    const { listener, traffic } = this.#options
    const { group, cookies } = forward
    const upstream = request({
      ...target.endpoint,
      agent: this.#agent,
      method: incoming.method,
      path: incoming.url,
      headers: this.#headers(incoming)
    })
    const close = traffic.open(target, () => {
      upstream.destroy()
      if (outgoing.headersSent) outgoing.destroy()
    })
    upstream.setTimeout(this.#options.idleTimeoutMs, () => {
      this.#fail(outgoing, 504)
      upstream.destroy()
    })
    let sentAt = performance.now()
    upstream.on('finish', () => {
      sentAt = performance.now()
    })
    upstream.on('response', (response) => {
      const { statusCode: status = 502 } = response
      const seconds = (performance.now() - sentAt) / 1000
      traffic.figures.responded(listener.loadBalancerArn, group, status, seconds)
      outgoing.writeHead(status, withCookies(withoutHopByHop(response.headers), cookies))
      response.pipe(outgoing)
      // A target that dies half-way must not look like a complete answer.
      response.on('error', () => outgoing.destroy())
    })
    upstream.on('error', () => {
      // The target closed a kept connection just as it was used again: nothing reached it.
      if (upstream.reusedSocket && isRepeatable(incoming) && !isAnswered(outgoing)) {
        this.#forward(incoming, outgoing, forward, target)
      } else if (isAnswered(outgoing)) {
        if (!outgoing.writableEnded) outgoing.destroy()
      } else {
        this.#fail(outgoing, 502)
      }
    })
    upstream.on('close', close)
    outgoing.on('close', () => {
      if (!outgoing.writableFinished) upstream.destroy()
    })
    incoming.pipe(upstream)
  }

  #fail(outgoing: ServerResponse, status: 502 | 503 | 504): void {
    const { listener, traffic } = this.#options
    if (!isAnswered(outgoing)) traffic.figures.failed(listener.loadBalancerArn, status)
    answerFailure(outgoing, status)
  }

  #headers(incoming: IncomingMessage): OutgoingHttpHeaders {
    const before = incoming.headers['x-forwarded-for']
    const client = incoming.socket.remoteAddress ?? '127.0.0.1'
    return {
      ...withoutHopByHop(incoming.headers),
      'x-forwarded-for': before === undefined ? client : `${String(before)}, ${client}`,
      'x-forwarded-proto': 'http',
      'x-forwarded-port': String(this.#options.listener.port)
    }
  }
}

function withoutHopByHop(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name)))
}

function withCookies(
  headers: OutgoingHttpHeaders,
  cookies: readonly string[]
): OutgoingHttpHeaders {
  if (cookies.length === 0) return headers
  return {
    ...headers,
    'set-cookie': [...[headers['set-cookie'] ?? []].flat(), ...cookies].map(String)
  }
}

/** Without a body there is nothing that a failed attempt could have consumed. */
function isRepeatable({ headers, method }: IncomingMessage): boolean {
  const hasBody =
    headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
  return !hasBody && ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'].includes(method ?? '')
}

function isAnswered(outgoing: ServerResponse): boolean {
  return outgoing.headersSent || outgoing.destroyed
}
