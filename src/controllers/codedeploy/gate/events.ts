import type { Waiting } from '../../gate-plane.ts'
import { isMapping } from '../../../documents/mapping.ts'

/**
 * Reads what CodeDeploy tells a function that a hook names (aws-semantics 1.2). CodeDeploy takes the
 * answer from whoever has the hook's execution id. Returns undefined for any other event.
 */
export function hookIn(event: unknown): Waiting | undefined {
  if (!isMapping(event)) return undefined
  const { DeploymentId: deploymentId, LifecycleEventHookExecutionId: token } = event
  return isId(deploymentId) && typeof token === 'string' ? { deploymentId, token } : undefined
}

/**
 * The deployment of EventBridge's `CodeDeploy Deployment State-change Notification`; undefined for
 * any other event.
 */
export function deploymentIn(event: unknown): string | undefined {
  const detail = isMapping(event) ? event['detail'] : undefined
  const id = isMapping(detail) ? detail['deploymentId'] : undefined
  return isId(id) ? id : undefined
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^d-[A-Z0-9]{1,32}$/.test(value)
}
