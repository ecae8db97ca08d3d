import { isMapping } from '../../documents/mapping.ts'
import type { Start } from './platform.ts'

/**
 * What starts an observer: EventBridge's `CodeDeploy Deployment State-change
 * Notification`, or the observer of the part before.
 *
 * @throws TypeError for anything else.
 */
export function startIn(event: unknown): Start {
  const given = isMapping(event) ? event : {}
  const { detail, deploymentId, part } = given
  if (isMapping(detail) && isId(detail['deploymentId'])) {
    return { deploymentId: detail['deploymentId'], part: 0 }
  }
  if (isId(deploymentId) && typeof part === 'number' && Number.isInteger(part) && part > 0) {
    return { deploymentId, part }
  }
  throw new TypeError('wanted an event of CodeDeploy with detail.deploymentId')
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^d-[A-Z0-9]{1,32}$/.test(value)
}
