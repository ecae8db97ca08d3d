import type { IncomingMessage } from 'node:http'
import { throughProxy, type ThroughProxy } from './proxy.ts'
import { say } from '../words/say.ts'

/**
 * The configuration, for any client, that limits how long one attempt of an AWS call may take, and sends it
 * through the proxy that the environment names, if any.
 */
export interface CallLimit {
  readonly requestHandler: {
    readonly connectionTimeout: number
    readonly requestTimeout: number
    readonly throwOnRequestTimeout: true
    readonly httpAgent?: ThroughProxy
    readonly httpsAgent?: ThroughProxy
  }
  readonly extensions: Extension[]
}

interface Extension {
  configure(client: { httpHandler(): object }): void
}

/**
 * Times in milliseconds: the first to connect, the second from there to the head of the
 * answer, and again from there to its last byte. If an attempt takes longer, it is given up,
 * and the SDK retries it if the call may be repeated. The SDK has no limit of its own for
 * the body: its request time-out ends with the head of the answer, and its socket time-out
 * begins anew with every byte (@smithy/node-http-handler 4.14). Connecting includes the proxy's tunnel.
 *
 * @throws ProblemsError if the environment names no proxy that can be used.
 */
export function callLimit(connectionTimeout: number, requestTimeout: number): CallLimit {
  const proxy = throughProxy(process.env)
  return {
    requestHandler: {
      connectionTimeout,
      requestTimeout,
      throwOnRequestTimeout: true,
      // The SDK makes agents of its own with these options (@smithy/node-http-handler 4.14).
      ...(proxy && { httpAgent: proxy, httpsAgent: proxy })
    },
    extensions: [{ configure: (client) => boundBodies(client.httpHandler(), requestTimeout) }]
  }
}

function boundBodies(handler: object, limitMs: number): void {
  const handle: unknown = Reflect.get(handler, 'handle')
  if (typeof handle !== 'function') throw new TypeError('this client has no handler to bound')
  Object.assign(handler, {
    handle: async (...args: readonly unknown[]): Promise<unknown> => {
      const answer: unknown = await Reflect.apply(handle, handler, args)
      const body = bodyIn(answer)
      if (body) bound(body, limitMs)
      return answer
    }
  })
}

function bound(body: IncomingMessage, limitMs: number): void {
  // The SDK retries an error with this name.
  const error = Object.assign(new Error(say`the answer did not end within ${limitMs} ms`), {
    name: 'TimeoutError'
  })
  const timer = setTimeout(() => body.destroy(error), limitMs)
  body.once('close', () => clearTimeout(timer))
}

/** The SDK hands a handler's answer on as `{response: {body}}`. */
function bodyIn(answer: unknown): IncomingMessage | undefined {
  const body = member(member(answer, 'response'), 'body')
  return isStream(body) ? body : undefined
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function isStream(value: unknown): value is IncomingMessage {
  return typeof member(value, 'destroy') === 'function' && member(value, 'closed') === false
}
