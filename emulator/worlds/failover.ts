import type { Instance } from '../ec2/instances.ts'
import { registerVersion, whenSteady } from './gated-service.ts'
import { builder } from './ground.ts'
import type { Ground } from './ground.ts'
import { CONTAINER_PORT, createLoadBalancer, createTargetGroup, urlOf } from './network.ts'
import type { WorldOptions } from './options.ts'

/** Where the two weights of a pair are, and what is behind them. */
export type PairName = 'listener' | 'rule' | 'instances'

export interface FailoverOptions extends Pick<
  WorldOptions,
  | 'desiredCount'
  | 'version'
  | 'healthCheckIntervalSeconds'
  | 'deregistrationDelaySeconds'
  | 'scheme'
> {
  /** Of every pair, as written on the listener or rule; 100 and 0 unless given. */
  readonly weights?: readonly [prod1: number, prod2: number]
  /** The container that serves; `app` unless given. */
  readonly container?: string
  /** Of both services of a pair. */
  readonly circuitBreaker?: { readonly enable: boolean; readonly rollback: boolean }
}

/** One of two production groups. */
export interface Side {
  readonly targetGroup: string
  readonly targetGroupArn: string
  /** The ECS service that fills it; undefined if instances do. */
  readonly service: string | undefined
  readonly instances: readonly Instance[]
}

/** Two production groups behind one listener, or behind one rule of it. */
export interface FailoverPair {
  readonly cluster: string
  readonly container: string
  /** What both services run; undefined if instances serve. */
  readonly taskDefinitionArn: string | undefined
  readonly loadBalancer: string
  readonly port: number
  readonly listenerArn: string
  /** Undefined if the listener's default action has the weights. */
  readonly ruleArn: string | undefined
  /** Where the listener's proxy is; undefined in an account without proxies. */
  readonly url: string | undefined
  readonly prod1: Side
  readonly prod2: Side
}

export type FailoverWorld = Readonly<Record<PairName, FailoverPair>>

const CLUSTER = 'shop'
const LOAD_BALANCER = 'shop'

/** What the rule sends to its pair; everything else on that listener is somebody else's. */
export const RULE_PATHS = ['/version', '/orders', '/orders/*']
export const RULE_PRIORITY = 10

const PLACES = {
  listener: { name: 'orders', port: 80 },
  rule: { name: 'cart', port: 8080 },
  instances: { name: 'legacy', port: 8081 }
} as const satisfies Record<PairName, { readonly name: string; readonly port: number }>

/**
 * Three pairs of production groups on one load balancer, version 1 on both sides and all traffic
 * on prod1: `orders` behind a listener's default action and `cart` behind a rule of a shared
 * listener, both ECS services that ECS deploys, and `legacy`, which instances serve.
 */
export async function failoverWorld(
  ground: Ground,
  options: FailoverOptions = {}
): Promise<FailoverWorld> {
  return {
    listener: await failoverPair(ground, 'listener', options),
    rule: await failoverPair(ground, 'rule', options),
    instances: await failoverPair(ground, 'instances', options)
  }
}

/** One of the pairs; the first one brings the cluster and the load balancer. */
export async function failoverPair(
  ground: Ground,
  pair: PairName,
  options: FailoverOptions = {}
): Promise<FailoverPair> {
  const { world, operations } = ground
  if (!world.ecs.clusters.has(CLUSTER))
    operations.ecs.CreateCluster({ clusterName: CLUSTER }, world, builder(world))
  const there = [...world.elb.loadBalancers.values()].find(({ name }) => name === LOAD_BALANCER)
  const loadBalancerArn =
    there?.arn ?? createLoadBalancer(ground, LOAD_BALANCER, options.scheme ?? 'internet-facing')
  const { name, port } = PLACES[pair]
  const { weights = [100, 0] } = options
  const targetType = pair === 'instances' ? 'instance' : 'ip'
  const names = [`${name}-prod1`, `${name}-prod2`] as const
  const arns = names.map((each) => createTargetGroup(ground, each, options, targetType))
  const [first = '', second = ''] = arns
  const forward = {
    Type: 'forward' as const,
    ForwardConfig: {
      TargetGroups: [
        { TargetGroupArn: first, Weight: weights[0] },
        { TargetGroupArn: second, Weight: weights[1] }
      ]
    }
  }
  const nobody = {
    Type: 'fixed-response' as const,
    FixedResponseConfig: { StatusCode: '404', ContentType: 'text/plain', MessageBody: 'nobody' }
  }
  const { elasticloadbalancing: elb } = ground.operations
  const made = await elb.CreateListener({
    LoadBalancerArn: loadBalancerArn,
    Port: port,
    Protocol: 'HTTP',
    DefaultActions: [pair === 'rule' ? nobody : forward]
  })
  const listenerArn = made.Listeners?.[0]?.ListenerArn ?? ''
  const rule =
    pair === 'rule'
      ? elb.CreateRule({
          ListenerArn: listenerArn,
          Priority: RULE_PRIORITY,
          Conditions: [{ Field: 'path-pattern', Values: RULE_PATHS }],
          Actions: [forward]
        })
      : undefined
  const container = options.container ?? 'app'
  const spec = { service: name, container, sidecars: [] }
  const taskDefinitionArn =
    pair === 'instances' ? undefined : registerVersion(ground, spec, options.version ?? '1')
  const fill = (side: string, targetGroupArn: string): Promise<Side> =>
    taskDefinitionArn === undefined
      ? fillWithInstances(ground, side, targetGroupArn, options)
      : fillWithService(ground, side, { targetGroupArn, taskDefinitionArn, container }, options)
  const prod1 = await fill(names[0], first)
  const prod2 = await fill(names[1], second)
  return {
    cluster: CLUSTER,
    container,
    taskDefinitionArn,
    loadBalancer: LOAD_BALANCER,
    port,
    listenerArn,
    ruleArn: rule?.Rules?.[0]?.RuleArn,
    url: urlOf(ground, listenerArn),
    prod1,
    prod2
  }
}

/** A service of the ECS controller, steady when it resolves. */
async function fillWithService(
  ground: Ground,
  name: string,
  runs: Readonly<Record<'targetGroupArn' | 'taskDefinitionArn' | 'container', string>>,
  options: FailoverOptions
): Promise<Side> {
  const { world, operations } = ground
  const { targetGroupArn, taskDefinitionArn, container } = runs
  operations.ecs.CreateService(
    {
      cluster: CLUSTER,
      serviceName: name,
      taskDefinition: taskDefinitionArn,
      desiredCount: options.desiredCount ?? 2,
      launchType: 'FARGATE',
      platformVersion: 'LATEST',
      deploymentController: { type: 'ECS' },
      ...(options.circuitBreaker && {
        deploymentConfiguration: { deploymentCircuitBreaker: options.circuitBreaker }
      }),
      loadBalancers: [{ targetGroupArn, containerName: container, containerPort: CONTAINER_PORT }],
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: ['subnet-0a1b2c3d', 'subnet-4e5f6a7b'],
          securityGroups: ['sg-0123456789abcdef0'],
          assignPublicIp: 'DISABLED'
        }
      }
    },
    world,
    builder(world)
  )
  await whenSteady(ground, { cluster: CLUSTER, service: name })
  return { targetGroup: name, targetGroupArn, service: name, instances: [] }
}

/** Instances that another pipeline fills, healthy when it resolves. */
async function fillWithInstances(
  ground: Ground,
  name: string,
  targetGroupArn: string,
  options: FailoverOptions
): Promise<Side> {
  const { world, operations } = ground
  const image = imageOf(ground, name, options.version ?? '1')
  const count = options.desiredCount ?? 2
  const instances = await Promise.all(
    Array.from({ length: count }, () => world.instances.launch({ image, environment: {} }))
  )
  operations.elasticloadbalancing.RegisterTargets({
    TargetGroupArn: targetGroupArn,
    Targets: instances.map(({ id }) => ({ Id: id }))
  })
  await whenHealthy(ground, targetGroupArn, count)
  return { targetGroup: name, targetGroupArn, service: undefined, instances }
}

/** What another pipeline does to the instances of a side, one after the other. */
export async function deployToInstances(
  ground: Ground,
  side: Pick<Side, 'targetGroup' | 'instances'>,
  version: string
): Promise<void> {
  const image = imageOf(ground, side.targetGroup, version)
  for (const { id } of side.instances)
    await ground.world.instances.deploy(id, { image, environment: {} })
}

function imageOf({ world }: Ground, name: string, version: string): string {
  return `${world.account}.dkr.ecr.${world.region}.amazonaws.com/${name}:${version}`
}

async function whenHealthy({ world }: Ground, arn: string, count: number): Promise<void> {
  const healthy = (): number =>
    world.elbControl.health(arn).filter(({ TargetHealth }) => TargetHealth?.State === 'healthy')
      .length
  while (healthy() < count) await world.clock.sleep(250, world.closing)
}
