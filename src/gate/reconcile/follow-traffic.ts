import { canonical } from '../../ledger/canonical.ts'
import type { Gate } from '../../ledger/gate.ts'
import { noteTrafficResult } from '../../ledger/gates.ts'
import type { Platform } from '../platform.ts'

/**
 * Notes what has become of the traffic since it was last looked at.
 * Errors: those of CodeDeploy and the table.
 */
export async function followTraffic({ table, deployments }: Platform, gate: Gate): Promise<Gate> {
  const trafficResult = await deployments.trafficResult(gate.facts.deploymentId)
  if (
    !trafficResult ||
    (gate.trafficResult && canonical(trafficResult) === canonical(gate.trafficResult))
  )
    return gate
  return (await noteTrafficResult(table, gate, trafficResult)) ?? gate
}

/** Whether the deployment has ended, whatever its rollback still does. */
export function hasEnded({ trafficResult }: Gate): boolean {
  return trafficResult !== undefined && trafficResult.status !== 'shifting'
}
