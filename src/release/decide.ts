import { outcomeByLedger, type GateDecision } from './decision.ts'
import type { Followed } from './followed.ts'
import type { Outcome } from './outcome.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * The outcome of a deployment that has failed or was stopped, by cause. Without a ledger
 * (`decision` undefined) a failed gate counts as rejected, unless its time ran out.
 */
export function outcomeOfFailure(
  ended: Snapshot,
  { gate, onlyHook }: Pick<Followed, 'gate' | 'onlyHook'>,
  decision?: GateDecision
): Outcome {
  if (ended.state === 'stopped') {
    return ended.stoppedBy === 'wait-ran-out' ? 'expired' : 'stopped'
  }
  // Without steps it is not known which function failed, unless the gate's function is the only
  // one.
  const isKnown = ended.steps !== undefined || onlyHook
  if (gate !== 'hook' || !isKnown) return 'failed'
  switch (ended.gate) {
    case 'timed-out':
      return 'expired'
    case 'refused':
      return outcomeByLedger(decision) ?? 'rejected'
    case 'unreached':
      // The control plane could not call the function, so nobody has rejected the release.
      return outcomeByLedger(decision) ?? 'failed'
    default:
      return 'failed'
  }
}
