import { describeError } from '../../aws/errors.ts'
import type { Platform } from '../platform.ts'

const ATTEMPTS = 4
const AGAIN_MS = 500

/**
 * Does what must not be lost, again where it fails: no other invocation has what
 * this one has, or knows what it knows. `act` may be done twice without harm.
 * Errors: that of the last attempt; of four, after 3.5 s, and each more doubles that.
 */
export async function retry<T>(
  { clock, log }: Pick<Platform, 'clock' | 'log'>,
  what: string,
  act: () => Promise<T>,
  attempts = ATTEMPTS
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act()
    } catch (error) {
      if (attempt === attempts) throw error
      log('warn', 'to be done again', { what, why: describeError(error), attempt })
      await clock.sleep(AGAIN_MS * 2 ** (attempt - 1))
    }
  }
}
