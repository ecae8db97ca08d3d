import { waitsForPerson, type GateKind } from './gate.ts'
import { say } from '../words/say.ts'
import {
  isTerminal,
  type EndedTask,
  type Snapshot,
  type Step,
  type TargetHealth
} from './snapshot.ts'
import type { TimelineEvent } from './timeline.ts'

/**
 * The events between two snapshots of one deployment, one for each change, in the order in
 * which people want to read them. A state that has not changed gives no event.
 */
export function changes(
  before: Snapshot | undefined,
  after: Snapshot,
  gate: GateKind
): TimelineEvent[] {
  const { at, deploymentId } = after
  const found: TimelineEvent[] = []
  if (before?.status !== after.status && after.state !== 'created') {
    found.push({
      kind: 'status',
      at,
      deploymentId,
      status: after.status,
      message: after.error?.message
    })
  }
  for (const event of after.steps ?? []) {
    const was = before?.steps?.find((other) => other.name === event.name)
    if (event.status === 'Pending' || was?.status === event.status) continue
    found.push({
      kind: 'lifecycle',
      at,
      deploymentId,
      event: event.name,
      status: event.status,
      durationMs: duration(event),
      message: event.diagnostics?.message
    })
  }
  if (after.traffic && !sameTraffic(before?.traffic, after.traffic)) {
    found.push({ kind: 'traffic', at, deploymentId, ...after.traffic, ...namesOf(after) })
  }
  if (after.targets && describeTargets(before?.targets) !== describeTargets(after.targets)) {
    found.push({ kind: 'health', at, deploymentId, ...summariseTargets(after.targets) })
  }
  const stopped = stoppedTasks(before, after)
  if (stopped) found.push({ kind: 'stopped-tasks', at, deploymentId, ...stopped })
  const waiting = waitingFor(after, gate)
  if (waiting && waiting !== (before && waitingFor(before, gate))) {
    const step =
      waiting === 'approval' ? after.steps?.find(({ stage }) => stage === 'gate')?.name : undefined
    found.push({ kind: 'waiting', at, deploymentId, what: waiting, step })
  }
  if (after.rollback && !before?.rollback) {
    const rollbackDeploymentId = after.rollback.deploymentId
    found.push({ kind: 'rollback', at, deploymentId, rollbackDeploymentId })
  }
  // The events that led to a deployment's end are told before the end itself.
  const isEnd = ({ kind }: TimelineEvent): boolean =>
    kind === 'rollback' || (kind === 'status' && isTerminal(after.state))
  return found.sort((a, b) => Number(isEnd(a)) - Number(isEnd(b)))
}

/**
 * The tasks that have stopped by now, if there is news of them: more of them, or another reason.
 * A task that ends again and again for one reason is news ever more rarely, so that an hour of it
 * fills no page.
 */
function stoppedTasks(
  before: Snapshot | undefined,
  { stoppedTasks: now = [] }: Snapshot
): Pick<Told, 'count' | 'withinMs' | 'taskArn' | 'message'> | undefined {
  const then = before?.stoppedTasks ?? []
  const [first] = now
  const last = now.at(-1)
  if (first === undefined || last === undefined || now.length <= then.length) return undefined
  const message = endOfTask(last)
  const lastThen = then.at(-1)
  const isSameReason = lastThen !== undefined && endOfTask(lastThen) === message
  if (isSameReason && rungOf(now.length) === rungOf(then.length)) return undefined
  const isTimed = first.stoppedAt !== undefined && last.stoppedAt !== undefined
  return {
    count: now.length,
    withinMs: isTimed ? Math.max(0, last.stoppedAt - first.stoppedAt) : undefined,
    taskArn: last.taskArn,
    message
  }
}

type Told = Extract<TimelineEvent, { kind: 'stopped-tasks' }>

/** The counts of stopped tasks that are told for one reason. */
const RUNGS = [1, 2, 3, 5, 10, 20, 50, 100] as const

function rungOf(count: number): number {
  return RUNGS.findLast((rung) => rung <= count) ?? 0
}

/** How a task ended, in one line: its containers' exit codes, and ECS's reason. */
export function endOfTask({ stopCode, stoppedReason, containers }: EndedTask): string {
  // The exit code 0 of a container tells something only if no other container has failed.
  const hasFailed = containers.some(({ exitCode }) => exitCode !== undefined && exitCode !== 0)
  const ends = containers.flatMap(({ name, exitCode, reason }) => {
    const why = reason === undefined || reason === '' ? '' : ` (${reason})`
    if (exitCode !== undefined && (exitCode !== 0 || !hasFailed)) {
      return say`container ${name} exited with ${exitCode}${why}`
    }
    return why === '' ? [] : say`container ${name}: ${reason ?? ''}`
  })
  const reasons = [stoppedReason, stopCode].filter((text) => text !== undefined && text !== '')
  return [...ends, reasons[0] ?? say`ECS gives no reason`].join('; ')
}

function duration(event: Step): number | undefined {
  if (event.startedAt === undefined || event.endedAt === undefined) return undefined
  return Math.max(0, event.endedAt - event.startedAt)
}

function waitingFor(
  snapshot: Snapshot,
  gate: GateKind
): 'approval' | 'continue' | 'termination' | undefined {
  if (snapshot.state === 'waiting') return 'continue'
  if (waitsForPerson(snapshot, gate)) return 'approval'
  return snapshot.terminationWait && snapshot.state !== 'succeeded' ? 'termination' : undefined
}

function sameTraffic(a: Snapshot['traffic'], b: NonNullable<Snapshot['traffic']>): boolean {
  // If no traffic has moved, "100 % blue" is no change.
  if (a === undefined) return b.green === 0
  return a.blue === b.blue && a.green === b.green
}

function summariseTargets(targets: readonly TargetHealth[]): {
  counts: Record<string, number>
  reasons: string[]
} {
  const counts: Record<string, number> = {}
  const reasons = new Set<string>()
  for (const target of targets) {
    counts[target.state] = (counts[target.state] ?? 0) + 1
    if (target.reason !== undefined) reasons.add(target.reason)
  }
  return { counts, reasons: [...reasons].sort() }
}

function describeTargets(targets: readonly TargetHealth[] | undefined): string {
  if (targets === undefined || targets.length === 0) return ''
  const { counts, reasons } = summariseTargets(targets)
  return JSON.stringify([Object.entries(counts).sort(), reasons])
}

/** How people call the two sides of a failover. */
function namesOf({ sides }: Snapshot): { readonly sides?: readonly [string, string] } {
  return sides ? { sides: [sides.from.name, sides.to.name] } : {}
}
