import { waitsForPerson, type GateKind } from './gate.ts'
import { isTerminal, type Snapshot, type Step, type TargetHealth } from './snapshot.ts'
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
    found.push({ kind: 'traffic', at, deploymentId, ...after.traffic })
  }
  if (after.targets && describeTargets(before?.targets) !== describeTargets(after.targets)) {
    found.push({ kind: 'health', at, deploymentId, ...summariseTargets(after.targets) })
  }
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
