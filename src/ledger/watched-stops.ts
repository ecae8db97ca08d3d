import { textIn } from '../documents/mapping.ts'
import { LANGUAGES, type Language } from '../words/language.ts'
import { STOPPED_PARTITION, stoppedKey } from './keys.ts'
import type { Item, Table } from './table.ts'
import { expiryOf } from './ttl.ts'

/**
 * A deployment that the watchdog has stopped, and the message that says so. It is kept until the
 * message can say how the rollback has ended.
 */
export interface WatchedStop {
  readonly plane: string
  readonly deploymentId: string
  /** When it was stopped, in milliseconds since the epoch. */
  readonly at: number
  /** Where the message is in Slack. */
  readonly channel: string
  readonly ts: string
  /** What the message says and goes on to say. */
  readonly language: Language
  readonly watchedAs: string
  readonly because: string
}

/** CodeDeploy keeps the old tasks for two days at most (its API reference, BlueInstanceTerminationOption). */
const STORED_DAYS = 3

/** Keeps it, once. Errors: those of the table. */
export async function keepStop(table: Pick<Table, 'create'>, stop: WatchedStop): Promise<void> {
  const key = stoppedKey(stop.plane, stop.deploymentId)
  await table.create({ ...key, ...stop, ttl: expiryOf(stop.at, STORED_DAYS) })
}

/** All that were stopped in the last days. Errors: those of the table. */
export async function watchedStops(table: Pick<Table, 'query'>): Promise<readonly WatchedStop[]> {
  return (await table.query(STOPPED_PARTITION)).flatMap(readStop)
}

function readStop(item: Item): WatchedStop[] {
  const text = (name: string): string => textIn(item, name) ?? ''
  const { at } = item
  const deploymentId = text('deploymentId')
  const ts = text('ts')
  if (deploymentId === '' || ts === '' || typeof at !== 'number') return []
  return [
    {
      plane: text('plane'),
      deploymentId,
      at,
      channel: text('channel'),
      ts,
      language: LANGUAGES.find((each) => each === item['language']) ?? 'en',
      watchedAs: text('watchedAs'),
      because: text('because')
    }
  ]
}
