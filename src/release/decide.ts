import { outcomeByLedger, type GateDecision } from './decision.ts'
import type { Followed } from './followed.ts'
import type { Outcome } from './outcome.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * The outcome of a deployment that has failed or was stopped, by cause. Without
 * a ledger (`decision` undefined) a failed gate counts as rejected, unless its
 * time ran out.
 */
export function outcomeOfFailure(
  ended: Snapshot,
  { gate, onlyHook }: Pick<Followed, 'gate' | 'onlyHook'>,
  decision?: GateDecision
): Outcome {
  if (ended.state === 'stopped') {
    return ended.stoppedBy === 'wait-ran-out' ? 'expired' : 'stopped'
  }
  // Without steps, a function that failed is the gate's only if no other one runs.
  const isKnown = ended.steps !== undefined || onlyHook
  if (gate !== 'hook' || !isKnown) return 'failed'
  switch (ended.gate) {
    case 'timed-out':
      return 'expired'
    case 'refused':
      return outcomeByLedger(decision) ?? 'rejected'
    case 'unreached':
      // The function could not be asked: nobody has rejected anything.
      return outcomeByLedger(decision) ?? 'failed'
    default:
      return 'failed'
  }
}
