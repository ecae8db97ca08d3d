import { describeError } from '../../aws/errors.ts'
import { stoppedByObserver } from '../../ledger/availability-segments.ts'
import { canonical } from '../../ledger/canonical.ts'
import type { Gate, TrafficResult } from '../../ledger/gate.ts'
import type { Hold } from '../../ledger/gate-facts.ts'
import { noteTrafficResult } from '../../ledger/gate-results.ts'
import { serviceId } from '../../ledger/keys.ts'
import { watchMarks } from '../../ledger/watch-marks.ts'
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

async function followHold(platform: Platform, gate: Gate, hold: Hold): Promise<Gate> {
  const { table, planes } = platform
  const plane = await planeOf(planes, hold.plane)
  const told = await plane.trafficResult(hold)
  if (!told) return gate
  const known = gate.trafficResults[hold.deploymentId]
  const result = told.status === 'stopped' ? { ...told, ...(await stopper(platform, hold)) } : told
  if (known && canonical(result) === canonical(known)) return gate
  return (await noteTrafficResult(table, gate, hold, result)) ?? gate
}

/** Who of the gate's own functions has stopped the deployment, and why. */
async function stopper(
  { table, clock }: Platform,
  { plane, cluster, service, deploymentId }: Hold
): Promise<Pick<TrafficResult, 'stoppedBy' | 'stoppedBecause'>> {
  const limit = await stoppedByObserver(table, serviceId(cluster, service), deploymentId)
  if (limit !== undefined) return { stoppedBy: 'observer', stoppedBecause: limit }
  const marks = await watchMarks(table, plane, deploymentId, () => clock.now()).read()
  return marks.get('result')?.text === 'stopped' ? { stoppedBy: 'watchdog' } : {}
}
