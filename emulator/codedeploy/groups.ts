import type {
  BatchGetDeploymentGroupsInput,
  BatchGetDeploymentGroupsOutput,
  CreateDeploymentGroupInput,
  CreateDeploymentGroupOutput,
  DeleteDeploymentGroupInput,
  DeleteDeploymentGroupOutput,
  DeploymentGroupInfo,
  GetDeploymentGroupInput,
  GetDeploymentGroupOutput,
  LastDeploymentInfo,
  ListDeploymentGroupsInput,
  ListDeploymentGroupsOutput,
  UpdateDeploymentGroupInput,
  UpdateDeploymentGroupOutput
} from '@aws-sdk/client-codedeploy'
import { AwsError } from '../errors.ts'
import type { World } from '../world.ts'
import { deploymentsOf, isActive } from './active.ts'
import { checkGroup } from './group-rules.ts'
import type { GroupResources } from './group-rules.ts'
import { newObjectId } from './ids.ts'
import { page } from './paging.ts'
import { refuseLargeBatch, requireApplication, requireGroup, requireName } from './refusals.ts'
import type { StoredDeployment } from './state.ts'
import { routeTraffic } from './traffic.ts'

/** The server's default; it is for EC2, so that an ECS group has to name a configuration. */
const SERVER_DEFAULT = 'CodeDeployDefault.OneAtATime'

export function createDeploymentGroup(
  input: CreateDeploymentGroupInput,
  world: World
): CreateDeploymentGroupOutput {
  const application = requireApplication(world, input.applicationName)
  const name = requireName('DeploymentGroup', input.deploymentGroupName)
  if (application.groups.has(name)) {
    const message = `Deployment group already exists: ${name}`
    throw new AwsError('DeploymentGroupAlreadyExistsException', message)
  }
  const deploymentGroupId = newObjectId()
  const group: DeploymentGroupInfo = {
    applicationName: application.name,
    deploymentGroupId,
    deploymentGroupName: name,
    deploymentConfigName: input.deploymentConfigName ?? SERVER_DEFAULT,
    ec2TagFilters: [],
    onPremisesInstanceTagFilters: [],
    autoScalingGroups: [],
    serviceRoleArn: requireRole(input.serviceRoleArn),
    triggerConfigurations: input.triggerConfigurations ?? [],
    alarmConfiguration: input.alarmConfiguration,
    autoRollbackConfiguration: input.autoRollbackConfiguration,
    deploymentStyle: input.deploymentStyle,
    outdatedInstancesStrategy: input.outdatedInstancesStrategy ?? 'UPDATE',
    blueGreenDeploymentConfiguration: input.blueGreenDeploymentConfiguration,
    loadBalancerInfo: input.loadBalancerInfo,
    computePlatform: 'ECS',
    ecsServices: input.ecsServices,
    terminationHookEnabled: false
  }
  const resources = checkGroup(world, group)
  requireUnmapped(world, resources, undefined)
  application.groups.set(name, group)
  if (world.switches.groupRewritesListener === 'at-creation') takeOver(world, resources)
  return { deploymentGroupId }
}

export function getDeploymentGroup(
  input: GetDeploymentGroupInput,
  world: World
): GetDeploymentGroupOutput {
  const application = requireApplication(world, input.applicationName)
  return {
    deploymentGroupInfo: withHistory(world, requireGroup(application, input.deploymentGroupName))
  }
}

export function batchGetDeploymentGroups(
  input: BatchGetDeploymentGroupsInput,
  world: World
): BatchGetDeploymentGroupsOutput {
  const application = requireApplication(world, input.applicationName)
  const names = input.deploymentGroupNames ?? []
  if (names.length === 0)
    throw new AwsError('DeploymentGroupNameRequiredException', 'Deployment Group name is required')
  refuseLargeBatch(names)
  const found = names.flatMap((name) => application.groups.get(name) ?? [])
  const missing = names.filter((name) => !application.groups.has(name))
  return {
    deploymentGroupsInfo: found.map((group) => withHistory(world, group)),
    errorMessage:
      missing.length > 0 ? `No Deployment Group found for name: ${missing.join(', ')}` : undefined
  }
}

export function updateDeploymentGroup(
  input: UpdateDeploymentGroupInput,
  world: World
): UpdateDeploymentGroupOutput {
  const application = requireApplication(world, input.applicationName)
  const currentName = requireName('DeploymentGroup', input.currentDeploymentGroupName)
  const current = requireGroup(application, currentName)
  const name = requireName('DeploymentGroup', input.newDeploymentGroupName ?? currentName)
  if (name !== currentName && application.groups.has(name)) {
    const message = `Deployment group already exists: ${name}`
    throw new AwsError('DeploymentGroupAlreadyExistsException', message)
  }
  const updated: DeploymentGroupInfo = {
    ...current,
    deploymentGroupName: name,
    deploymentConfigName: input.deploymentConfigName ?? current.deploymentConfigName,
    serviceRoleArn: requireRole(input.serviceRoleArn ?? current.serviceRoleArn),
    triggerConfigurations: input.triggerConfigurations ?? current.triggerConfigurations,
    alarmConfiguration: input.alarmConfiguration ?? current.alarmConfiguration,
    autoRollbackConfiguration: input.autoRollbackConfiguration ?? current.autoRollbackConfiguration,
    deploymentStyle: input.deploymentStyle ?? current.deploymentStyle,
    outdatedInstancesStrategy: input.outdatedInstancesStrategy ?? current.outdatedInstancesStrategy,
    blueGreenDeploymentConfiguration:
      input.blueGreenDeploymentConfiguration ?? current.blueGreenDeploymentConfiguration,
    loadBalancerInfo: input.loadBalancerInfo ?? current.loadBalancerInfo,
    ecsServices: input.ecsServices ?? current.ecsServices
  }
  requireUnmapped(world, checkGroup(world, updated), current.deploymentGroupId)
  application.groups.delete(currentName)
  application.groups.set(name, updated)
  if (name !== currentName)
    for (const { info } of deploymentsOf(world, application.name, currentName))
      info.deploymentGroupName = name
  return { hooksNotCleanedUp: [] }
}

export function listDeploymentGroups(
  input: ListDeploymentGroupsInput,
  world: World
): ListDeploymentGroupsOutput {
  const application = requireApplication(world, input.applicationName)
  const { items, nextToken } = page([...application.groups.keys()], input.nextToken)
  return { applicationName: application.name, deploymentGroups: items, nextToken }
}

export function deleteDeploymentGroup(
  input: DeleteDeploymentGroupInput,
  world: World
): DeleteDeploymentGroupOutput {
  const application = requireApplication(world, input.applicationName)
  const name = requireName('DeploymentGroup', input.deploymentGroupName)
  if (deploymentsOf(world, application.name, name).some(({ info }) => isActive(info))) {
    const message = `The Deployment Group '${name}' has an active Deployment`
    throw new AwsError('InvalidOperationException', message)
  }
  application.groups.delete(name)
  return { hooksNotCleanedUp: [] }
}

/** A group with what its deployments have left behind. */
function withHistory(world: World, group: DeploymentGroupInfo): DeploymentGroupInfo {
  const history = deploymentsOf(world, group.applicationName, group.deploymentGroupName)
  const successful = history.findLast(({ info }) => info.status === 'Succeeded')
  return {
    ...group,
    targetRevision: successful?.info.revision,
    lastSuccessfulDeployment: last(successful),
    lastAttemptedDeployment: last(history.at(-1))
  }
}

function last(deployment: StoredDeployment | undefined): LastDeploymentInfo | undefined {
  if (!deployment) return undefined
  const { deploymentId, status, completeTime, createTime } = deployment.info
  return { deploymentId, status, endTime: completeTime, createTime }
}

function requireRole(arn: string | undefined): string {
  if (!arn) throw new AwsError('RoleRequiredException', 'Role ARN is required')
  if (!/^arn:[^:]+:iam::\d{12}:role\/.+/.test(arn))
    throw new AwsError('InvalidRoleException', `Invalid role ARN: ${arn}`)
  return arn
}

/** One deployment group per ECS service. */
function requireUnmapped(
  world: World,
  { service }: GroupResources,
  ownGroupId: string | undefined
): void {
  for (const { groups } of world.codedeploy.applications.values())
    for (const other of groups.values()) {
      if (other.deploymentGroupId === ownGroupId) continue
      const [named] = other.ecsServices ?? []
      const mapped =
        named && world.ecsControl.findService(named.clusterName ?? '', named.serviceName ?? '')
      if (mapped === service) {
        const message = `The ECS service ${service.name} is already mapped to the deployment group ${other.deploymentGroupName ?? ''}`
        throw new AwsError('ECSServiceMappingLimitExceededException', message)
      }
    }
}

/** The production listener becomes a weighted action before any deployment (seen once, switch `groupRewritesListener`). */
function takeOver(world: World, resources: GroupResources): void {
  const live = resources.service.taskSets.find(({ status }) => status === 'PRIMARY')?.targetGroupArn
  const idle = resources.targetGroupArns.find((arn) => arn !== live)
  if (live !== undefined && idle !== undefined && resources.targetGroupArns.includes(live))
    routeTraffic(world, resources.productionListener, live, idle, 0)
}
