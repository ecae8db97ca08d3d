import { describeError } from '../../aws/errors.ts'
import { canonical } from '../../ledger/canonical.ts'
import type { Gate, Hold } from '../../ledger/gate.ts'
import { noteTrafficResult } from '../../ledger/gates.ts'
import { planeOf } from '../find-plane.ts'
import type { Platform } from '../platform.ts'

/**
 * Notes for each hold what has become of its traffic since it was last looked at.
 * Never throws: a plane that does not answer keeps neither the other holds from
 * being followed nor the gate from expiring.
 */
export async function followTraffic(platform: Platform, gate: Gate): Promise<Gate> {
  let current = gate
  for (const hold of gate.facts.holds) {
    try {
      current = await followHold(platform, current, hold)
    } catch (error) {
      const { deploymentId: deployment } = hold
      platform.log('warn', 'traffic not followed', { deployment, why: describeError(error) })
    }
  }
  return current
}

async function followHold({ table, planes }: Platform, gate: Gate, hold: Hold): Promise<Gate> {
  const plane = await planeOf(planes, hold.plane)
  const result = await plane.trafficResult(hold)
  const known = gate.trafficResults[hold.deploymentId]
  if (!result || (known && canonical(result) === canonical(known))) return gate
  return (await noteTrafficResult(table, gate, hold, result)) ?? gate
}
