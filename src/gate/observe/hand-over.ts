import { describeError } from '../../aws/errors.ts'
import type { Begun, Segments } from '../../ledger/availability-segments.ts'
import { retry } from '../runtime/retry.ts'
import type { Start, ObservePlatform } from './platform.ts'

/** The function that measures the next part, as the one before it sees it. */
export interface Successor {
  /** Asks for one. Never throws: who was not asked has not begun. */
  ask(): Promise<void>
  /** Where it begins, as far as that can be seen; undefined: it has not. Never throws. */
  begun(): Promise<Begun | undefined>
  /** From now on nobody takes over; undefined, unless somebody just has. Errors: those of the table. */
  close(): Promise<Begun | undefined>
}

/** `mine`: this invocation, and when request 0 of its schedule goes. */
export function successorOf(
  world: Pick<ObservePlatform, 'handOn' | 'clock' | 'log'>,
  items: Pick<Segments, 'begin' | 'begun'>,
  next: Start,
  mine: Pick<Begun, 'by' | 'startAt'>
): Successor {
  const { deploymentId, part } = next
  const real = async (): Promise<Begun | undefined> => realPart(await items.begun(part))
  return {
    async ask() {
      try {
        await world.handOn(next)
      } catch (error) {
        const why = describeError(error)
        world.log('error', 'not handed on', { deployment: deploymentId, why })
      }
    },
    async begun() {
      try {
        return await real()
      } catch (error) {
        const why = describeError(error)
        world.log('warn', 'ledger not read', { deployment: deploymentId, why })
        return undefined
      }
    },
    close: () =>
      retry(world, 'closing the observation', async () =>
        (await items.begin(part, { ...mine, first: -1 })) ? undefined : real()
      )
  }
}

/**
 * The mark that there is no such part is not one: it may be our own, of a
 * write whose answer was lost, or of an earlier attempt of this invocation.
 */
export function realPart(begun: Begun | undefined): Begun | undefined {
  return begun && begun.first >= 0 ? begun : undefined
}
