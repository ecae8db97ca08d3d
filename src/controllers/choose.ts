import { nameOf } from '../aws/console-url.ts'
import { Refused } from '../release/refusal.ts'
import type { Settings } from '../release/settings.ts'
import { codeDeploy } from './codedeploy/release/plane.ts'
import { findMoving } from './codedeploy/release/moving.ts'
import type { PlaneContext, PlaneFactory } from './control-plane.ts'
import { controllerOf, readService } from './service.ts'
import { say } from '../words/say.ts'

/** Its code is loaded when a release needs it. */
const LISTENER = 'listener'

/** A failover between two production groups. */
const failover: PlaneFactory = {
  kind: LISTENER,
  deploymentController: undefined,
  async open(context) {
    const { openPlane } = await import('./listener/release/plane.ts')
    const wanted = context.settings.failover
    if (!wanted) throw new Refused([say`\`strategy\` is not \`failover\``])
    return openPlane(context, wanted, findMoving)
  },
  async openController(context) {
    const { openLeft } = await import('./listener/release/plane.ts')
    return openLeft(context)
  }
}

/** Every control plane that can release a service. */
export const PLANES: readonly PlaneFactory[] = [codeDeploy, failover]

/** Errors: Refused if no control plane has this name. */
export function planeOfKind(planes: readonly PlaneFactory[], kind: string): PlaneFactory {
  const found = planes.find((plane) => plane.kind === kind)
  if (found) return found
  const known = planes.map((plane) => plane.kind).join(', ')
  throw new Refused([say`control plane "${kind}" is not known; known: ${known}`])
}

/**
 * The control plane, if the inputs leave only one, so that its files are read before AWS is
 * asked anything; undefined if the service has to be read first.
 */
export function planeByInputs(
  planes: readonly PlaneFactory[],
  settings: Pick<Settings, 'failover'>
): PlaneFactory | undefined {
  if (settings.failover) return planeOfKind(planes, LISTENER)
  const others = byController(planes)
  return others.length === 1 ? others[0] : undefined
}

/**
 * The control plane that the service's own deployment controller names.
 * Errors: Refused if none releases such services, or if the service is not known.
 */
export async function planeByController(
  planes: readonly PlaneFactory[],
  { clients, settings }: Pick<PlaneContext, 'clients' | 'settings'>
): Promise<PlaneFactory> {
  const { cluster, service } = settings
  const read = await readService(clients, cluster, nameOf(service))
  if (!('value' in read)) throw new Refused([say`service: ${read.missing}`])
  const controller = controllerOf(read.value)
  const found = planes.find(({ deploymentController }) => deploymentController === controller)
  if (found) return found
  const known = byController(planes)
    .map(({ deploymentController }) => deploymentController)
    .join(', ')
  throw new Refused([
    say`service: "${service}" is controlled by ${controller}; this action releases services whose deployment controller is one of ${known}`
  ])
}

/** The control planes that a service chooses by its controller. */
function byController(planes: readonly PlaneFactory[]): readonly PlaneFactory[] {
  return planes.filter(({ deploymentController }) => deploymentController !== undefined)
}
