import type { Clock } from '../../release/clock.ts'

/** The answer, or undefined where it takes longer; it goes on by itself then. */
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
