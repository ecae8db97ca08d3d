import type {
  AlarmConfiguration,
  AutoRollbackConfiguration,
  BlueGreenDeploymentConfiguration,
  DeploymentGroupInfo,
  LoadBalancerInfo
} from '@aws-sdk/client-codedeploy'
import type { StoredService } from '../ecs/state.ts'
import { AwsError } from '../errors.ts'
import type { World } from '../world.ts'
import { requireConfig } from './refusals.ts'

const LONGEST_TERMINATION_MINUTES = 2880
/** SDK model: "The maximum number of alarms for a deployment group (10) was exceeded." */
const ALARMS = 10

/** What an ECS group names, once it has been found to exist. */
export interface GroupResources {
  readonly service: StoredService
  readonly targetGroupArns: readonly [string, string]
  readonly productionListener: string
  readonly testListener: string | undefined
}

/** Refuses a group that CodeDeploy would refuse (messages as measured, aws-semantics.md 1.3, 1.4, 1.7). */
export function checkGroup(world: World, group: DeploymentGroupInfo): GroupResources {
  const { deploymentStyle: style } = group
  if (style?.deploymentType !== 'BLUE_GREEN' || style.deploymentOption !== 'WITH_TRAFFIC_CONTROL') {
    const message =
      'For ECS deployment group, deployment type must be BLUE_GREEN and option WITH_TRAFFIC_CONTROL'
    throw new AwsError('InvalidDeploymentStyleException', message)
  }
  checkBlueGreen(group.blueGreenDeploymentConfiguration)
  checkAutoRollback(group.autoRollbackConfiguration)
  checkAlarms(group.alarmConfiguration)
  const resources = groupResources(world, group)
  checkConfig(world, group.deploymentConfigName, resources)
  return resources
}

/** The service, listeners and target groups of a group; refuses what does not exist. */
export function groupResources(world: World, group: DeploymentGroupInfo): GroupResources {
  return { service: findService(world, group), ...findRoutes(world, group.loadBalancerInfo) }
}

export function checkConfig(
  world: World,
  name: string | undefined,
  { productionListener }: Pick<GroupResources, 'productionListener'>
): void {
  const config = requireConfig(world, name)
  if (config.computePlatform !== 'ECS') {
    const message = `Compute platform of deployment config ${name ?? ''} does not match expected compute platform ECS`
    throw new AwsError('InvalidComputePlatformException', message)
  }
  const listener = world.elb.listeners.get(productionListener)
  const balancer = listener && world.elb.loadBalancers.get(listener.loadBalancerArn)
  if (balancer?.type === 'network' && config.trafficRoutingConfig?.type !== 'AllAtOnce') {
    const message =
      'Only ALB supports gradual traffic routing, use AllAtOnce Traffic routing instead when you create/update Deployment group'
    throw new AwsError('InvalidTrafficRoutingConfigurationException', message)
  }
}

export function checkAutoRollback(configuration: AutoRollbackConfiguration | undefined): void {
  if (configuration?.enabled && !configuration.events?.length) {
    const message =
      'Deployment Groups need to have at least one event specified when auto rollback is enabled'
    throw new AwsError('InvalidAutoRollbackConfigException', message)
  }
}

export function checkAlarms(configuration: AlarmConfiguration | undefined): void {
  const { enabled, alarms = [] } = configuration ?? {}
  if (alarms.length > ALARMS) {
    const message = `The maximum number of alarms for a deployment group (${ALARMS}) was exceeded`
    throw new AwsError('AlarmsLimitExceededException', message)
  }
  const names = alarms.map(({ name }) => name)
  if (names.some((name) => !name) || new Set(names).size < names.length) {
    const message = 'Every alarm needs a name, and each may be given once'
    throw new AwsError('InvalidAlarmConfigException', message)
  }
  if (enabled && alarms.length === 0) {
    const message = 'At least one alarm is needed when the alarm configuration is enabled'
    throw new AwsError('InvalidAlarmConfigException', message)
  }
}

function checkBlueGreen(configuration: BlueGreenDeploymentConfiguration | undefined): void {
  const { deploymentReadyOption: ready, terminateBlueInstancesOnDeploymentSuccess: termination } =
    configuration ?? {}
  if (!ready?.actionOnTimeout || !termination?.action)
    refuseBlueGreen(
      'A deployment ready option and a blue instance termination option are required for ECS'
    )
  const wait = ready.waitTimeInMinutes ?? 0
  if (ready.actionOnTimeout === 'CONTINUE_DEPLOYMENT' && wait > 0)
    refuseBlueGreen(
      "Deployment ready action cannot be set to 'CONTINUE_DEPLOYMENT' when timeout is specified"
    )
  if (ready.actionOnTimeout === 'STOP_DEPLOYMENT' && wait === 0)
    refuseBlueGreen(
      'Deployment ready action cannot be set to STOP_DEPLOYMENT when timeout is set to 0 minutes'
    )
  if ((termination.terminationWaitTimeInMinutes ?? 0) > LONGEST_TERMINATION_MINUTES)
    refuseBlueGreen('Timeout for instance termination cannot be more than 2 days')
}

function refuseBlueGreen(message: string): never {
  throw new AwsError('InvalidBlueGreenDeploymentConfigurationException', message)
}

function findService(world: World, group: DeploymentGroupInfo): StoredService {
  const [named, ...others] = group.ecsServices ?? []
  if (!named?.serviceName || !named.clusterName || others.length > 0)
    throw new AwsError('InvalidECSServiceException', 'Exactly one ECS service is required')
  const { clusterName, serviceName } = named
  const service = world.ecsControl.findService(clusterName, serviceName)
  if (service?.status !== 'ACTIVE') {
    const message = `The ECS service ${serviceName} in cluster ${clusterName} could not be found`
    throw new AwsError('InvalidECSServiceException', message)
  }
  if (service.controller !== 'CODE_DEPLOY') {
    const message =
      'Deployment group’s ECS service must be configured for a CODE_DEPLOY deployment controller.'
    throw new AwsError('InvalidECSServiceException', message)
  }
  return service
}

function findRoutes(
  world: World,
  info: LoadBalancerInfo | undefined
): Omit<GroupResources, 'service'> {
  const [pair, ...others] = info?.targetGroupPairInfoList ?? []
  if (!pair || others.length > 0)
    throw new AwsError(
      'InvalidLoadBalancerInfoException',
      'Exactly one target group pair is required'
    )
  const [first, second, ...more] = (pair.targetGroups ?? []).map(({ name = '' }) => {
    const arn = world.elbControl.targetGroupArn(name)
    return arn ?? refusePair(`The target group ${name} could not be found`)
  })
  if (first === undefined || second === undefined || first === second || more.length > 0)
    refusePair('Two different target groups are required')
  const listener = (arns: string[] = []): string | undefined => {
    const [arn, ...rest] = arns
    if (rest.length > 0) refusePair('A traffic route takes exactly one listener')
    if (arn !== undefined && !world.elb.listeners.has(arn))
      refusePair(`The listener ${arn} could not be found`)
    return arn
  }
  const productionListener = listener(pair.prodTrafficRoute?.listenerArns)
  if (productionListener === undefined) refusePair('A production traffic route is required')
  const testListener = listener(pair.testTrafficRoute?.listenerArns)
  if (
    testListener !== undefined &&
    balancerOf(world, testListener) !== balancerOf(world, productionListener)
  )
    refusePair('The production and the test listener must be on the same load balancer')
  return { targetGroupArns: [first, second], productionListener, testListener }
}

function balancerOf(world: World, listenerArn: string): string | undefined {
  return world.elb.listeners.get(listenerArn)?.loadBalancerArn
}

function refusePair(message: string): never {
  throw new AwsError('InvalidTargetGroupPairException', message)
}
