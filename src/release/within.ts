import type { Clock } from './clock.ts'

/**
 * The answer, or undefined where it takes longer than `ms` milliseconds; it goes
 * on by itself then. It settles even where the answer never does.
 * Errors: those of the answer.
 */
export async function within<T>(
  clock: Clock,
  ms: number,
  answer: Promise<T>
): Promise<T | undefined> {
  const stop = new AbortController()
  const limit = clock.sleep(ms, stop.signal).then(
    () => undefined,
    () => undefined
  )
  try {
    return await Promise.race([answer, limit])
  } finally {
    stop.abort()
  }
}
