import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { gatedService, whenSteady } from './gated-service.ts'
import type { GatedService } from './gated-service.ts'
import { builder } from './ground.ts'
import type { Ground } from './ground.ts'
import { createLoadBalancer } from './network.ts'
import type { WorldOptions } from './options.ts'

export const DOMAINS = [
  'auth',
  'user',
  'order',
  'hub',
  'delivery',
  'notification',
  'promotion',
  'payment'
] as const
export type Domain = (typeof DOMAINS)[number]

const FIRST_PORT = 9001
const SIDECAR: ContainerDefinition = {
  name: 'log-router',
  image: 'public.ecr.aws/aws-observability/aws-for-fluent-bit:stable',
  essential: false
}

/**
 * Eight services on one internal load balancer: a listener port, a pair of
 * target groups, an application and a group each, by names that follow no
 * default of AWS. No test listener, unless asked for.
 */
export async function eightDomains(
  ground: Ground,
  options: WorldOptions = {}
): Promise<Readonly<Record<Domain, GatedService>>> {
  const { world, operations } = ground
  const cluster = 'platform'
  operations.ecs.CreateCluster({ clusterName: cluster }, world, builder(world))
  const loadBalancerArn = createLoadBalancer(ground, 'platform-inside', 'internal')
  const build = (domain: Domain): Promise<GatedService> => {
    const port = FIRST_PORT + DOMAINS.indexOf(domain)
    const spec = {
      cluster,
      service: `${domain}-api`,
      container: domain,
      sidecars: [SIDECAR],
      application: `platform-${domain}`,
      deploymentGroup: `${domain}-blue-green`,
      targetGroups: [`${domain}-1`, `${domain}-2`],
      loadBalancerArn,
      port,
      testPort: options.testListener ? port + 1000 : undefined
    } as const
    return gatedService(ground, spec, { desiredCount: 1, ...options })
  }
  const domains = {
    auth: await build('auth'),
    user: await build('user'),
    order: await build('order'),
    hub: await build('hub'),
    delivery: await build('delivery'),
    notification: await build('notification'),
    promotion: await build('promotion'),
    payment: await build('payment')
  }
  await Promise.all(Object.values(domains).map((domain) => whenSteady(ground, domain)))
  return domains
}
