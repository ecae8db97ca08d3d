import { GATE_EVENT } from '../../appspec/model.ts'
import { SHIFT_EVENT } from '../../release/gate.ts'
import { eventNamed, type LifecycleEvent, type Snapshot } from '../../release/snapshot.ts'
import type { PhaseName } from './part.ts'
import type { Prober } from './prober.ts'

/** What tells the phases of a release. */
export type Seen = Pick<Snapshot, 'deploymentId' | 'createdAt' | 'lifecycle'>

export interface PhaseFollower {
  /** Of the deployment, and of its rollback. */
  see(snapshot: Seen): void
  /** When all traffic had moved, milliseconds since the epoch. */
  readonly shiftedAt: number | undefined
}

/** Tells a prober by the lifecycle which phase it is. */
export function follower(prober: Pick<Prober, 'enter'>, deploymentId: string): PhaseFollower {
  let shiftedAt: number | undefined
  const entered = new Set<PhaseName>()
  // Every snapshot shows what is over as well, and time does not run back.
  const enter = (phase: PhaseName, at: number | undefined): void => {
    if (entered.has(phase)) return
    entered.add(phase)
    prober.enter(phase, at)
  }
  return {
    see(snapshot) {
      if (snapshot.deploymentId !== deploymentId) {
        enter('rollback', snapshot.createdAt)
        return
      }
      // Phases begin when AWS says so, which is seconds before we hear of it.
      const gate = eventNamed(snapshot, GATE_EVENT)
      if (hasBegun(gate)) enter('gate', gate.startedAt)
      const shift = eventNamed(snapshot, SHIFT_EVENT)
      if (hasBegun(shift)) enter('shift', shift.startedAt)
      if (shift?.status === 'Succeeded') {
        enter('after', shift.endedAt)
        shiftedAt ??= shift.endedAt
      }
    },
    get shiftedAt() {
      return shiftedAt
    }
  }
}

function hasBegun(event: LifecycleEvent | undefined): event is LifecycleEvent {
  return event !== undefined && event.status !== 'Pending' && event.status !== 'Skipped'
}
