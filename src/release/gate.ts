import type { ApprovalStatus } from './outcome.ts'
import { stageOf, type Snapshot } from './snapshot.ts'

/** How a person decides in this deployment. */
export type GateKind =
  /** The control plane calls a function before traffic moves, and the function asks a person. */
  | 'hook'
  /** The control plane waits for an explicit continue. */
  | 'continue'
  | 'none'

/** Whether the deployment waits for a person's decision. */
export function waitsForPerson(snapshot: Snapshot, gate: GateKind): boolean {
  return snapshot.state === 'waiting' || (gate === 'hook' && snapshot.gate === 'open')
}

/** The decision as far as the steps show it. Only the ledger knows who decided. */
export function approvalStatus(snapshot: Snapshot | undefined, gate: GateKind): ApprovalStatus {
  if (gate === 'none') return 'not-required'
  if (snapshot === undefined) return 'pending'
  const shift = stageOf(snapshot, 'shift')?.status
  if (snapshot.state === 'succeeded' || shift === 'InProgress' || shift === 'Succeeded') {
    return 'approved'
  }
  if (snapshot.stoppedBy === 'wait-ran-out') return 'expired'
  // Without steps it is not known whether the gate's function failed or another one.
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
