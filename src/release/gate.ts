import type { ApprovalStatus } from './outcome.ts'
import { stageOf, type Snapshot } from './snapshot.ts'

/** Where a person decides in this deployment. */
export type GateKind =
  /** A function that the control plane calls before traffic moves asks. */
  | 'hook'
  /** The control plane waits for an explicit continue. */
  | 'continue'
  | 'none'

/** Whether the deployment stands still until a person decides. */
export function waitsForPerson(snapshot: Snapshot, gate: GateKind): boolean {
  return snapshot.state === 'waiting' || (gate === 'hook' && snapshot.gate === 'open')
}

/** What the steps tell of the decision; who decided is the ledger's to tell. */
export function approvalStatus(snapshot: Snapshot | undefined, gate: GateKind): ApprovalStatus {
  if (gate === 'none') return 'not-required'
  if (snapshot === undefined) return 'pending'
  const shift = stageOf(snapshot, 'shift')?.status
  if (snapshot.state === 'succeeded' || shift === 'InProgress' || shift === 'Succeeded') {
    return 'approved'
  }
  if (snapshot.stoppedBy === 'wait-ran-out') return 'expired'
  // Without steps it is not known whether it was the gate's function that failed.
  if (gate === 'continue' || snapshot.steps === undefined) return 'pending'
  switch (snapshot.gate) {
    case 'passed':
      return 'approved'
    case 'timed-out':
      return 'expired'
    case 'refused':
    case 'unreached':
      return 'rejected'
    default:
      return 'pending'
  }
}
