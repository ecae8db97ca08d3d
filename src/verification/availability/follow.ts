import { stageOf, type Snapshot } from '../../release/snapshot.ts'
import type { PhaseName } from './part.ts'
import type { Prober } from './prober.ts'

/** What tells the phases of a release. */
export type Seen = Pick<Snapshot, 'deploymentId' | 'createdAt' | 'steps'>

export interface PhaseFollower {
  /** Of the deployment, and of its rollback. */
  see(snapshot: Seen): void
  /** When all traffic had moved, milliseconds since the epoch. */
  readonly shiftedAt: number | undefined
}

/** Tells a prober by the steps which phase it is. */
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
