import type { ObservePlane, Planes } from '../../controllers/gate-plane.ts'
import { isMapping } from '../../documents/mapping.ts'
import { planeKnowing } from '../find-plane.ts'
import type { Start } from './platform.ts'

/**
 * Reads what starts an observer: the event of a control plane that a deployment
 * has started, the watchdog where that event was lost, or the observer of the part
 * before.
 *
 * @throws TypeError for anything else; errors of loading a plane.
 */
export async function startIn(planes: Planes<ObservePlane>, event: unknown): Promise<Start> {
  const { plane, deploymentId, part } = isMapping(event) ? event : {}
  if (typeof plane === 'string' && typeof deploymentId === 'string') {
    if (typeof part === 'number' && Number.isInteger(part) && part >= 0) {
      return { plane, deploymentId, part }
    }
    throw new TypeError('wanted the number of a part of the observation')
  }
  const { kind, found } = await planeKnowing(planes, (each) => each.deploymentIn(event))
  return { plane: kind, deploymentId: found, part: 0 }
}
