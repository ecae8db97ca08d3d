import { changes } from './changes.ts'
import type { Clock } from './clock.ts'
import { CannotSee, type Controller } from './controller.ts'
import type { GateKind } from './gate.ts'
import { goalReached } from './goal.ts'
import { pollIntervalAfter, pollIntervalAfterFailure } from './poll-interval.ts'
import type { WaitFor } from './settings.ts'
import { isTerminal, type Snapshot } from './snapshot.ts'
import type { TimelineEvent } from './timeline.ts'

export interface WatchOptions {
  readonly controller: Controller
  readonly clock: Clock
  readonly random: () => number
  readonly deploymentId: string
  readonly goal: WaitFor
  readonly gate: GateKind
  /** Milliseconds since the epoch. */
  readonly deadline: number
  readonly cancelled: AbortSignal
  readonly emit: (event: TimelineEvent) => void
  /** Called with every snapshot. */
  readonly onSnapshot: (snapshot: Snapshot) => void
  /** Called before each wait for the next read. `failures` counts the reads that failed in a row. */
  readonly onWait?: ((last: Snapshot | undefined, failures: number) => void) | undefined
}

/** How the watch ended. `last` is the newest snapshot, if there is one. */
export type WatchEnding =
  | { readonly kind: 'goal'; readonly last: Snapshot }
  /** The deployment has failed or was stopped. */
  | { readonly kind: 'ended'; readonly last: Snapshot }
  | { readonly kind: 'deadline'; readonly last: Snapshot | undefined }
  | { readonly kind: 'cancelled'; readonly last: Snapshot | undefined }
  /** The deployment can no longer be read, and goes on without this job. */
  | { readonly kind: 'lost'; readonly last: Snapshot | undefined; readonly reason: string }

/**
 * If no read has succeeded for this long when the deadline comes, the deployment's end is
 * not known.
 */
const STALE_MS = 120_000
/** If the credentials have expired, one more read is tried, because a renewal may be under way. */
const CREDENTIAL_READS = 2

/**
 * Watches one deployment until its goal, its end, the deadline, a cancel, or until it can no
 * longer be read.
 */
export async function watch(options: WatchOptions): Promise<WatchEnding> {
  const { controller, clock, random, deploymentId, goal, gate, deadline, cancelled, emit } = options
  let last: Snapshot | undefined
  let failures = 0
  let detail = true
  for (let reads = 1; ; reads++) {
    if (cancelled.aborted) return { kind: 'cancelled', last }
    let waitMs: number
    try {
      let read = await controller.read(deploymentId, detail)
      // The last snapshot needs all details, whatever the poll interval said.
      if (isTerminal(read.state) && !detail) read = await controller.read(deploymentId, true)
      const snapshot = carryOver(last, read)
      for (const event of changes(last, snapshot, gate)) emit(event)
      failures = 0
      last = snapshot
      options.onSnapshot(snapshot)
      if (goalReached(goal, snapshot, gate)) return { kind: 'goal', last }
      if (isTerminal(snapshot.state)) return { kind: 'ended', last }
      const next = pollIntervalAfter(snapshot, gate, reads)
      waitMs = next.waitMs
      detail = next.detail
    } catch (error) {
      if (!(error instanceof CannotSee)) throw error
      failures++
      const reason = error.message
      if (error.blindness === 'denied' || error.blindness === 'refused') {
        return { kind: 'lost', last, reason }
      }
      if (error.blindness === 'credentials' && failures >= CREDENTIAL_READS) {
        return { kind: 'lost', last, reason }
      }
      if (failures === 1) {
        emit({ kind: 'trouble', at: clock.now(), what: 'reading the deployment', reason })
      }
      waitMs = pollIntervalAfterFailure(failures, random())
    }
    const left = deadline - clock.now()
    if (left <= 0) {
      const stale = failures > 0 && (last === undefined || clock.now() - last.at > STALE_MS)
      if (stale) return { kind: 'lost', last, reason: 'it could not be read for minutes' }
      return { kind: 'deadline', last }
    }
    options.onWait?.(last, failures)
    try {
      await clock.sleep(Math.min(waitMs, left), cancelled)
    } catch {
      return { kind: 'cancelled', last }
    }
  }
}

/** A read without detail keeps the details of the last read that had them. */
function carryOver(last: Snapshot | undefined, read: Snapshot): Snapshot {
  if (last === undefined) return read
  return {
    ...read,
    steps: read.steps ?? last.steps,
    gate: read.steps === undefined && last.steps !== undefined ? last.gate : read.gate,
    traffic: read.traffic ?? last.traffic,
    taskSets: read.taskSets.length > 0 ? read.taskSets : last.taskSets,
    targets: read.targets ?? last.targets,
    stoppedTasks: read.stoppedTasks ?? last.stoppedTasks
  }
}
