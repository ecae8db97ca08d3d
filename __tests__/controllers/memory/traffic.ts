import type { Clock } from '../../../src/release/clock.ts'
import { CannotSee } from '../../../src/release/controller.ts'
import type { Snapshot, Stage, Step, StepStatus } from '../../../src/release/snapshot.ts'

/** A deployment of a control plane that exists in this process alone. Times are milliseconds since the epoch. */
export interface Move {
  readonly startedAt: number
  readonly isBack: boolean
  answer?: { readonly verdict: 'go' | 'no-go'; readonly at: number }
  stoppedAt?: number
  /** Its rollback. */
  back?: string
}

/** What it takes to prepare and to move traffic, and how long it waits for an answer. */
const STEP_MS = 10_000
export const HOLD_MS = 3_600_000

/** All that this control plane knows. */
export class MemoryTraffic {
  readonly moves = new Map<string, Move>()
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  begin(isBack = false): string {
    const id = `move-${this.moves.size + 1}`
    this.moves.set(id, { startedAt: this.#clock.now(), isBack })
    return id
  }

  stop(move: Move): void {
    move.stoppedAt = this.#clock.now()
    move.back ??= this.begin(true)
  }

  /** When each step begins; undefined: not yet. */
  snapshot(deploymentId: string): Snapshot {
    const move = this.moves.get(deploymentId)
    if (!move) throw new CannotSee('refused', 'there is no such move')
    const now = this.#clock.now()
    const askedAt = move.startedAt + (move.isBack ? 0 : STEP_MS)
    const { answer } = move
    const isLate = answer === undefined && now >= askedAt + HOLD_MS && !move.isBack
    const movedFrom = move.isBack ? askedAt : answer?.verdict === 'go' ? answer.at : undefined
    const endsAt = movedFrom === undefined ? Infinity : movedFrom + STEP_MS
    const failed = answer?.verdict === 'no-go' || isLate
    if (failed) move.back ??= this.begin(true)
    const isStopped = move.stoppedAt !== undefined && move.stoppedAt < endsAt
    const state = failed
      ? 'failed'
      : isStopped
        ? 'stopped'
        : now >= endsAt
          ? 'succeeded'
          : 'running'
    const asked = failed ? 'Failed' : statusOf(now, askedAt, movedFrom)
    return {
      at: now,
      deploymentId,
      state,
      status: state === 'running' ? 'MOVING' : state.toUpperCase(),
      gate: move.isBack ? 'none' : GATES[isLate ? 'late' : asked],
      isRollback: move.isBack,
      stoppedBy: isStopped ? 'request' : undefined,
      hookTimedOut: isLate,
      error: failed ? { code: 'NO', message: 'the answer was no' } : undefined,
      createdAt: move.startedAt,
      completedAt: state === 'running' ? undefined : now,
      steps: [
        step('PREPARE', 'install', statusOf(now, move.startedAt, askedAt)),
        ...(move.isBack ? [] : [step('ASK', 'gate', asked)]),
        step('MOVE', 'shift', failed ? 'Skipped' : statusOf(now, movedFrom, endsAt)),
        step('SETTLE', 'after-shift', now >= endsAt ? 'Succeeded' : 'Pending')
      ],
      traffic: now >= endsAt && !move.isBack ? { blue: 0, green: 100 } : { blue: 100, green: 0 },
      taskSets: [],
      targets: undefined,
      rollback:
        move.back === undefined ? undefined : { deploymentId: move.back, message: undefined },
      terminationWait: false
    }
  }
}

const GATES = {
  Pending: 'ahead',
  InProgress: 'open',
  Succeeded: 'passed',
  Failed: 'refused',
  late: 'timed-out'
} as const

function statusOf(
  now: number,
  from: number | undefined,
  until: number | undefined
): 'Pending' | 'InProgress' | 'Succeeded' {
  if (from === undefined || now < from) return 'Pending'
  return until !== undefined && now >= until ? 'Succeeded' : 'InProgress'
}

function step(name: string, stage: Stage, status: StepStatus): Step {
  return { name, stage, status, startedAt: undefined, endedAt: undefined, diagnostics: undefined }
}
