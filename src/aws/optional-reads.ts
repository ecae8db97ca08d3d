import type { Clock } from '../release/clock.ts'
import { describeError, kindOf } from './errors.ts'
import { say } from '../words/say.ts'

/** If a look-up takes longer than this, it counts as unanswered. */
export const OPTIONAL_READ_LIMIT_MS = 5_000

/**
 * Reads what a release can do without. A missing right, a failure or an answer that takes
 * too long does not fail the release: it is reported once, and the answer is `undefined`. A
 * look-up that was denied is not tried again.
 */
export class OptionalReads {
  readonly #clock: Clock
  readonly #skipped: (what: string, reason: string) => void
  readonly #said = new Set<string>()
  readonly #denied = new Set<string>()

  /** `skipped` is called once for each look-up that had no answer. */
  constructor(clock: Clock, skipped: (what: string, reason: string) => void) {
    this.#clock = clock
    this.#skipped = skipped
  }

  /**
   * `what` names the right, for example `ecs:DescribeTasks`. The signal that `read` gets ends
   * it.
   */
  async read<T>(what: string, read: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    if (this.#denied.has(what)) return undefined
    const limit = new AbortController()
    const done = new AbortController()
    const tooSlow = this.#clock.sleep(OPTIONAL_READ_LIMIT_MS, done.signal).then(
      () => {
        limit.abort()
        throw new Error(say`no answer within ${OPTIONAL_READ_LIMIT_MS / 1000} s`)
      },
      () => new Promise<never>(() => undefined)
    )
    try {
      return await Promise.race([read(limit.signal), tooSlow])
    } catch (error) {
      if (kindOf(error) === 'denied') this.#denied.add(what)
      if (!this.#said.has(what)) {
        this.#said.add(what)
        this.#skipped(what, describeError(error))
      }
      return undefined
    } finally {
      done.abort()
    }
  }

  /** Whether this look-up was denied before. */
  isDenied(what: string): boolean {
    return this.#denied.has(what)
  }
}
