import type { LifecycleEvent, LifecycleStatus, Snapshot } from '../../src/release/snapshot.ts'

export const EVENTS = [
  'BeforeInstall',
  'Install',
  'AfterInstall',
  'AllowTestTraffic',
  'AfterAllowTestTraffic',
  'BeforeAllowTraffic',
  'AllowTraffic',
  'AfterAllowTraffic'
] as const
export type EventName = (typeof EVENTS)[number]

/** A lifecycle in which everything before `event` has succeeded, `event` has `status`, and the rest follows from it. */
export function lifecycleAt(event: EventName, status: LifecycleStatus): LifecycleEvent[] {
  const at = EVENTS.indexOf(event)
  const rest: LifecycleStatus = status === 'Failed' ? 'Skipped' : 'Pending'
  return EVENTS.map((name, index) => ({
    name,
    status: index < at ? 'Succeeded' : index === at ? status : rest,
    startedAt: undefined,
    endedAt: undefined,
    diagnostics: undefined
  }))
}

export function snapshotOf(parts: Partial<Snapshot> = {}): Snapshot {
  return {
    at: 0,
    deploymentId: 'd-ABCDEFGH1',
    status: 'InProgress',
    creator: 'user',
    error: undefined,
    createdAt: 0,
    completedAt: undefined,
    lifecycle: undefined,
    traffic: undefined,
    taskSets: [],
    targets: undefined,
    rollback: undefined,
    terminationWait: false,
    ...parts
  }
}
