/**
 * Time inside the emulator. Everything that waits (health checks, hook
 * limits, traffic intervals, draining) waits on a Clock, so that an hour can
 * pass in a millisecond.
 */
export interface Clock {
  /** Emulated time, milliseconds since the epoch. */
  now(): number
  /** Resolves after `ms` emulated milliseconds; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** Emulated time that runs `factor` times as fast as the machine's, or stands on it (1). */
export class ScaledClock implements Clock {
  readonly #factor: number
  readonly #startedReal = Date.now()
  readonly #startedEmulated: number

  constructor(factor = 1, startedAt = Date.now()) {
    if (!(factor > 0)) throw new RangeError(`the clock's factor must be above 0, not ${factor}`)
    this.#factor = factor
    this.#startedEmulated = startedAt
  }

  now(): number {
    return this.#startedEmulated + (Date.now() - this.#startedReal) * this.#factor
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    await new Promise<void>((resolve, reject) => {
      const abort = (): void => {
        clearTimeout(timer)
        reject(asError(signal?.reason))
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort)
        resolve()
      }, ms / this.#factor)
      signal?.addEventListener('abort', abort, { once: true })
    })
  }
}

interface Sleeper {
  readonly due: number
  readonly wake: () => void
}

/** Emulated time that moves only when a test moves it. */
export class ManualClock implements Clock {
  #now: number
  #sleepers: Sleeper[] = []

  constructor(startedAt = Date.UTC(2026, 0, 1)) {
    this.#now = startedAt
  }

  now(): number {
    return this.#now
  }

  /** How many sleeps are pending: a test can see that nothing is left behind. */
  get pending(): number {
    return this.#sleepers.length
  }

  /** When the next pending sleep ends; Infinity when none is pending. */
  get nextDue(): number {
    return this.#sleepers.reduce((first, { due }) => Math.min(first, due), Infinity)
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    await new Promise<void>((resolve, reject) => {
      const abort = (): void => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper)
        reject(asError(signal?.reason))
      }
      const sleeper: Sleeper = {
        due: this.#now + Math.max(0, ms),
        wake: () => {
          signal?.removeEventListener('abort', abort)
          resolve()
        }
      }
      this.#sleepers.push(sleeper)
      signal?.addEventListener('abort', abort, { once: true })
    })
  }

  /** Moves time on by `ms`, waking sleepers in order and letting each one run before the next. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms
    await settle()
    for (;;) {
      const next = this.#sleepers.reduce<Sleeper | undefined>(
        (first, other) => (other.due <= until && (!first || other.due < first.due) ? other : first),
        undefined
      )
      if (!next) break
      this.#sleepers = this.#sleepers.filter((other) => other !== next)
      this.#now = Math.max(this.#now, next.due)
      next.wake()
      await settle()
    }
    this.#now = until
    await settle()
  }
}

/** Lets promise chains and I/O callbacks that are already due run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('aborted')
}
