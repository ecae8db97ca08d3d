import type {
  CreateDeploymentInput,
  CreateDeploymentOutput,
  DeploymentGroupInfo
} from '@aws-sdk/client-codedeploy'
import { AwsError } from '../errors.ts'
import type { World } from '../world.ts'
import { deploymentsOf, isActive } from './active.ts'
import type { AppSpec } from './appspec.ts'
import { release } from './engine/release.ts'
import { runDeployment } from './engine/runner.ts'
import { resolveTaskDefinition } from './engine/task-definitions.ts'
import { checkAlarms, checkAutoRollback, checkConfig, groupResources } from './group-rules.ts'
import type { Plan } from './plan.ts'
import { requireApplication, requireConfig, requireGroup } from './refusals.ts'
import { namedRevision, readRevision, registerRevision } from './revisions.ts'
import { shiftSteps } from './shift.ts'
import { storeDeployment } from './store.ts'

/** CodeDeploy user guide, limits. */
const DESCRIPTION_LIMIT = 256

export function createDeployment(
  input: CreateDeploymentInput,
  world: World
): CreateDeploymentOutput {
  const application = requireApplication(world, input.applicationName)
  const group = requireGroup(application, input.deploymentGroupName)
  checkInput(input)
  const revision = readRevision(input.revision, application, world.switches)
  const { appSpec } = revision
  if (world.switches.appSpecValidation === 'at-creation') checkAgainstTaskDefinition(world, appSpec)
  const configName = input.deploymentConfigName ?? group.deploymentConfigName
  const plan = planOf(world, group, input, configName, appSpec)
  const history = deploymentsOf(world, application.name, group.deploymentGroupName)
  const active = history.find(({ info }) => isActive(info))
  if (active) {
    const message = `The Deployment Group '${group.deploymentGroupName ?? ''}' already has an active Deployment '${active.info.deploymentId ?? ''}'`
    throw new AwsError('DeploymentLimitExceededException', message)
  }
  const previous = history.findLast(({ info }) => info.status === 'Succeeded')
  const deployment = storeDeployment(world, {
    info: {
      applicationName: application.name,
      deploymentGroupName: group.deploymentGroupName,
      deploymentConfigName: configName,
      previousRevision: previous?.info.revision,
      revision: namedRevision(revision.sha256),
      description: input.description,
      creator: 'user',
      autoRollbackConfiguration: input.autoRollbackConfiguration ?? group.autoRollbackConfiguration,
      deploymentStyle: group.deploymentStyle,
      blueGreenDeploymentConfiguration: group.blueGreenDeploymentConfiguration,
      loadBalancerInfo: group.loadBalancerInfo,
      overrideAlarmConfiguration: input.overrideAlarmConfiguration
    },
    plan,
    previous,
    blue: plan.service.taskSets.find(({ status }) => status === 'PRIMARY')
  })
  const { deploymentId = '' } = deployment.info
  registerRevision(application, revision, deploymentId, world.clock.now())
  void runDeployment(world, deployment, release)
  return { deploymentId }
}

function checkInput(input: CreateDeploymentInput): void {
  if ((input.description ?? '').length > DESCRIPTION_LIMIT) {
    const message = `The description is longer than ${DESCRIPTION_LIMIT} characters`
    throw new AwsError('DescriptionTooLongException', message)
  }
  if (input.deploymentMode === 'RESTART') {
    const message = 'deploymentMode RESTART is not supported for the ECS compute platform'
    throw new AwsError('InvalidInputException', message)
  }
  checkAutoRollback(input.autoRollbackConfiguration)
  checkAlarms(input.overrideAlarmConfiguration)
}

function checkAgainstTaskDefinition(world: World, appSpec: AppSpec): void {
  try {
    resolveTaskDefinition(world, appSpec)
  } catch (error) {
    if (error instanceof AwsError) throw new AwsError('InvalidRevisionException', error.message)
    throw error
  }
}

function planOf(
  world: World,
  group: DeploymentGroupInfo,
  { overrideAlarmConfiguration }: CreateDeploymentInput,
  configName: string | undefined,
  appSpec: AppSpec
): Plan {
  const resources = groupResources(world, group)
  checkConfig(world, configName, resources)
  const { deploymentReadyOption: ready, terminateBlueInstancesOnDeploymentSuccess: termination } =
    group.blueGreenDeploymentConfiguration ?? {}
  const alarms = overrideAlarmConfiguration ?? group.alarmConfiguration
  return {
    ...resources,
    serviceRoleArn: group.serviceRoleArn ?? '',
    shift: shiftSteps(requireConfig(world, configName).trafficRoutingConfig),
    readyWaitMinutes:
      ready?.actionOnTimeout === 'STOP_DEPLOYMENT' ? ready.waitTimeInMinutes : undefined,
    terminationWaitMinutes:
      termination?.action === 'TERMINATE'
        ? (termination.terminationWaitTimeInMinutes ?? 0)
        : undefined,
    alarms: alarms?.enabled ? (alarms.alarms ?? []).flatMap(({ name }) => name ?? []) : [],
    appSpec
  }
}
