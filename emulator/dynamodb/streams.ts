import type { Clock } from '../clock.ts'
import { matchesPattern } from '../events/pattern.ts'
import type { EventPattern } from '../events/pattern.ts'
import type { Lambda } from '../lambda/functions.ts'

/** A Lambda function that is told of what is written to a table (Lambda's event source mapping). */
export interface StreamMapping {
  readonly table: string
  readonly functionName: string
  /** Of FilterCriteria: which records it is told of. */
  readonly pattern: EventPattern
  /** MaximumRetryAttempts. */
  readonly retries: number
}

/** The streams of an account's tables, as far as functions are mapped to them. */
export interface Streams {
  map(mapping: StreamMapping): void
  /** An item was created, in DynamoDB's own form. */
  inserted(table: string, item: Readonly<Record<string, unknown>>): void
}

export interface StreamsOptions {
  readonly clock: Clock
  readonly closing: AbortSignal
  readonly region: string
  readonly lambda: Pick<Lambda, 'invoke'>
}

/** Lambda polls a stream four times a second (Lambda developer guide, "Polling and batching streams"). */
const POLL_MS = 250

/**
 * Each record comes in a batch of its own, and of inserts alone; those are what
 * the gate maps. Several batches of one shard do not wait for each other here.
 */
export function createStreams({ clock, closing, region, lambda }: StreamsOptions): Streams {
  const mappings: StreamMapping[] = []
  let records = 0
  return {
    map: (mapping) => void mappings.push(mapping),
    inserted(table, item) {
      const record = {
        eventID: String(++records).padStart(32, '0'),
        eventName: 'INSERT',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: region,
        dynamodb: {
          ApproximateCreationDateTime: Math.floor(clock.now() / 1000),
          Keys: { pk: item['pk'], sk: item['sk'] },
          NewImage: item,
          StreamViewType: 'NEW_IMAGE'
        }
      }
      for (const mapping of mappings) {
        if (mapping.table !== table || !matchesPattern(mapping.pattern, record)) continue
        void deliver(mapping, { Records: [record] }).catch(() => undefined)
      }
    }
  }

  /** Rejects when the account closes; what is never taken is lost, as AWS has it. */
  async function deliver({ functionName, retries }: StreamMapping, payload: unknown) {
    for (let attempt = 0; attempt <= retries; attempt++) {
      await clock.sleep(POLL_MS, closing)
      const { functionError } = await lambda.invoke(functionName, payload)
      if (functionError === undefined) return
    }
  }
}
