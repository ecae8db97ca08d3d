import { request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Answer } from './tally.ts'

/** A request that takes longer has failed. */
const LIMIT_MS = 5_000

export interface LoadOptions {
  readonly url: string
  /** Requests a second, fewer where an answer takes longer. */
  readonly rate: number
  /** Called as a request begins; what it returns is told the answer. */
  readonly begin: () => (answer: Answer) => void
}

export interface Load {
  /** Ends it; resolves when the last request has been answered. */
  stop(): Promise<void>
}

/** Steady traffic: one request after the other, each on a connection of its own, as new visitors bring it. */
export function startLoad({ url, rate, begin }: LoadOptions): Load {
  const stopping = new AbortController()
  const ended = run()
  return {
    async stop() {
      stopping.abort()
      await ended
    }
  }

  async function run(): Promise<void> {
    let due = performance.now()
    while (!stopping.signal.aborted) {
      const answered = begin()
      answered(await ask(url))
      // What a slow answer has held up is not made up for by a burst.
      const now = performance.now()
      due = Math.max(due + 1000 / rate, now)
      await pause(due - now, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
}

/** Never rejects: no answer is an answer too. */
export function ask(url: string, limitMs = LIMIT_MS): Promise<Answer> {
  return new Promise((resolve) => {
    let answer: Answer = { version: undefined, failed: true }
    const asking = request(
      url,
      { agent: false, signal: AbortSignal.timeout(limitMs) },
      (response) => {
        const version = response.headers['x-app-version']
        answer = { version: typeof version === 'string' ? version : undefined, failed: true }
        response.once('end', () => {
          answer = { ...answer, failed: response.statusCode !== 200 }
        })
        response.once('error', () => undefined) // cut short: it stays failed
        response.resume()
      }
    )
    asking.once('error', () => undefined)
    asking.once('close', () => resolve(answer))
    asking.end()
  })
}
