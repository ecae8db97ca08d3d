import type { Clients, CloudWatch } from '../../aws/clients.ts'
import type { OptionalReads } from '../../aws/optional-reads.ts'

/** Asks CloudWatch. No answer is `undefined`, and has been said; ours to end, it has not. */
export type Ask = <Answer>(
  right: string,
  call: (cloudwatch: CloudWatch, options: { readonly abortSignal: AbortSignal }) => Promise<Answer>
) => Promise<Answer | undefined>

/** Every call is a look-up of its own, with its own limit of time. */
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
