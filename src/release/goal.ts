import type { GateKind } from './gate.ts'
import type { WaitFor } from './settings.ts'
import { isTerminal, stageOf, type Snapshot, type Stage } from './snapshot.ts'

/** Whether the deployment has come as far as `wait-for` asks. */
export function goalReached(goal: WaitFor, snapshot: Snapshot, gate: GateKind): boolean {
  if (snapshot.state === 'succeeded') return true
  if (goal === 'started') return true
  if (isTerminal(snapshot.state)) return false
  const succeeded = (stage: Stage): boolean => stageOf(snapshot, stage)?.status === 'Succeeded'
  const shifting = ['InProgress', 'Succeeded'].includes(stageOf(snapshot, 'shift')?.status ?? '')
  switch (goal) {
    case 'test-traffic':
      return succeeded('test-traffic')
    case 'approval':
      return gate === 'continue' ? shifting : snapshot.gate === 'passed'
    // A hook after the shift may still fail and cause a rollback, so the goal is reached only when
    // that hook has passed.
    case 'traffic-shifted':
      return succeeded('shift') && succeeded('after-shift')
    case 'completed':
      return false
  }
}

/**
 * Whether all production traffic is on green. If it is, a cancel does not stop the release
 * any more.
 */
export function fullyShifted(snapshot: Snapshot): boolean {
  return snapshot.terminationWait || stageOf(snapshot, 'shift')?.status === 'Succeeded'
}

/** Whether production traffic has begun to move. */
export function shiftBegun(snapshot: Snapshot): boolean {
  const shift = stageOf(snapshot, 'shift')?.status
  return (
    snapshot.terminationWait ||
    shift === 'InProgress' ||
    shift === 'Succeeded' ||
    (snapshot.traffic?.green ?? 0) > 0
  )
}
