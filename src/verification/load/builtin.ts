import type { Options, Request } from 'autocannon'
import type { Clock } from '../../release/clock.ts'
import { BUILTIN_WORDS, soFar } from '../words/load.ts'
import { boundAnswers } from './bounds.ts'
import type { Figures } from './figures.ts'
import { Tally } from './tally.ts'
import { throttled } from './throttle.ts'
import { say } from '../../words/say.ts'

export interface BuiltinOptions {
  readonly target: URL
  readonly connections: number
  readonly seconds: number
  /** Every connection sends them in turn. If there are none, it sends `GET /`. */
  readonly requests: readonly LoadRequest[]
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly onProgress: (text: string) => void
}

export interface LoadRequest {
  readonly method: string
  /** With its query, from the target's own path on; starts with a slash. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: string | undefined
}

export type BuiltinRun =
  | {
      readonly kind: 'measured'
      readonly figures: Figures
      /** Whether it was stopped early, so that the figures are incomplete. */
      readonly interrupted: boolean
      /** Why the load was given up: no request was answered any more. Undefined if it was not. */
      readonly hopeless: string | undefined
    }
  /** One line. */
  | { readonly kind: 'failed'; readonly reason: string }

/** The package's version. The bundle does not contain its package.json; a test compares the two. */
export const AUTOCANNON_VERSION = '9.0.0'

/** Milliseconds after which autocannon checks again whether its time is over. */
const PUNCTUALITY = 100

/** Milliseconds after its time at which a run is given up. By then every request has reached autocannon's time-out of 10 s. */
const OVERDUE = 20_000

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/**
 * Sends requests over a fixed number of connections for a fixed time. Each
 * connection sends the next request as soon as it has an answer. Never rejects:
 * the result says what went wrong. A redirect counts as an answer, and
 * certificates are not checked.
 */
export async function runBuiltin(options: BuiltinOptions): Promise<BuiltinRun> {
  const { target, clock, signal } = options
  const problem = problemIn(options)
  if (problem !== undefined) return { kind: 'failed', reason: problem }
  const ended = Promise.withResolvers<BuiltinRun>()
  const overdue = setTimeout(
    () => ended.resolve({ kind: 'failed', reason: BUILTIN_WORDS.overdue() }),
    options.seconds * 1000 + OVERDUE
  )
  try {
    const { default: autocannon } = await import('autocannon')
    let hopeless: string | undefined
    const stop = (): void => instance.stop()
    const tally = new Tally(monotonic, () => {
      hopeless = BUILTIN_WORDS.hopeless(tally.reason)
      stop()
    })
    const settings: Options = {
      url: target.origin,
      connections: options.connections,
      duration: options.seconds,
      sampleInt: PUNCTUALITY,
      requests: requestsFor(options),
      setupClient: (client) => {
        boundAnswers(client)
        tally.follow(client)
      }
    }
    const instance = autocannon(settings, (error: unknown, result) => {
      signal.removeEventListener('abort', stop)
      if (error instanceof Error) return ended.resolve({ kind: 'failed', reason: error.message })
      const figures = tally.figures(result.duration)
      ended.resolve({ kind: 'measured', figures, interrupted: signal.aborted, hopeless })
    })
    const progress = throttled(clock, options.onProgress)
    const startedAt = clock.now()
    instance.on('tick', () => {
      const { requests, failed } = tally.soFar()
      const seconds = Math.round((clock.now() - startedAt) / 1000)
      progress(soFar(seconds, requests, failed))
    })
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    return await ended.promise
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) }
  } finally {
    clearTimeout(overdue)
  }
}

/** Durations are measured with fractions of milliseconds, which the clock does not have. */
const monotonic = (): number => performance.now()

function problemIn({ connections, seconds, requests }: BuiltinOptions): string | undefined {
  if (!Number.isInteger(connections) || connections < 1) {
    return say`connections: found ${connections}, wanted a whole number of at least 1`
  }
  if (!Number.isFinite(seconds) || seconds <= 0) {
    return say`seconds: found ${seconds}, wanted more than 0`
  }
  for (const [index, { method, path, headers = {} }] of requests.entries()) {
    const where = `requests[${index}]`
    if (!METHODS.some((each) => each === method)) {
      return say`${where}.method: found ${JSON.stringify(method)}, accepted: ${METHODS.join(', ')}`
    }
    // autocannon puts both into the request unchanged.
    if (!/^\/[!-~]*$/.test(path)) {
      return say`${where}.path: found ${JSON.stringify(path)}, wanted a path that starts with / and has no spaces`
    }
    for (const [name, value] of Object.entries(headers)) {
      const isHeader = /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t -~\u0080-\u00ff]*$/.test(value)
      if (!isHeader) return say`${where}.headers: ${JSON.stringify(name)} is no valid header`
    }
  }
  return undefined
}

function requestsFor({ target, requests }: BuiltinOptions): Request[] {
  const prefix = target.pathname.replace(/\/$/, '')
  const wanted: readonly LoadRequest[] =
    requests.length > 0 ? requests : [{ method: 'GET', path: '/' }]
  return wanted.map(({ method, path, headers, body }) => {
    const known = METHODS.find((each) => each === method)
    return {
      ...(known !== undefined && { method: known }),
      path: `${prefix}${path}`,
      headers: { 'user-agent': 'ecs-gated-deploy', ...headers },
      ...(body !== undefined && { body })
    }
  })
}
