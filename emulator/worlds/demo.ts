import { createGate } from './gate.ts'
import type { Gate, Verdict } from './gate.ts'
import { gatedService, whenSteady } from './gated-service.ts'
import type { GatedService } from './gated-service.ts'
import { builder } from './ground.ts'
import type { Ground } from './ground.ts'
import { createLoadBalancer } from './network.ts'
import type { WorldOptions } from './options.ts'

export interface DemoOptions extends WorldOptions {
  /** The gate decides so by itself; without it, it waits for a person. */
  readonly gateAnswers?: Verdict
  /** The container that serves; `app` unless given. */
  readonly container?: string
}

export interface DemoWorld extends GatedService {
  readonly gate: Gate
}

/** The demo's service with a gate that somebody answers for. */
export async function demoWorld(ground: Ground, options: DemoOptions = {}): Promise<DemoWorld> {
  const built = await demoService(ground, options)
  return { ...built, gate: createGate(ground, 'CodeDeployHook_gate', options.gateAnswers) }
}

/**
 * One service, `orders`, on one load balancer with a production and a test
 * listener, version 1 running; its application and group have the names the
 * ECS console gives.
 */
export async function demoService(
  ground: Ground,
  options: Omit<DemoOptions, 'gateAnswers'> = {}
): Promise<GatedService> {
  const { world, operations } = ground
  const cluster = 'shop'
  const service = 'orders'
  operations.ecs.CreateCluster({ clusterName: cluster }, world, builder(world))
  const built = await gatedService(
    ground,
    {
      cluster,
      service,
      container: options.container ?? 'app',
      sidecars: [],
      application: `AppECS-${cluster}-${service}`,
      deploymentGroup: `DgpECS-${cluster}-${service}`,
      targetGroups: ['orders-a', 'orders-b'],
      loadBalancerArn: createLoadBalancer(ground, 'shop', options.scheme ?? 'internet-facing'),
      port: 80,
      testPort: (options.testListener ?? true) ? 8443 : undefined
    },
    options
  )
  await whenSteady(ground, built)
  return built
}
