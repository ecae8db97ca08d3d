import { GATE_EVENT } from '../appspec/model.ts'
import { SHIFT_EVENT, type GateKind } from './gate.ts'
import type { WaitFor } from './settings.ts'
import { eventNamed, isTerminal, type Snapshot } from './snapshot.ts'

/** Whether the job has waited long enough: the deployment has come as far as `wait-for` asks. */
export function goalReached(goal: WaitFor, snapshot: Snapshot, gate: GateKind): boolean {
  if (snapshot.status === 'Succeeded') return true
  if (goal === 'started') return true
  if (isTerminal(snapshot.status)) return false
  const succeeded = (event: string): boolean => eventNamed(snapshot, event)?.status === 'Succeeded'
  const shifting = ['InProgress', 'Succeeded'].includes(
    eventNamed(snapshot, SHIFT_EVENT)?.status ?? ''
  )
  switch (goal) {
    case 'test-traffic':
      return succeeded('AllowTestTraffic')
    case 'approval':
      return gate === 'continue' ? shifting : succeeded(GATE_EVENT)
    // A hook after the shift may still find fault and roll back: the shift counts once it has passed.
    case 'traffic-shifted':
      return succeeded(SHIFT_EVENT) && succeeded('AfterAllowTraffic')
    case 'completed':
      return false
  }
}

/**
 * Whether all production traffic is on green: from here on a cancel leaves the
 * release alone.
 */
export function fullyShifted(snapshot: Snapshot): boolean {
  return snapshot.terminationWait || eventNamed(snapshot, SHIFT_EVENT)?.status === 'Succeeded'
}

/** Whether production traffic has begun to move. */
export function shiftBegun(snapshot: Snapshot): boolean {
  const shift = eventNamed(snapshot, SHIFT_EVENT)?.status
  return (
    snapshot.terminationWait ||
    shift === 'InProgress' ||
    shift === 'Succeeded' ||
    (snapshot.traffic?.green ?? 0) > 0
  )
}
