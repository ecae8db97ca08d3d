import type { RequestPlane } from '../../src/controllers/gate-plane.ts'
import type { Platform } from '../../src/gate/platform.ts'
import { reconcile } from '../../src/gate/reconcile/reconcile.ts'
import { expiryOfGate, factsOf, type FindRequester } from '../../src/gate/request/facts.ts'
import type { Holds } from '../../src/ledger/gate-facts.ts'
import { openGate } from '../../src/ledger/gates.ts'
import { gateId } from '../../src/ledger/keys.ts'

/**
 * Opens one gate for several deployments, as a function will do it that has heard of all of them,
 * and returns its id. The request function hears of one.
 */
export async function openForAll(
  platform: Platform<RequestPlane>,
  plane: RequestPlane,
  findRequester: FindRequester,
  holds: Holds,
  tokens: readonly [string, ...string[]]
): Promise<string> {
  const policy = await platform.policy()
  const described = await plane.describe(holds[0].deploymentId)
  const one = await factsOf(platform, plane, findRequester, described, tokens[0], policy)
  const id = gateId(one.releaseId, tokens)
  const facts = { ...one, id, holds, expiresAt: expiryOfGate(holds) }
  const { gate } = await openGate(platform.table, facts, tokens)
  await reconcile(platform, gate, policy)
  return id
}
