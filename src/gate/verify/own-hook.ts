import type { VerifyPlane, Whose } from '../../controllers/gate-plane.ts'
import { describeError } from '../../aws/errors.ts'
import { retry } from '../runtime/retry.ts'
import type { VerifyPlatform } from './platform.ts'

/** A plane may invoke the function before its own answers show that it waits for it. */
const LOOKS = 10
const BETWEEN_LOOKS_MS = 3_000

/**
 * Finds out whose answer the deployment waits for, and waits while the plane does
 * not say so yet. Never throws: what cannot be read is `unknown`.
 */
export async function whoseHook(
  { clock, log }: Pick<VerifyPlatform, 'clock' | 'log'>,
  plane: Pick<VerifyPlane, 'whose'>,
  deploymentId: string,
  ownFunction: string,
  attempts: number
): Promise<Whose> {
  for (let look = 1; ; look++) {
    let found: Whose | 'not-yet'
    try {
      const read = (): ReturnType<VerifyPlane['whose']> => plane.whose(deploymentId, ownFunction)
      found = await retry({ clock, log }, 'hooks', read, attempts)
    } catch (error) {
      return { whose: 'unknown', why: describeError(error) }
    }
    if (found !== 'not-yet') return found
    if (look === LOOKS) return { whose: 'other', why: 'its own lifecycle event has not begun' }
    await clock.sleep(BETWEEN_LOOKS_MS)
  }
}
