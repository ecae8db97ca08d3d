import type { Answer } from '../../controllers/gate-plane.ts'
import { describeError } from '../../aws/errors.ts'
import { findGate } from '../../ledger/gates.ts'
import { markAnswered } from '../../ledger/gate-results.ts'
import { TOLD_BEFORE, tokenOf } from '../../ledger/hold.ts'
import type { Recorded } from '../../ledger/chain.ts'
import type { Effect, Gate } from '../../ledger/gate.ts'
import type { Hold } from '../../ledger/gate-facts.ts'
import { planeOf } from '../find-plane.ts'
import type { Platform } from '../platform.ts'

/**
 * Answers every hold of the gate with what was decided, one after another. Only a
 * decision that is on record is told to a plane. Each hold is marked by itself, so
 * that whoever goes on after a crash goes on with those that are left. If one
 * cannot be answered, the others are answered all the same: a no has to reach all
 * of them. A hold whose answer is not certain stays NONE and is answered again.
 *
 * Errors: the first of those of the calls.
 */
export async function answerHolds(platform: Platform, gate: Recorded): Promise<Gate> {
  if (gate.state === 'PENDING') return gate
  const answer = gate.state === 'APPROVED' ? 'go' : 'no-go'
  let current: Gate = gate
  const errors: unknown[] = []
  for (const hold of gate.facts.holds) {
    if (current.effects[hold.deploymentId] !== 'NONE') continue
    try {
      current = await answerHold(platform, { ...current, head: gate.head }, hold, answer)
    } catch (error) {
      errors.push(error)
      const { deploymentId: deployment } = hold
      platform.log('warn', 'not answered', { deployment, why: describeError(error) })
    }
  }
  if (errors.length > 0) throw errors[0]
  return current
}

async function answerHold(
  { table, planes, log }: Platform,
  gate: Recorded,
  hold: Hold,
  answer: Answer
): Promise<Gate> {
  const { id } = gate.facts
  const { deploymentId } = hold
  const plane = await planeOf(planes, hold.plane)
  const token = await tokenOf(table, id, hold)
  const effect = token === TOLD_BEFORE ? 'APPLIED' : await tell()
  log('info', 'effect', { gate: id, deployment: deploymentId, answer, effect })
  return (await markAnswered(table, gate, hold, effect)) ?? (await findGate(table, id)) ?? gate

  async function tell(): Promise<Exclude<Effect, 'NONE'>> {
    const how = await plane.answer({ deploymentId, token }, answer)
    if (how === 'accepted') return 'APPLIED'
    if (how === 'gone') return 'LATE'
    // Somebody has answered this hold: ourselves, with an answer that got lost, or the plane's own time-out.
    return (await plane.answered(hold)) === answer ? 'APPLIED' : 'LATE'
  }
}
