import type { Clock } from '../clock.ts'

/**
 * Calls a minute by method (Slack, "Rate limits": tiers 3 and 4), and for
 * messages one a second and channel with a short burst.
 */
const PER_MINUTE: Readonly<Record<string, number>> = {
  'chat.update': 50,
  'chat.postEphemeral': 100,
  'views.open': 100,
  'views.push': 100,
  'users.info': 100,
  'usergroups.users.list': 20,
  'bots.info': 50,
  'auth.test': 600
}
const MESSAGE_BURST = 5

interface Bucket {
  tokens: number
  at: number
}

/** Token buckets on the injected clock. */
export class RateLimit {
  readonly #clock: Clock
  readonly #buckets = new Map<string, Bucket>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Whole seconds to wait as `Retry-After` says, or undefined where the call may go on. */
  admit(method: string, channel: string): number | undefined {
    if (method === 'chat.postMessage') return this.#take(`${method} ${channel}`, MESSAGE_BURST, 1)
    const perMinute = PER_MINUTE[method]
    return perMinute === undefined ? undefined : this.#take(method, perMinute, perMinute / 60)
  }

  #take(name: string, capacity: number, perSecond: number): number | undefined {
    const now = this.#clock.now()
    const bucket = this.#buckets.get(name) ?? { tokens: capacity, at: now }
    bucket.tokens = Math.min(capacity, bucket.tokens + ((now - bucket.at) / 1000) * perSecond)
    bucket.at = now
    this.#buckets.set(name, bucket)
    if (bucket.tokens >= 1) {
      bucket.tokens--
      return undefined
    }
    return Math.ceil((1 - bucket.tokens) / perSecond)
  }
}
