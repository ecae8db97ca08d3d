import { GATE_EVENT } from '../appspec/model.ts'
import type { ApprovalStatus } from './outcome.ts'
import { eventNamed, type Snapshot } from './snapshot.ts'

/** Where a person decides in this deployment. */
export type GateKind =
  /** The BeforeAllowTraffic hook's function asks. */
  | 'hook'
  /** The deployment group waits for ContinueDeployment. */
  | 'continue'
  | 'none'

export const SHIFT_EVENT = 'AllowTraffic'

/** AWS's words when a hook's hour, or the READY wait, has run out (aws-semantics 1.2 and 1.3). */
const CALLBACK_TIMED_OUT = /timed out while waiting for a status callback/i
const READY_TIMED_OUT = /timed out while waiting for a notification to continue/i

export function callbackTimedOut(snapshot: Snapshot): boolean {
  const diagnostics = eventNamed(snapshot, GATE_EVENT)?.diagnostics?.message ?? ''
  return (
    CALLBACK_TIMED_OUT.test(snapshot.error?.message ?? '') || CALLBACK_TIMED_OUT.test(diagnostics)
  )
}

export function readyWaitRanOut(snapshot: Snapshot): boolean {
  return snapshot.status === 'Stopped' && READY_TIMED_OUT.test(snapshot.error?.message ?? '')
}

/** Whether the deployment stands still until a person decides. */
export function waitsForPerson(snapshot: Snapshot, gate: GateKind): boolean {
  if (snapshot.status === 'Ready') return true
  return gate === 'hook' && eventNamed(snapshot, GATE_EVENT)?.status === 'InProgress'
}

/** What the lifecycle events tell of the decision; who decided is the ledger's to tell. */
export function approvalStatus(snapshot: Snapshot | undefined, gate: GateKind): ApprovalStatus {
  if (gate === 'none') return 'not-required'
  if (snapshot === undefined) return 'pending'
  const shift = eventNamed(snapshot, SHIFT_EVENT)?.status
  if (snapshot.status === 'Succeeded' || shift === 'InProgress' || shift === 'Succeeded') {
    return 'approved'
  }
  if (readyWaitRanOut(snapshot)) return 'expired'
  if (gate === 'continue') return 'pending'
  switch (eventNamed(snapshot, GATE_EVENT)?.status) {
    case 'Succeeded':
      return 'approved'
    case 'Failed':
      if (snapshot.status === 'Stopped') return 'pending'
      return callbackTimedOut(snapshot) ? 'expired' : 'rejected'
    default:
      return 'pending'
  }
}
