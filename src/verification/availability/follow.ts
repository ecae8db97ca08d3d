import { stageOf, type Snapshot } from '../../release/snapshot.ts'
import type { PhaseName } from './part.ts'
import type { Prober } from './prober.ts'

/** The part of a snapshot that tells the phase of a release. */
export type Seen = Pick<Snapshot, 'deploymentId' | 'createdAt' | 'steps'>

export interface PhaseFollower {
  /** To be called with snapshots of the deployment and of its rollback. */
  see(snapshot: Seen): void
  /** When all traffic had moved, milliseconds since the epoch. */
  readonly shiftedAt: number | undefined
}

/** Tells a prober the phase of the release, which it derives from the steps. */
export function follower(prober: Pick<Prober, 'enter'>, deploymentId: string): PhaseFollower {
  let shiftedAt: number | undefined
  const entered = new Set<PhaseName>()
  // Every snapshot also shows the phases that are over, but a prober cannot go back to them, so
  // each is entered once.
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
      // The phase begins at AWS's time, because the snapshot that shows it comes seconds later.
      const gate = stageOf(snapshot, 'gate')
      if (hasBegun(gate)) enter('gate', gate.startedAt)
      const shift = stageOf(snapshot, 'shift')
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

type SeenStage = ReturnType<typeof stageOf>

function hasBegun(stage: SeenStage): stage is NonNullable<SeenStage> {
  return stage !== undefined && stage.status !== 'Pending' && stage.status !== 'Skipped'
}
