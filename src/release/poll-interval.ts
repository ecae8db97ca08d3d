import { waitsForPerson, type GateKind } from './gate.ts'
import { stageOf, type Snapshot } from './snapshot.ts'

export interface PollInterval {
  readonly waitMs: number
  /** Whether the next read asks for more than the status. */
  readonly detail: boolean
}

/** While something moves. */
const MOVING_MS = 5_000
/** While a person decides, or nothing can happen but the end of a wait: at most 15 calls a minute in all. */
const WAITING_MS = 7_000
/** The first reads come quickly: a small release is through its first events within seconds. */
const FIRST_MS = [1_000, 2_000, 3_000] as const

/** How long to wait before read number `reads` (the first one is 1), and what it asks for. */
export function pollIntervalAfter(snapshot: Snapshot, gate: GateKind, reads: number): PollInterval {
  const first = FIRST_MS[reads - 1]
  if (snapshot.terminationWait) {
    // A read without detail may be the first to hear of the wait; that traffic has moved is still to be seen.
    const isSeen = stageOf(snapshot, 'shift')?.status === 'Succeeded'
    return { waitMs: WAITING_MS, detail: !isSeen }
  }
  if (waitsForPerson(snapshot, gate)) return { waitMs: WAITING_MS, detail: reads % 2 === 0 }
  return { waitMs: first ?? MOVING_MS, detail: true }
}

const BACKOFF_LONGEST_MS = 60_000

/** How long to wait after the `failures`-th read in a row that failed; `random` is 0 to 1. */
export function pollIntervalAfterFailure(failures: number, random: number): number {
  const ceiling = Math.min(BACKOFF_LONGEST_MS, MOVING_MS * 2 ** (failures - 1))
  return Math.round(ceiling / 2 + (ceiling / 2) * random)
}
