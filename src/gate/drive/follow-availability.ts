import { evidenceKey, readAvailabilityItem } from '../../ledger/evidence-item.ts'
import type { Gate } from '../../ledger/gate.ts'
import { noteAvailability } from '../../ledger/gates.ts'
import { serviceId } from '../../ledger/keys.ts'
import type { Platform } from '../platform.ts'

/** Who measures needs some seconds after the shift, and as long as a rollback takes. */
const PATIENCE_MS = 15 * 60_000

/**
 * Notes what production has shown, once that is in the ledger. Whoever has
 * measured it, job or function, writes it when traffic has come to rest.
 * Errors: those of the table.
 */
export async function followAvailability(
  { table, clock }: Pick<Platform, 'table' | 'clock'>,
  gate: Gate
): Promise<Gate> {
  if (!awaitsAvailability(gate, clock.now())) return gate
  const { deploymentId, cluster, service } = gate.facts
  const item = await table.get(
    evidenceKey(serviceId(cluster, service), deploymentId, 'availability')
  )
  const found = item && readAvailabilityItem(item, deploymentId)
  if (!found) return gate
  const { verdict, total, failed, summary } = found
  return (await noteAvailability(table, gate, { verdict, total, failed, summary })) ?? gate
}

/** Whether it is still to come: the card is followed for so much longer. */
export function awaitsAvailability({ facts, fate, availability }: Gate, now: number): boolean {
  if (facts.release.availability !== true || fate === undefined) return false
  return availability === undefined && (fate.status === 'shifting' || now - fate.at < PATIENCE_MS)
}
