import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { AwsError } from '../errors.ts'
import type { Lambda } from './functions.ts'

export interface AsyncGround {
  readonly lambda: Lambda
  readonly clock: Clock
  readonly closing: AbortSignal
}

/** Lambda developer guide, "How Lambda handles errors and retries with asynchronous invocation". */
const WAITS_AFTER_ERRORS_MS = [60_000, 120_000]
const FIRST_WAIT_WHEN_THROTTLED_MS = 1000
const LONGEST_WAIT_WHEN_THROTTLED_MS = 300_000
const LONGEST_AGE_MS = 6 * 3_600_000

/**
 * Invokes as Lambda does for a caller that does not wait: a function error is
 * tried twice more, after one minute and after two, a throttled invocation for
 * six hours. True when an attempt succeeded. Never throws, except AwsError for
 * a function that is not there.
 */
export async function invokeAsync(
  { lambda, clock, closing }: AsyncGround,
  functionName: string,
  payload: unknown
): Promise<boolean> {
  const giveUpAt = clock.now() + LONGEST_AGE_MS
  const waits = [...WAITS_AFTER_ERRORS_MS]
  let throttledMs = FIRST_WAIT_WHEN_THROTTLED_MS
  // A retry is the same request (Lambda developer guide, "Implementing idempotency").
  const requestId = randomUUID()
  for (;;) {
    const outcome = await attempt(lambda, functionName, payload, requestId)
    if (outcome === 'done') return true
    let wait = waits[0]
    if (outcome === 'throttled') {
      wait = throttledMs
      throttledMs = Math.min(LONGEST_WAIT_WHEN_THROTTLED_MS, throttledMs * 2)
    } else waits.shift()
    if (wait === undefined || clock.now() + wait > giveUpAt) return false
    try {
      await clock.sleep(wait, closing)
    } catch {
      return false
    }
  }
}

async function attempt(
  lambda: Lambda,
  functionName: string,
  payload: unknown,
  requestId: string
): Promise<'done' | 'error' | 'throttled'> {
  try {
    const { functionError } = await lambda.invoke(functionName, payload, requestId)
    return functionError === undefined ? 'done' : 'error'
  } catch (error) {
    if (error instanceof AwsError && error.code === 'TooManyRequestsException') return 'throttled'
    throw error
  }
}
