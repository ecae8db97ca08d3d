import { describeError } from '../../aws/errors.ts'
import type { World } from './world.ts'

const ATTEMPTS = 4
const AGAIN_MS = 500

/**
 * Does what must not be lost, again where it fails: another invocation would
 * not have what this one has measured. `act` may be done twice without harm.
 * Errors: the last one, after 3.5 s and four attempts.
 */
export async function insist<T>(
  { clock, log }: Pick<World, 'clock' | 'log'>,
  what: string,
  act: () => Promise<T>
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act()
    } catch (error) {
      if (attempt === ATTEMPTS) throw error
      log('warn', 'to be done again', { what, why: describeError(error), attempt })
      await clock.sleep(AGAIN_MS * 2 ** (attempt - 1))
    }
  }
}
