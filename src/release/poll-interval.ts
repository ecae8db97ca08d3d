import { waitsForPerson, type GateKind } from './gate.ts'
import { stageOf, type Snapshot } from './snapshot.ts'

export interface PollInterval {
  readonly waitMs: number
  /** Whether the next read asks for more than the status. */
  readonly detail: boolean
}

/** The interval while steps or traffic move. */
const MOVING_MS = 5_000
/**
 * The interval while a person decides, or while only a wait has to end. It keeps the job at
 * 15 calls a minute at most.
 */
const WAITING_MS = 7_000
/**
 * The first reads follow each other quickly, because a small release passes its first events
 * within seconds.
 */
const FIRST_MS = [1_000, 2_000, 3_000] as const

/** How long to wait after `reads` reads, and what the next read asks for. */
export function pollIntervalAfter(snapshot: Snapshot, gate: GateKind, reads: number): PollInterval {
  const first = FIRST_MS[reads - 1]
  if (snapshot.terminationWait) {
    // If the read that first shows the termination wait had no detail, the end of the shift has not
    // been seen yet.
    const isSeen = stageOf(snapshot, 'shift')?.status === 'Succeeded'
    return { waitMs: WAITING_MS, detail: !isSeen }
  }
  if (waitsForPerson(snapshot, gate)) return { waitMs: WAITING_MS, detail: reads % 2 === 0 }
  return { waitMs: first ?? MOVING_MS, detail: true }
}

const BACKOFF_LONGEST_MS = 60_000

/** How long to wait after `failures` failed reads in a row, in milliseconds; `random` is 0 to 1. */
export function pollIntervalAfterFailure(failures: number, random: number): number {
  const ceiling = Math.min(BACKOFF_LONGEST_MS, MOVING_MS * 2 ** (failures - 1))
  return Math.round(ceiling / 2 + (ceiling / 2) * random)
}
