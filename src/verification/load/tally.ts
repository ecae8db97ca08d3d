import { isMapping } from '../../documents/mapping.ts'
import { type Figures, trendOf } from './figures.ts'
import { say } from '../../words/say.ts'

/**
 * After this many requests in a row without an answer, the load is given up. More would tell
 * nothing new, and refused connections come by the ten thousand a second.
 */
const HOPELESS = 1_000

/**
 * Counts the outcome and the duration of every request of every connection.
 * autocannon's own figures are not used (9.0.0): its histogram has whole
 * milliseconds only and no p95, it does not count requests whose connection was
 * closed without an answer, and it measures every later duration on such a
 * connection from the request before.
 */
export class Tally {
  readonly #now: () => number
  readonly #onHopeless: () => void
  #durations = new Float64Array(4096)
  #answered = 0
  #failed = 0
  #unanswered = 0
  #unansweredInARow = 0
  #underWay = 0
  /** Why the last request without an answer had none. */
  reason: string | undefined

  /**
   * @param now returns milliseconds since any moment, with fractions
   * @param onHopeless called after a thousand requests in a row without an answer
   */
  constructor(now: () => number, onHopeless: () => void) {
    this.#now = now
    this.#onHopeless = onHopeless
  }

  /** Follows one of autocannon's clients. A client has one request under way at a time. */
  follow(client: NodeJS.EventEmitter): void {
    let isWaiting = false
    let sentAt = 0
    // True if the server has announced that it closes the connection. If the next request then
    // meets the end of the connection, that is no failure.
    let isClosing = false
    const unanswered = (reason: string): void => {
      if (!isWaiting) return
      isWaiting = false
      this.#underWay -= 1
      if (isClosing) isClosing = false
      else this.#countUnanswered(reason)
    }
    client.on('request', () => {
      unanswered(say`the connection was closed without an answer`)
      isWaiting = true
      sentAt = this.#now()
      this.#underWay += 1
    })
    client.on('headers', (head: unknown) => {
      isClosing = isMapping(head) && head['shouldKeepAlive'] === false
    })
    client.on('response', (status: unknown) => {
      if (isWaiting) this.#underWay -= 1
      isWaiting = false
      if (typeof status === 'number') this.#countAnswered(status, this.#now() - sentAt)
    })
    client.on('connError', (error: unknown) => {
      unanswered(error instanceof Error ? error.message : String(error))
    })
    client.on('timeout', () => {
      // The request was counted when its connection was given up; the next one is under way already.
      this.reason = say`no answer in time`
    })
  }

  /** @param seconds the time that all requests took */
  figures(seconds: number): Figures {
    const ended = this.#answered + this.#unanswered
    // Requests that the end cuts off are not counted. If there are no others, the server never
    // answers, so they are counted.
    const unanswered = ended === 0 ? this.#underWay : this.#unanswered
    const requests = this.#answered + unanswered
    return {
      latency: trendOf(this.#durations.slice(0, this.#answered)),
      requests,
      rate: seconds > 0 ? requests / seconds : 0,
      failureRate: requests > 0 ? (this.#failed + unanswered) / requests : 0,
      failed: this.#failed + unanswered
    }
  }

  /** Returns how many requests have ended so far, and how many of them failed. */
  soFar(): { readonly requests: number; readonly failed: number } {
    return {
      requests: this.#answered + this.#unanswered,
      failed: this.#failed + this.#unanswered
    }
  }

  #countAnswered(status: number, ms: number): void {
    if (this.#answered === this.#durations.length) {
      const larger = new Float64Array(this.#durations.length * 2)
      larger.set(this.#durations)
      this.#durations = larger
    }
    this.#durations[this.#answered] = ms
    this.#answered += 1
    this.#unansweredInARow = 0
    if (status < 200 || status > 399) this.#failed += 1
  }

  #countUnanswered(reason: string): void {
    this.reason = reason
    this.#unanswered += 1
    this.#unansweredInARow += 1
    if (this.#unansweredInARow === HOPELESS) this.#onHopeless()
  }
}
