import { findGate, settleEffect } from '../../ledger/gates.ts'
import { executionOf } from '../../ledger/hold.ts'
import type { Recorded } from '../../ledger/chain.ts'
import type { Effect, Gate } from '../../ledger/gate.ts'
import type { Platform } from '../platform.ts'

/**
 * Tells CodeDeploy what was decided. Only a decision that is on record has an
 * effect; an effect that is not certain stays NONE and is driven again.
 * Errors: those of the calls.
 */
export async function applyEffect(
  { table, deployments, log }: Platform,
  gate: Recorded
): Promise<Gate> {
  if (gate.state === 'PENDING' || gate.effect !== 'NONE') return gate
  const { id, deploymentId } = gate.facts
  const executionId = await executionOf(table, id)
  const verdict = gate.state === 'APPROVED' ? 'Succeeded' : 'Failed'
  const answer = await deployments.report(deploymentId, executionId, verdict)
  const effect = await effectOf(answer)
  log('info', 'effect', { gate: id, verdict, effect })
  return (await settleEffect(table, gate, effect)) ?? (await findGate(table, id)) ?? gate

  async function effectOf(told: typeof answer): Promise<Exclude<Effect, 'NONE'>> {
    if (told === 'accepted') return 'APPLIED'
    if (told === 'gone') return 'LATE'
    // Somebody has answered this hook: ourselves, with an answer that got lost, or CodeDeploy's own time-out.
    return (await deployments.hookStatus(deploymentId)) === verdict ? 'APPLIED' : 'LATE'
  }
}
