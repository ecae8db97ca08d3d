import type { Clients, CloudWatch } from '../../aws/clients.ts'
import type { OptionalReads } from '../../aws/optional-reads.ts'

/**
 * Asks CloudWatch. Resolves with undefined if there is no answer. That has then been
 * reported, unless the caller's signal ended the call.
 */
export type Ask = <Answer>(
  right: string,
  call: (cloudwatch: CloudWatch, options: { readonly abortSignal: AbortSignal }) => Promise<Answer>
) => Promise<Answer | undefined>

/** Every call is an optional look-up of its own, with its own time limit. */
export function asking(
  clients: Pick<Clients, 'cloudwatch'>,
  optionalReads: OptionalReads,
  signal: AbortSignal | undefined
): Ask {
  return async (right, call) => {
    if (signal?.aborted) return undefined
    return optionalReads.read(right, async (limit) => {
      const abortSignal = signal ? AbortSignal.any([limit, signal]) : limit
      try {
        return await call(await clients.cloudwatch(), { abortSignal })
      } catch (error) {
        if (signal?.aborted) return undefined
        throw error
      }
    })
  }
}
