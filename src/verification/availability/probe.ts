import * as http from 'node:http'
import * as https from 'node:https'
import type { LookupFunction } from 'node:net'
import { urlToHttpOptions } from 'node:url'
import { bodyOf, exchange, TimedOut } from '../http/exchange.ts'
import { reasonOf, timedOut } from './reasons.ts'
import { statusInWords } from '../words/reasons.ts'

/** Where production answers. The caller has decided that requests may be sent there. */
export interface ProbeTarget {
  /** http or https. */
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** Resolves the host's name instead of the system. Node does not call it for literal addresses. */
  readonly lookup?: LookupFunction
}

export interface ProbeOptions {
  readonly target: ProbeTarget
  /** The time for one request, from sending it to the end of its body. Default: 5,000. */
  readonly timeoutMs?: number
  /** Whether an answer with this status is good. Default: 200 to 399 are. */
  readonly isExpected?: (status: number) => boolean
  /** The answer's header that names the version. Default: `x-app-version`. */
  readonly versionHeader?: string
}

/** The outcome of one request. */
export interface Answer {
  /** The version that answered; undefined if no answer began. */
  readonly version: string | undefined
  /** Why the request failed, in a few words; undefined if it did not. */
  readonly failure: string | undefined
}

/** The outcome of one request, and when it was measured. */
export interface ProbeResult extends Answer {
  /** When it should have been sent, milliseconds since the epoch. */
  readonly at: number
  /** Milliseconds from `at` to the end of its body, or until it was known to have failed. */
  readonly ms: number
}

export interface Probe {
  /** Sends one GET; never rejects, and resolves within the time-out. */
  send(): Promise<Answer>
  /** Closes every connection. */
  close(): void
}

export const TIMEOUT_MS = 5_000

/** If a body is longer, the rest is not read and the connection is closed. */
const LONGEST_BODY = 64 * 1024
const LONGEST_HEADERS = 16 * 1024
const LONGEST_VERSION = 64
/**
 * Requests take turns on this many agents, each with its own connections.
 * Otherwise a fast target would be asked over one connection only, and only one
 * node of the load balancer would be tested.
 */
const LANES = 4
/** Each agent keeps this many connections open; after a burst it closes the others. */
const IDLE_CONNECTIONS = 4

/**
 * Sends requests to one target over connections that are kept open. A redirect
 * counts as an answer and is not followed, and a request is never sent twice.
 */
export function createProbe(options: ProbeOptions): Probe {
  const { target, timeoutMs = TIMEOUT_MS, isExpected = isGood } = options
  const versionHeader = (options.versionHeader ?? 'x-app-version').toLowerCase()
  const { Agent, request: open } = target.url.protocol === 'https:' ? https : http
  const { protocol, hostname, port, path, auth } = urlToHttpOptions(target.url)
  const lanes = Array.from({ length: LANES }, () => ({
    protocol,
    hostname,
    port,
    path,
    auth,
    headers: { 'user-agent': 'ecs-gated-deploy', ...target.headers },
    maxHeaderSize: LONGEST_HEADERS,
    agent: new Agent({ keepAlive: true, maxFreeSockets: IDLE_CONNECTIONS }),
    ...(target.lookup && { lookup: target.lookup })
  }))
  let turn = 0

  const send = async (): Promise<Answer> => {
    let version: string | undefined
    let failure: string | undefined
    try {
      const request = open(lanes[turn++ % LANES] ?? {}).end()
      await exchange(request, { timeoutMs }, (response) => {
        version = versionIn(response.headers[versionHeader])
        const status = response.statusCode ?? 0
        failure = isExpected(status) ? undefined : statusInWords(status)
        return bodyOf(response, LONGEST_BODY)
      })
      return { version, failure }
    } catch (error) {
      if (error instanceof TimedOut) return { version, failure: timedOut(timeoutMs) }
      return { version, failure: failure ?? reasonOf(error) }
    }
  }

  return {
    send,
    close: () => {
      for (const { agent } of lanes) agent.destroy()
    }
  }
}

function isGood(status: number): boolean {
  return status >= 200 && status <= 399
}

/** Returns the version that a header names, at most 64 printable ASCII characters; `unknown` if it names none. */
function versionIn(header: string | readonly string[] | undefined): string {
  const text = typeof header === 'string' ? header : (header?.join(', ') ?? '')
  return (
    text
      .replace(/[^\x20-\x7e]/g, '')
      .trim()
      .slice(0, LONGEST_VERSION) || 'unknown'
  )
}
