import { request } from 'node:http'
import type { Answer } from './tally.ts'

/** Requests a second. */
const RATE = 20
const LIMIT_MS = 5_000

export interface Load {
  /** Ends it; resolves when every request has been answered. */
  stop(): Promise<void>
}

/** Steady traffic, as users bring it: each request on a connection of its own, whether or not others are slow. */
export function startLoad(url: string, onAnswer: (answer: Answer) => void): Load {
  const open = new Set<Promise<void>>()
  const timer = setInterval(() => {
    const asked = ask(`${url}/orders`).then(onAnswer)
    open.add(asked)
    void asked.finally(() => open.delete(asked))
  }, 1000 / RATE)
  return {
    async stop() {
      clearInterval(timer)
      await Promise.all(open)
    }
  }
}

/** Never rejects: no answer is an answer too. */
export function ask(url: string): Promise<Answer> {
  return new Promise((resolve) => {
    const failed = (): void => resolve({ version: undefined, failed: true })
    const asking = request(url, { agent: false, timeout: LIMIT_MS }, (response) => {
      const version = response.headers['x-app-version']
      response.resume()
      response.once('error', failed)
      response.once('end', () =>
        resolve({
          version: typeof version === 'string' ? version : undefined,
          failed: response.statusCode !== 200
        })
      )
    })
    asking.once('timeout', () => asking.destroy(new Error('timeout')))
    asking.once('error', failed)
    asking.end()
  })
}
