import { describeError } from '../../aws/errors.ts'
import type { Begun, Segments } from '../../ledger/availability-segments.ts'
import { retry } from '../runtime/retry.ts'
import type { Start, ObservePlatform } from './platform.ts'

/** The function that measures the next part, as the one before it sees it. */
export interface Successor {
  /** Asks for one. Never throws: if it could not be asked, it has not begun. */
  ask(): Promise<void>
  /** Where it begins, as far as that can be seen; undefined if it has not begun. Never throws. */
  begun(): Promise<Begun | undefined>
  /** Sees to it that no function takes over from now on. Returns where one has just begun, if it has. Errors: those of the table. */
  close(): Promise<Begun | undefined>
}

/** `mine`: this invocation, and when request 0 of its schedule goes. */
export function successorOf(
  platform: Pick<ObservePlatform, 'handOn' | 'clock' | 'log'>,
  items: Pick<Segments, 'begin' | 'begun'>,
  next: Start,
  mine: Pick<Begun, 'by' | 'startAt'>
): Successor {
  const { deploymentId, part } = next
  const real = async (): Promise<Begun | undefined> => realPart(await items.begun(part))
  return {
    async ask() {
      try {
        await platform.handOn(next)
      } catch (error) {
        const why = describeError(error)
        platform.log('error', 'not handed on', { deployment: deploymentId, why })
      }
    },
    async begun() {
      try {
        return await real()
      } catch (error) {
        const why = describeError(error)
        platform.log('warn', 'ledger not read', { deployment: deploymentId, why })
        return undefined
      }
    },
    close: () =>
      retry(platform, 'closing the observation', async () =>
        (await items.begin(part, { ...mine, first: -1 })) ? undefined : real()
      )
  }
}

/**
 * The mark that there is no such part is not a part. It may be our own, of a
 * write whose answer was lost, or of an earlier attempt of this invocation.
 */
export function realPart(begun: Begun | undefined): Begun | undefined {
  return begun && begun.first >= 0 ? begun : undefined
}
