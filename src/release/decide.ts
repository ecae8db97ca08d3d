import { GATE_EVENT } from '../appspec/model.ts'
import { outcomeByLedger, type GateDecision } from './decision.ts'
import { callbackTimedOut, readyWaitRanOut, type GateKind } from './gate.ts'
import type { Outcome } from './outcome.ts'
import { eventNamed, type Snapshot } from './snapshot.ts'

/** What is known of the gate when a deployment has ended. */
export interface GateFacts {
  readonly gate: GateKind
  /** The gate's function is the only one in the AppSpec, so a failed hook can only be the gate. */
  readonly onlyHook: boolean
}

/**
 * Codes with which AWS says that the gate's function could not be asked at
 * all: nobody has rejected anything.
 */
const NOT_ASKED = new Set([
  'IAM_ROLE_MISSING',
  'IAM_ROLE_PERMISSIONS',
  'INVALID_LAMBDA_FUNCTION',
  'INTERNAL_ERROR',
  'THROTTLED'
])

/**
 * The outcome of a deployment that ended as Failed or Stopped, by cause. Without
 * a ledger (`decision` undefined) a failed gate counts as rejected, unless AWS
 * says that its time ran out.
 */
export function outcomeOfFailure(
  ended: Snapshot,
  { gate, onlyHook }: GateFacts,
  decision?: GateDecision
): Outcome {
  if (ended.status === 'Stopped') return readyWaitRanOut(ended) ? 'expired' : 'stopped'
  if (gate !== 'hook') return 'failed'
  if (!gateFailed(ended, onlyHook)) return 'failed'
  if (callbackTimedOut(ended)) return 'expired'
  const told = outcomeByLedger(decision)
  if (told !== undefined) return told
  return NOT_ASKED.has(ended.error?.code ?? '') ? 'failed' : 'rejected'
}

function gateFailed(ended: Snapshot, onlyHook: boolean): boolean {
  if (ended.lifecycle !== undefined) return eventNamed(ended, GATE_EVENT)?.status === 'Failed'
  const hookFailed = ended.error?.code === 'HOOK_EXECUTION_FAILURE' || callbackTimedOut(ended)
  return onlyHook && hookFailed
}
