import type { Gate } from '../../ledger/gate.ts'
import { findGate, giveUp } from '../../ledger/gates.ts'
import { nobody } from '../decide/reasons.ts'
import type { Platform } from '../platform.ts'
import type { Policy } from '../policy/policy.ts'
import { reconcile } from '../reconcile/reconcile.ts'

/** Closes a gate about which nobody can be asked, and does what follows. Errors: those of the calls. */
export async function failClosed(
  platform: Platform,
  gate: Gate,
  policy: Policy | undefined,
  reason: string
): Promise<void> {
  const { table, clock, log } = platform
  log('error', 'gate fails closed', { gate: gate.facts.id, reason })
  const closed = await giveUp(table, gate, 'FAILED', nobody(clock.now(), reason, policy))
  await reconcile(platform, closed ?? (await findGate(table, gate.facts.id)) ?? gate, undefined)
}
