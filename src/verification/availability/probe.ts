import * as http from 'node:http'
import * as https from 'node:https'
import type { LookupFunction } from 'node:net'
import { urlToHttpOptions } from 'node:url'
import { bodyOf, exchange, TimedOut } from '../http/exchange.ts'
import { reasonOf, timedOut } from './reasons.ts'
import { versionIn } from './version.ts'

/** Where production answers; whoever made this has decided that it may be asked. */
export interface ProbeTarget {
  /** http or https. */
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** Resolves the host's name in place of the system's; Node does not ask it about literal addresses. */
  readonly lookup?: LookupFunction
}

export interface ProbeOptions {
  readonly target: ProbeTarget
  /** For all of one request, from sending it to the end of its body; 5,000 unless given. */
  readonly timeoutMs?: number
  /** Which answers are good; 200 to 399 unless given. */
  readonly isExpected?: (status: number) => boolean
  /** The answer's header that names what answered; `x-app-version` unless given. */
  readonly versionHeader?: string
}

/** What came of one request. */
export interface Answer {
  /** What answered; undefined where no answer began. */
  readonly version: string | undefined
  /** Undefined where it went well. */
  readonly failure: string | undefined
}

export interface Probe {
  /** Sends one GET; never rejects, and resolves within the time-out. */
  send(): Promise<Answer>
  /** Closes every connection. */
  close(): void
}

export const TIMEOUT_MS = 5_000

/** More of a body is not read: the connection is closed instead. */
const LONGEST_BODY = 64 * 1024
const LONGEST_HEADERS = 16 * 1024
/**
 * Requests take turns on so many agents, each with connections of its own: a
 * fast target would otherwise be asked on one connection only, and with it one
 * node of the load balancer.
 */
const LANES = 4
/** Kept open by each agent; after a burst the others are closed. */
const IDLE_CONNECTIONS = 4

/**
 * Requests to one target over connections that are kept open. Redirects are
 * answers like any other, and a request is never sent twice.
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
        failure = isExpected(status) ? undefined : `status ${status}`
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
