import type {
  CreateDeploymentConfigInput,
  CreateDeploymentConfigOutput,
  DeleteDeploymentConfigInput,
  GetDeploymentConfigInput,
  GetDeploymentConfigOutput,
  ListDeploymentConfigsInput,
  ListDeploymentConfigsOutput,
  TrafficRoutingConfig
} from '@aws-sdk/client-codedeploy'
import { AwsError } from '../errors.ts'
import type { World } from '../world.ts'
import { RESERVED } from './built-in-configs.ts'
import { newObjectId } from './ids.ts'
import { page } from './paging.ts'
import { requireConfig, requireName } from './refusals.ts'

/** CodeDeploy quotas: custom configurations of one account. */
const CUSTOM_LIMIT = 50
const LONGEST_MINUTES = 2880

export function createDeploymentConfig(
  input: CreateDeploymentConfigInput,
  world: World
): CreateDeploymentConfigOutput {
  const { trafficRoutingConfig } = input
  const { configs } = world.codedeploy
  const name = requireName('DeploymentConfig', input.deploymentConfigName)
  if (name.startsWith(RESERVED)) {
    const message = `Deployment Configuration names must not start with ${RESERVED}`
    throw new AwsError('InvalidDeploymentConfigNameException', message)
  }
  if (input.computePlatform !== 'ECS') {
    const message = 'This account deploys to the ECS compute platform only'
    throw new AwsError('InvalidComputePlatformException', message)
  }
  if (input.minimumHealthyHosts) {
    const message = 'minimumHealthyHosts should be null'
    throw new AwsError('InvalidMinimumHealthyHostValueException', message)
  }
  checkRouting(trafficRoutingConfig)
  if (configs.has(name)) {
    const message = `Deployment configuration already exists: ${name}`
    throw new AwsError('DeploymentConfigAlreadyExistsException', message)
  }
  if ([...configs.keys()].filter((known) => !known.startsWith(RESERVED)).length >= CUSTOM_LIMIT) {
    const message = `More than ${CUSTOM_LIMIT} custom deployment configurations`
    throw new AwsError('DeploymentConfigLimitExceededException', message)
  }
  const deploymentConfigId = newObjectId()
  configs.set(name, {
    deploymentConfigId,
    deploymentConfigName: name,
    createTime: new Date(world.clock.now()),
    computePlatform: 'ECS',
    trafficRoutingConfig
  })
  return { deploymentConfigId }
}

export function getDeploymentConfig(
  input: GetDeploymentConfigInput,
  world: World
): GetDeploymentConfigOutput {
  return { deploymentConfigInfo: requireConfig(world, input.deploymentConfigName) }
}

export function listDeploymentConfigs(
  input: ListDeploymentConfigsInput,
  world: World
): ListDeploymentConfigsOutput {
  const { items, nextToken } = page([...world.codedeploy.configs.keys()], input.nextToken)
  return { deploymentConfigsList: items, nextToken }
}

export function deleteDeploymentConfig(
  input: DeleteDeploymentConfigInput,
  world: World
): Record<string, never> {
  const name = requireName('DeploymentConfig', input.deploymentConfigName)
  if (name.startsWith(RESERVED)) {
    const message = `Deployment Configurations that start with ${RESERVED} cannot be deleted`
    throw new AwsError('InvalidOperationException', message)
  }
  requireConfig(world, name)
  for (const { groups } of world.codedeploy.applications.values())
    for (const group of groups.values())
      if (group.deploymentConfigName === name) {
        const message = `Deployment Configuration ${name} is still in use`
        throw new AwsError('DeploymentConfigInUseException', message)
      }
  world.codedeploy.configs.delete(name)
  return {}
}

/** Limits and messages as measured (aws-semantics.md 1.7). */
function checkRouting(routing: TrafficRoutingConfig | undefined): void {
  if (routing?.type === 'AllAtOnce') return
  const { timeBasedCanary: canary, timeBasedLinear: linear } = routing ?? {}
  if (routing?.type === 'TimeBasedCanary' && canary) {
    percentage(canary.canaryPercentage)
    if (!within(canary.canaryInterval, 1, LONGEST_MINUTES))
      refuse(`Canary interval must be between 1 and ${LONGEST_MINUTES} minutes (2 days)`)
  } else if (routing?.type === 'TimeBasedLinear' && linear) {
    const steps = Math.floor(100 / percentage(linear.linearPercentage))
    if (!within(linear.linearInterval, 1, LONGEST_MINUTES / steps))
      refuse(
        `Total Traffic shifting intervals must be positive integers up to ${LONGEST_MINUTES} minutes (2 days)`
      )
  } else {
    refuse('A traffic routing configuration is required for the ECS compute platform')
  }
}

function percentage(value: number | undefined): number {
  return within(value, 1, 99) ? value : refuse('Valid traffic routing percentage is from 1 to 99')
}

function within(value: number | undefined, least: number, most: number): value is number {
  return value !== undefined && Number.isInteger(value) && value >= least && value <= most
}

function refuse(message: string): never {
  throw new AwsError('InvalidTrafficRoutingConfigurationException', message)
}
