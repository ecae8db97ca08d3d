import { say } from '../words/say.ts'
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
/** How often the end is read, and after how long again, if its steps are missing. */
const END_READS = 4
const END_READ_MS = 2_000
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
      if (isTerminal(read.state)) read = await readWholly(options, last, read)
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
        emit({ kind: 'trouble', at: clock.now(), what: say`reading the deployment`, reason })
      }
      waitMs = pollIntervalAfterFailure(failures, random())
    }
    const left = deadline - clock.now()
    if (left <= 0) {
      const stale = failures > 0 && (last === undefined || clock.now() - last.at > STALE_MS)
      if (stale) return { kind: 'lost', last, reason: say`it could not be read for minutes` }
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

/**
 * The end with its details, whatever the poll interval said. Its steps tell a rejection from
 * another failure, so if the role may read them (it did before) and they are missing all the
 * same, as after throttling, they are read again.
 */
async function readWholly(
  { controller, clock, deploymentId, cancelled }: WatchOptions,
  last: Snapshot | undefined,
  first: Snapshot
): Promise<Snapshot> {
  let read = first
  for (let tries = 0; read.steps === undefined && tries < END_READS; tries++) {
    if (tries > 0) {
      if (last?.steps === undefined) return read
      const wasCancelled = await clock.sleep(END_READ_MS, cancelled).then(
        () => false,
        () => true
      )
      if (wasCancelled) return read
    }
    read = await controller.read(deploymentId, true)
  }
  return read
}

/** A read without detail keeps the details of the last read that had them. */
function carryOver(last: Snapshot | undefined, read: Snapshot): Snapshot {
  if (last === undefined) return read
  return {
    ...read,
    steps: read.steps ?? last.steps,
    gate: read.steps === undefined && last.steps !== undefined ? gateOf(last, read) : read.gate,
    traffic: read.traffic ?? last.traffic,
    taskSets: read.taskSets.length > 0 ? read.taskSets : last.taskSets,
    targets: read.targets ?? last.targets,
    stoppedTasks: read.stoppedTasks ?? last.stoppedTasks
  }
}

/**
 * The gate, from a read without steps. If a function failed while the gate was open, it was the
 * gate's.
 */
function gateOf(last: Snapshot, read: Snapshot): Snapshot['gate'] {
  const isAnswered = last.gate === 'open' && isTerminal(read.state) && read.gate !== 'none'
  return isAnswered ? read.gate : last.gate
}
