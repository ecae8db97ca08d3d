import { canonical } from '../../ledger/canonical.ts'
import type { Gate } from '../../ledger/gate.ts'
import { noteFate } from '../../ledger/gates.ts'
import type { Platform } from '../platform.ts'

/**
 * Notes what has become of the traffic since it was last looked at.
 * Errors: those of CodeDeploy and the table.
 */
export async function followFate({ table, deployments }: Platform, gate: Gate): Promise<Gate> {
  const fate = await deployments.fate(gate.facts.deploymentId)
  if (!fate || (gate.fate && canonical(fate) === canonical(gate.fate))) return gate
  return (await noteFate(table, gate, fate)) ?? gate
}

/** Whether the deployment has ended, whatever its rollback still does. */
export function hasEnded({ fate }: Gate): boolean {
  return fate !== undefined && fate.status !== 'shifting'
}
