import { say } from '../words/say.ts'
import { duration } from './elapsed.ts'
import type { EventWords } from './event-words.ts'
import { waitsForPerson, type GateKind } from './gate.ts'
import { utc, utcTime } from './report-words.ts'
import { stageOf, type Snapshot, type Step } from './snapshot.ts'

/** Until when something is waited for, in milliseconds since the epoch. */
export interface Waiting {
  readonly gate: GateKind
  readonly now: number
  /** The job's own deadline. */
  readonly deadline: number
  /** Who waits besides the job, and how long it does; undefined if only the job waits. */
  readonly limits:
    | { readonly by: string; readonly greenMinutes: number; readonly gateMinutes: number }
    | undefined
}

const MINUTE = 60_000
const DAY = 86_400_000

/** What a deployment still waits for, and until when. */
export function stillWaiting(snapshot: Snapshot | undefined, waiting: Waiting): EventWords {
  const { subject, detail } = whatFor(snapshot, waiting)
  const job = say`this job waits until ${until(waiting.deadline, waiting.now)} UTC`
  return { subject, detail: `${detail}; ${job}` }
}

/** A time of day, with its date if it is not within the day. */
export function until(at: number, now: number): string {
  return at - now < DAY ? utcTime(at) : utc(at)
}

function whatFor(snapshot: Snapshot | undefined, waiting: Waiting): EventWords {
  const subject = say`deployment`
  if (snapshot === undefined) return { subject, detail: say`it has not been read yet` }
  if (snapshot.state === 'waiting') {
    return { subject, detail: say`it still waits for a person to continue it` }
  }
  const install = stageOf(snapshot, 'install')
  const current = snapshot.steps?.find(({ status }) => status === 'InProgress')
  if (!snapshot.isRollback && waitsForPerson(snapshot, waiting.gate)) {
    return { subject: current?.name ?? say`gate`, detail: atTheGate(current, waiting) }
  }
  if (snapshot.terminationWait) {
    return { subject, detail: say`all traffic is on green; the old tasks have not ended yet` }
  }
  if (install?.status === 'InProgress') {
    return { subject: say`green tasks`, detail: notHealthy(snapshot, install.startedAt, waiting) }
  }
  const shift = stageOf(snapshot, 'shift')
  if (shift?.status === 'InProgress' && snapshot.traffic) {
    const green = Math.round(snapshot.traffic.green)
    return { subject: say`production traffic`, detail: say`still moving; ${green} % is on green` }
  }
  if (current) return { subject: current.name, detail: since(current, waiting.now) }
  return { subject, detail: say`still ${snapshot.status}` }
}

function since({ startedAt }: Pick<Step, 'startedAt'>, now: number): string {
  if (startedAt === undefined) return say`still in progress`
  return say`in progress for ${duration(now - startedAt)}`
}

function atTheGate(step: Step | undefined, { now, limits }: Waiting): string {
  if (step?.startedAt === undefined) return say`still waiting for approval`
  const waited = say`waiting for approval for ${duration(now - step.startedAt)}`
  if (!limits) return waited
  const end = until(step.startedAt + limits.gateMinutes * MINUTE, now)
  return `${waited}; ${say`an answer counts until ${end} UTC`}`
}

function notHealthy(
  snapshot: Snapshot,
  startedAt: number | undefined,
  { now, limits }: Waiting
): string {
  const facts = [
    startedAt === undefined
      ? say`green is not healthy yet`
      : say`green is not healthy after ${duration(now - startedAt)}`,
    ...taskCounts(snapshot)
  ]
  if (limits && startedAt !== undefined) {
    const end = until(startedAt + limits.greenMinutes * MINUTE, now)
    facts.push(say`${limits.by} waits for it until ${end} UTC`)
  }
  return facts.join('; ')
}

/** What green has of what it should have, as far as that is known. */
export function taskCounts({ taskSets, targets = [], stoppedTasks = [] }: Snapshot): string[] {
  const green = taskSets.find(({ label }) => label === 'green')
  const healthy = targets.filter(({ state }) => state === 'healthy').length
  return [
    ...(green ? [say`${green.running} of ${green.desired} tasks run`] : []),
    ...(targets.length > 0 ? [say`${healthy} of ${targets.length} targets are healthy`] : []),
    ...(stoppedTasks.length > 0
      ? [say`tasks that have stopped by themselves: ${stoppedTasks.length}`]
      : [])
  ]
}
