import type { RequestPlane } from '../../controllers/gate-plane.ts'
import { isMapping } from '../../documents/mapping.ts'
import { gatesOf, openGate } from '../../ledger/gates.ts'
import { TOLD_BEFORE } from '../../ledger/hold.ts'
import { IN_LEDGER } from '../decide/reasons.ts'
import { planeOf } from '../find-plane.ts'
import type { Platform } from '../platform.ts'
import { factsOf, type FindRequester } from './facts.ts'
import { failClosed } from './fail-closed.ts'

/**
 * A deployment that carries the gate and has failed, which the ledger may know nothing of. The
 * watchdog invokes the request function with it.
 */
export interface Unrecorded {
  readonly unrecorded: { readonly plane: string; readonly deploymentId: string }
}

/** Returns undefined for any other event. */
export function unrecordedIn(event: unknown): Unrecorded['unrecorded'] | undefined {
  const found = isMapping(event) ? event['unrecorded'] : undefined
  const { plane, deploymentId } = isMapping(found) ? found : {}
  return typeof plane === 'string' && typeof deploymentId === 'string'
    ? { plane, deploymentId }
    : undefined
}

/**
 * Puts a no on record that the ledger does not know of: the request function was never invoked, or
 * could not reach the ledger before CodeDeploy was told. It does so only if the plane itself says
 * that the gate's hold has failed and the release has no gate, so whoever invokes it with another
 * deployment changes nothing. If it is invoked again, it goes on where it was cut off.
 * Errors: those of the calls.
 */
export async function putOnRecord(
  platform: Platform<RequestPlane>,
  findRequester: FindRequester,
  { plane: kind, deploymentId }: Unrecorded['unrecorded']
): Promise<void> {
  const { planes, table, log } = platform
  const plane = await planeOf(planes, kind)
  const deployment = await plane.describe(deploymentId)
  if (deployment.isRollback || deployment.answered !== 'no-go') return
  const policy = await platform.policy().catch(() => undefined)
  const facts = await factsOf(platform, plane, findRequester, deployment, TOLD_BEFORE, policy)
  const known = await gatesOf(table, facts.releaseId)
  if (known.some(({ facts: { id } }) => id !== facts.id)) return
  const { gate } = await openGate(table, facts, [TOLD_BEFORE])
  log('warn', 'put on record late', { gate: gate.facts.id, deployment: deploymentId })
  await failClosed(platform, gate, policy, IN_LEDGER['told-before']())
}
