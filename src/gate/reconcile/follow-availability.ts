import { evidenceKey, readAvailabilityItem } from '../../ledger/evidence-item.ts'
import type { Gate } from '../../ledger/gate.ts'
import { noteAvailability } from '../../ledger/gates.ts'
import { serviceId } from '../../ledger/keys.ts'
import type { Platform } from '../platform.ts'

/** Whoever measures writes the result some seconds after the shift, or after the rollback, which may take minutes. */
const PATIENCE_MS = 15 * 60_000

/**
 * Notes production's availability in the gate once it is in the ledger. The job or
 * the function that has measured it writes it when the traffic no longer moves.
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

/** Whether the availability may still arrive. The sweep follows the gate until then. */
export function awaitsAvailability(
  { facts, trafficResult, availability }: Gate,
  now: number
): boolean {
  if (facts.release.availability !== true || trafficResult === undefined) return false
  return (
    availability === undefined &&
    (trafficResult.status === 'shifting' || now - trafficResult.at < PATIENCE_MS)
  )
}
