import type { Clock } from '../release/clock.ts'

/** Everything of the outside world that the action touches, so that a test can be the world. */
export interface Io {
  readonly core: typeof import('@actions/core')
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  /** 0 to 1. */
  readonly random: () => number
  /** Aborted when the runner asks the process to end. */
  readonly cancelled: AbortSignal
  /**
   * Has `act` called when the process ends, for whatever reason: it may not wait
   * for anything then. What is returned takes it back.
   */
  readonly atExit: (act: () => void) => () => void
}

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(reasonOf(signal))
        return
      }
      const abort = (): void => {
        clearTimeout(timer)
        reject(reasonOf(signal))
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort)
        resolve()
      }, ms)
      signal?.addEventListener('abort', abort, { once: true })
    })
}

function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason
  return reason instanceof Error ? reason : new DOMException('aborted', 'AbortError')
}
