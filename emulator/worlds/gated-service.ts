import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { builder } from './ground.ts'
import type { Ground } from './ground.ts'
import { CONTAINER_PORT, createListener, createTargetGroup, urlOf } from './network.ts'
import type { WorldOptions } from './options.ts'
import { rollbackEvents } from './options.ts'

/** Names and ports of one service that CodeDeploy releases. */
export interface ServiceSpec {
  readonly cluster: string
  readonly service: string
  readonly container: string
  /** Containers beside the one that serves. */
  readonly sidecars: readonly ContainerDefinition[]
  readonly application: string
  readonly deploymentGroup: string
  readonly targetGroups: readonly [live: string, idle: string]
  readonly loadBalancerArn: string
  readonly port: number
  readonly testPort: number | undefined
}

/** What a release of the service has to know, and what a test looks at. */
export interface GatedService {
  readonly cluster: string
  readonly service: string
  readonly container: string
  readonly containerPort: number
  readonly application: string
  readonly deploymentGroup: string
  readonly taskDefinitionArn: string
  readonly productionListenerArn: string
  readonly testListenerArn: string | undefined
  /** The one that is live at first, then the idle one. */
  readonly targetGroupArns: readonly [string, string]
  /** Where the listeners' proxies are; absent in an account without proxies. */
  readonly productionUrl: string | undefined
  readonly testUrl: string | undefined
}

/** Builds a service with its listeners, target groups and deployment group, its first version started. */
export async function gatedService(
  ground: Ground,
  spec: ServiceSpec,
  options: WorldOptions
): Promise<GatedService> {
  const { world, operations } = ground
  const live = createTargetGroup(ground, spec.targetGroups[0], options)
  const idle = createTargetGroup(ground, spec.targetGroups[1], options)
  const production = await createListener(ground, spec.loadBalancerArn, spec.port, live)
  const test =
    spec.testPort === undefined
      ? undefined
      : await createListener(ground, spec.loadBalancerArn, spec.testPort, live)
  const taskDefinitionArn = registerVersion(ground, spec, options.version ?? '1')
  operations.ecs.CreateService(
    {
      cluster: spec.cluster,
      serviceName: spec.service,
      taskDefinition: taskDefinitionArn,
      desiredCount: options.desiredCount ?? 2,
      launchType: 'FARGATE',
      platformVersion: 'LATEST',
      deploymentController: { type: 'CODE_DEPLOY' },
      loadBalancers: [
        { targetGroupArn: live, containerName: spec.container, containerPort: CONTAINER_PORT }
      ],
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
  createGroup(ground, spec, options, production, test)
  return {
    cluster: spec.cluster,
    service: spec.service,
    container: spec.container,
    containerPort: CONTAINER_PORT,
    application: spec.application,
    deploymentGroup: spec.deploymentGroup,
    taskDefinitionArn,
    productionListenerArn: production,
    testListenerArn: test,
    targetGroupArns: [live, idle],
    productionUrl: urlOf(ground, production),
    testUrl: test === undefined ? undefined : urlOf(ground, test)
  }
}

/** Registers a revision of the service with this image tag and returns its ARN. */
export function registerVersion(
  { world, operations }: Ground,
  { service, container, sidecars }: Pick<ServiceSpec, 'service' | 'container' | 'sidecars'>,
  version: string,
  environment: Readonly<Record<string, string>> = {}
): string {
  const { partition, account, region } = world
  world.roles.create('ecsTaskExecutionRole', 'ecs-tasks.amazonaws.com')
  world.logGroups.create(`/ecs/${service}`)
  const { taskDefinition } = operations.ecs.RegisterTaskDefinition(
    {
      family: service,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      executionRoleArn: `arn:${partition}:iam::${account}:role/ecsTaskExecutionRole`,
      containerDefinitions: [
        {
          name: container,
          image: `${account}.dkr.ecr.${region}.amazonaws.com/${service}:${version}`,
          essential: true,
          portMappings: [{ containerPort: CONTAINER_PORT, protocol: 'tcp' }],
          environment: Object.entries(environment).map(([name, value]) => ({ name, value }))
        },
        ...sidecars
      ]
    },
    world,
    builder(world)
  )
  return taskDefinition?.taskDefinitionArn ?? ''
}

/** Resolves when the service's PRIMARY task set is steady, on the emulated clock. */
export async function whenSteady(
  { world }: Ground,
  { cluster, service }: Pick<GatedService, 'cluster' | 'service'>
): Promise<void> {
  for (;;) {
    const taskSets = world.ecsControl.findService(cluster, service)?.taskSets ?? []
    const primary = taskSets.find(({ status }) => status === 'PRIMARY')
    if (primary && world.ecsControl.stability(primary) === 'STEADY_STATE') return
    await world.clock.sleep(250, world.closing)
  }
}

function createGroup(
  { world, operations }: Ground,
  spec: ServiceSpec,
  options: WorldOptions,
  production: string,
  test: string | undefined
): void {
  const { partition, account } = world
  const serviceRoleArn = `arn:${partition}:iam::${account}:role/${spec.service}-codedeploy`
  if (options.limitedRole) world.codedeploy.limitedRoles.add(serviceRoleArn)
  const { readyWaitMinutes = 0, terminationWaitMinutes = 5, alarms = [] } = options
  for (const name of alarms) world.alarms.put(name, 'OK')
  const events = rollbackEvents(options.autoRollback)
  const { codedeploy } = operations
  codedeploy.CreateApplication({ applicationName: spec.application, computePlatform: 'ECS' }, world)
  codedeploy.CreateDeploymentGroup(
    {
      applicationName: spec.application,
      deploymentGroupName: spec.deploymentGroup,
      serviceRoleArn,
      deploymentConfigName: options.deploymentConfig ?? 'CodeDeployDefault.ECSAllAtOnce',
      deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
      ecsServices: [{ clusterName: spec.cluster, serviceName: spec.service }],
      autoRollbackConfiguration: { enabled: events.length > 0, events },
      alarmConfiguration: {
        enabled: alarms.length > 0,
        alarms: alarms.map((name) => ({ name }))
      },
      blueGreenDeploymentConfiguration: {
        deploymentReadyOption: {
          actionOnTimeout: readyWaitMinutes > 0 ? 'STOP_DEPLOYMENT' : 'CONTINUE_DEPLOYMENT',
          waitTimeInMinutes: readyWaitMinutes
        },
        terminateBlueInstancesOnDeploymentSuccess:
          terminationWaitMinutes === 'keep-alive'
            ? { action: 'KEEP_ALIVE' }
            : { action: 'TERMINATE', terminationWaitTimeInMinutes: terminationWaitMinutes }
      },
      loadBalancerInfo: {
        targetGroupPairInfoList: [
          {
            targetGroups: spec.targetGroups.map((name) => ({ name })),
            prodTrafficRoute: { listenerArns: [production] },
            ...(test !== undefined && { testTrafficRoute: { listenerArns: [test] } })
          }
        ]
      }
    },
    world
  )
}
