import type { Mapping } from '../documents/mapping.ts'
import { measuredKey } from './keys.ts'
import { expiryOf } from './ttl.ts'
import type { Item, Key, Table } from './table.ts'

/*
 * What the functions that observe production one after another tell each
 * other, where only they may write:
 *   <deployment>#observed#<part>#begun   who measures this part, written once
 *   <deployment>#observed#<part>         what was measured up to its end
 *   <deployment>#observed#stopped        a broken limit has stopped the deployment
 * Nothing reads it once the evidence is written.
 */

/** How long they are stored. */
const STORED_DAYS = 14

/** One part of the observation, which one function measures. Parts count from 0. */
export interface Begun {
  /** The invocation that measures it; Lambda's retries of an invocation have its id. */
  readonly by: string
  /** The first request of the schedule that is its own; -1: there is no such part, the one before it was the last. */
  readonly first: number
  /** When request 0 of the schedule goes, milliseconds since the epoch. */
  readonly startAt: number
}

/** All that was measured up to the end of a part. */
export interface Segment {
  /** As `partText` has it. */
  readonly part: string
  /** The first request of the schedule that is not in it. */
  readonly next: number
  /** Requests of the schedule that nobody sent. */
  readonly missed: number
  /** Why something that was measured is not in it; empty where nothing is missing. */
  readonly lost: string
}

export interface Segments {
  /** True where this invocation measures the part from now on. */
  begin(part: number, begun: Begun): Promise<boolean>
  begun(part: number): Promise<Begun | undefined>
  keep(part: number, observed: Segment): Promise<void>
  kept(part: number): Promise<Segment | undefined>
  /** Says that the deployment was stopped for this reason. */
  stopped(reason: string): Promise<void>
}

/** Errors of all of them: those of the table. */
export function segmentsOf(
  table: Pick<Table, 'get' | 'create'>,
  service: string,
  deploymentId: string,
  now: () => number
): Segments {
  const partKey = (part: number): Key =>
    measuredKey(service, `${deploymentId}#observed#${String(part).padStart(4, '0')}`)
  const begunKey = (part: number): Key => {
    const { pk, sk } = partKey(part)
    return { pk, sk: `${sk}#begun` }
  }
  const create = (item: Item): Promise<boolean> =>
    table.create({ ...item, ttl: expiryOf(now(), STORED_DAYS) })
  const read = async (key: Key): Promise<Mapping> => (await table.get(key)) ?? {}
  return {
    begin: (part, begun) => create({ ...begunKey(part), ...begun }),
    async begun(part) {
      const { by, first, startAt } = await read(begunKey(part))
      if (typeof by !== 'string' || typeof first !== 'number' || typeof startAt !== 'number') {
        return undefined
      }
      return { by, first, startAt }
    },
    async keep(part, observed) {
      await create({ ...partKey(part), ...observed })
    },
    async kept(part) {
      const { part: text, next, missed, lost } = await read(partKey(part))
      if (typeof text !== 'string' || typeof lost !== 'string') return undefined
      if (typeof next !== 'number' || typeof missed !== 'number') return undefined
      return { part: text, next, missed, lost }
    },
    async stopped(reason) {
      await create({ ...stoppedKey(service, deploymentId), reason })
    }
  }
}

/** Why the observation has stopped the deployment; undefined: it has not. Errors: those of the table. */
export async function stoppedByObserver(
  table: Pick<Table, 'get'>,
  service: string,
  deploymentId: string
): Promise<string | undefined> {
  const reason = (await table.get(stoppedKey(service, deploymentId)))?.['reason']
  return typeof reason === 'string' ? reason : undefined
}

function stoppedKey(service: string, deploymentId: string): Key {
  return measuredKey(service, `${deploymentId}#observed#stopped`)
}
