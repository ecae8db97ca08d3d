import { getEvidence, readAvailabilityItem, readEvidenceItem } from '../../ledger/evidence-item.ts'
import type { Gate } from '../../ledger/gate.ts'
import { serviceOf } from '../../ledger/gate-facts.ts'
import { noteAvailability } from '../../ledger/gate-results.ts'
import { trafficResultOf } from '../../ledger/of-all-holds.ts'
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
  const { facts } = gate
  const item = await getEvidence(table, serviceOf(facts), facts.releaseId, 'availability')
  const found = item && readAvailabilityItem(item, facts.releaseId)
  const stored = item && readEvidenceItem(item, facts.releaseId)
  if (!found || !stored) return gate
  const { verdict, total, failed, summary } = found
  // Where it stands says it: CI cannot write where the observer does.
  const measuredBy = stored.measuredBy === 'function' ? 'observer' : 'job'
  const measured = { verdict, total, failed, summary, measuredBy } as const
  return (await noteAvailability(table, gate, measured)) ?? gate
}

/** Whether the availability may still arrive. The sweep follows the gate until then. */
export function awaitsAvailability(gate: Gate, now: number): boolean {
  const { facts, availability } = gate
  const trafficResult = trafficResultOf(gate)
  if (facts.release.availability !== true || trafficResult === undefined) return false
  return (
    availability === undefined &&
    (trafficResult.status === 'shifting' || now - trafficResult.at < PATIENCE_MS)
  )
}
