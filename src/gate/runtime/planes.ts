import type { GatePlane, Planes } from '../../controllers/gate-plane.ts'
import { systemClock as clock } from '../../release/clock.ts'
import { cached } from './cached.ts'
import type { ClientConfig } from './client-config.ts'
import type { Environment } from './environment.ts'

/**
 * The control planes that the callback and the sweep answer. A plane and its client are loaded when
 * a hold names the plane, and kept: a click that decides nothing loads none, and one more plane
 * does not slow down the start of the callback.
 */
export function gatePlanes(
  config: ClientConfig,
  { table }: Pick<Environment, 'table'>
): Planes<GatePlane> {
  // ECS's client is loaded for approvals alone: a rejection and the sweep do not wait for it.
  const running = once(async () => {
    const { connectGreenImages } = await import('../../controllers/codedeploy/gate/green-images.ts')
    return connectGreenImages(config)
  })
  return {
    codedeploy: once(async () => {
      const { connectGatePlane } = await import('../../controllers/codedeploy/gate/gate-plane.ts')
      return connectGatePlane(config, clock, async (hold) => (await running())(hold))
    }),
    listener: once(async () => {
      const { connectGatePlane } = await import('../../controllers/listener/gate/connect.ts')
      return connectGatePlane(config, table, clock)
    })
  }
}

/** A failure is not kept: the next invocation loads the plane again. */
function once<Plane>(load: () => Promise<Plane>): () => Promise<Plane> {
  return cached(load, Infinity, () => 0)
}
