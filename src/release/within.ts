import type { Clock } from './clock.ts'

/**
 * The answer, or undefined if it takes longer than `ms` milliseconds; the work behind it
 * then goes on. It settles even if the answer never does. Errors: those of the answer.
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
