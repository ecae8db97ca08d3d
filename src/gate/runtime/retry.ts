import { describeError } from '../../aws/errors.ts'
import type { Platform } from '../platform.ts'

const ATTEMPTS = 4
const AGAIN_MS = 500

/**
 * Does something again if it fails. It is for what must not be lost because no other
 * invocation has or knows what this one does. `act` must be one that can be done twice.
 * No attempt begins after `until`, milliseconds since the epoch.
 * Errors: that of the last attempt; of four, after 3.5 s, and each more doubles that.
 */
export async function retry<T>(
  { clock, log }: Pick<Platform, 'clock' | 'log'>,
  what: string,
  act: () => Promise<T>,
  attempts = ATTEMPTS,
  until = Infinity
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act()
    } catch (error) {
      const pause = AGAIN_MS * 2 ** (attempt - 1)
      if (attempt === attempts || clock.now() + pause > until) throw error
      log('warn', 'to be done again', { what, why: describeError(error), attempt })
      await clock.sleep(pause)
    }
  }
}
