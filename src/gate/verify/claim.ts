import { evidenceKey } from '../../ledger/evidence-item.ts'
import { measuredKey, serviceId } from '../../ledger/keys.ts'
import { expiryOf } from '../../ledger/ttl.ts'
import type { Announced } from '../../verification/file/announced.ts'
import type { Hold } from '../../ledger/gate-facts.ts'
import type { VerifyPlatform } from './platform.ts'

const LOOKS_MS = 3_000
/** How long the note is stored; the deployment is long over then. */
const STORED_DAYS = 7

/**
 * Whether this invocation is the one that asks green. How often CodeDeploy
 * invokes a hook is not documented (aws-semantics 1.2), and two invocations that
 * place orders at once would find out less than one. The second one waits until
 * the evidence is there, or until the first one's time is over. A retry by Lambda
 * has the first one's request id, and takes over at once.
 * Errors: those of the ledger.
 */
export async function claim(
  { table, clock }: Pick<VerifyPlatform, 'table' | 'clock'>,
  { cluster, service, deploymentId }: Hold,
  {
    requestId,
    until,
    wanted
  }: {
    readonly requestId: string
    /** Milliseconds since the epoch: when this invocation ends asking. */
    readonly until: number
    readonly wanted: readonly Announced[]
  }
): Promise<boolean> {
  const id = serviceId(cluster, service)
  const key = measuredKey(id, `${deploymentId}#verifying`)
  const ttl = expiryOf(clock.now(), STORED_DAYS)
  if (await table.create({ ...key, by: requestId, until, ttl })) return true
  const held = await table.get(key)
  if (!held || held['by'] === requestId) return true
  const over = typeof held['until'] === 'number' ? held['until'] : 0
  while (clock.now() < Math.min(over, until)) {
    if (await isThere()) return false
    await clock.sleep(LOOKS_MS)
  }
  return clock.now() < until

  async function isThere(): Promise<boolean> {
    const items = await Promise.all(
      wanted.map(({ name }) => table.get(evidenceKey(id, deploymentId, name, 'function')))
    )
    return items.every((item) => item !== undefined)
  }
}
