import type { ECSTarget } from '@aws-sdk/client-codedeploy'
import type { DeploymentStatus, LifecycleEvent, LifecycleStatus } from '../release/snapshot.ts'

const STATUSES: readonly DeploymentStatus[] = [
  'Created',
  'Queued',
  'InProgress',
  'Baking',
  'Ready',
  'Succeeded',
  'Failed',
  'Stopped'
]

/** A status nobody knows yet is not terminal: the release goes on being watched. */
export function deploymentStatus(status: string | undefined): DeploymentStatus {
  return STATUSES.find((known) => known === status) ?? 'InProgress'
}

const LIFECYCLE_STATUSES: readonly LifecycleStatus[] = [
  'Pending',
  'InProgress',
  'Succeeded',
  'Failed',
  'Skipped'
]

/** One event of a target as CodeDeploy shows it, in the release's words. */
export function lifecycleEvent(
  event: NonNullable<ECSTarget['lifecycleEvents']>[number]
): LifecycleEvent {
  const { diagnostics } = event
  return {
    name: event.lifecycleEventName ?? 'unnamed',
    status: LIFECYCLE_STATUSES.find((known) => known === event.status) ?? 'Unknown',
    startedAt: event.startTime?.getTime(),
    endedAt: event.endTime?.getTime(),
    diagnostics:
      diagnostics?.message || (diagnostics?.errorCode && diagnostics.errorCode !== 'Success')
        ? { code: diagnostics.errorCode, message: diagnostics.message }
        : undefined
  }
}
