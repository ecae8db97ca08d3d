import { isMapping } from '../../../documents/mapping.ts'

/** What CodeDeploy tells a function that a hook names (aws-semantics 1.2). */
export interface HookEvent {
  readonly deploymentId: string
  readonly executionId: string
}

/** Throws a TypeError for anything else. */
export function readHookEvent(event: unknown): HookEvent {
  const { DeploymentId: deploymentId, LifecycleEventHookExecutionId: executionId } = isMapping(
    event
  )
    ? event
    : {}
  if (typeof deploymentId !== 'string' || typeof executionId !== 'string') {
    throw new TypeError(
      'wanted the event of a CodeDeploy hook: DeploymentId and LifecycleEventHookExecutionId'
    )
  }
  return { deploymentId, executionId }
}
