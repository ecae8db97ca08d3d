import type {
  RunTaskRequest,
  RunTaskResponse,
  TaskDefinition,
  TaskOverride
} from '@aws-sdk/client-ecs'
import { AwsError } from '../errors.ts'
import type { EcsContext } from './context.ts'
import { clusterOf, runnableTaskDefinition } from './references.ts'
import { showTask } from './show.ts'
import type { StoredCluster, StoredTaskDefinition } from './state.ts'

/** API reference, RunTask: "You can specify up to 10 tasks for each call." */
const MOST_TASKS = 10
/** API reference, TaskOverride: "A total of 8192 characters are allowed for overrides". */
const LONGEST_OVERRIDES = 8_192

/**
 * Starts tasks that no service owns. Without room for one, AWS answers with status 200 and
 * `failures` (developer guide, "Amazon ECS API failure reasons").
 */
export function runTask(context: EcsContext, request: RunTaskRequest): RunTaskResponse {
  const { state, oneOff } = context
  const cluster = clusterOf(state, request.cluster)
  const stored = runnableTaskDefinition(state, request.taskDefinition)
  const { definition } = stored
  const count = request.count ?? 1
  if (count < 1 || count > MOST_TASKS) {
    throw refused(`count must be between 1 and ${MOST_TASKS}, and is ${count}.`)
  }
  checkCapacity(request, definition)
  checkNetwork(request, definition)
  checkOverrides(request.overrides, definition)
  checkVolumes(request, definition)
  const { startedBy, clientToken } = request
  if (startedBy !== undefined && !/^[A-Za-z0-9/_-]{1,128}$/.test(startedBy)) {
    throw refused(
      'startedBy may hold up to 128 letters, numbers, hyphens, slashes and underscores.'
    )
  }
  const shown = (arns: readonly string[]): RunTaskResponse => ({
    tasks: arns.flatMap((arn) => {
      const task = state.tasks.get(arn)
      return task ? [showTask(context, task, ['TAGS'])] : []
    }),
    failures: []
  })
  const { clientToken: _, ...asked } = request
  const text = JSON.stringify(asked)
  const before = clientToken === undefined ? undefined : state.runs.get(clientToken)
  if (before) {
    // Developer guide, "Ensuring idempotency": another request with the same token is refused.
    if (before.request !== text) {
      throw new AwsError('ConflictException', 'The clientToken was used by another request.')
    }
    return shown(before.taskArns)
  }
  if (state.unplaceable !== undefined) {
    return { tasks: [], failures: [{ arn: cluster.arn, reason: state.unplaceable }] }
  }
  const run = {
    cluster,
    taskDefinitionArn: definition.taskDefinitionArn ?? '',
    group: request.group ?? `family:${definition.family ?? ''}`,
    startedBy,
    overrides: { containerOverrides: [], ...request.overrides },
    launchType: request.launchType,
    platformVersion: request.platformVersion,
    networkConfiguration: request.networkConfiguration,
    capacityProviderStrategy: request.capacityProviderStrategy ?? [],
    volumeConfigurations: request.volumeConfigurations ?? [],
    tags: tagsOf(request, stored, cluster)
  }
  const taskArns = Array.from({ length: count }, () => oneOff.start(run, definition).arn)
  if (clientToken !== undefined) state.runs.set(clientToken, { request: text, taskArns })
  return shown(taskArns)
}

function checkCapacity(
  { launchType: asked, capacityProviderStrategy = [] }: RunTaskRequest,
  { compatibilities = [] }: TaskDefinition
): void {
  if (capacityProviderStrategy.length > 0) {
    if (asked !== undefined) {
      throw refused(
        'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.'
      )
    }
    for (const { capacityProvider = '' } of capacityProviderStrategy) {
      if (capacityProvider === 'FARGATE' || capacityProvider === 'FARGATE_SPOT') continue
      throw refused(
        `The specified capacity provider '${capacityProvider}' was not found. Specify a valid name or ARN and try again.`
      )
    }
    return
  }
  const launchType = asked ?? 'EC2'
  if (!compatibilities.includes(launchType)) {
    throw refused(`Task definition does not support launch_type ${launchType}.`)
  }
  // No cluster here has container instances (aws/amazon-ecs-cli#1122, linz/geostore#1687).
  if (launchType === 'EC2') throw refused('No Container Instances were found in your cluster.')
}

/** Both sentences as people have seen them: amazon-ecs-deploy-task-definition#802 and #616. */
function checkNetwork(
  { networkConfiguration }: RunTaskRequest,
  { networkMode }: TaskDefinition
): void {
  if (networkMode !== 'awsvpc') {
    if (!networkConfiguration) return
    throw refused(
      'Network Configuration is not valid for the given networkMode of this task definition.'
    )
  }
  if (!networkConfiguration?.awsvpcConfiguration) {
    throw refused("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
  }
  if (!networkConfiguration.awsvpcConfiguration.subnets?.length) {
    throw refused('subnets can not be empty.')
  }
}

/** The sentence as azavea/django-ecsmanage#21 has it. */
function checkOverrides(
  overrides: TaskOverride | undefined,
  { containerDefinitions = [] }: TaskDefinition
): void {
  if (overrides && JSON.stringify(overrides).length > LONGEST_OVERRIDES) {
    throw refused(`Container Overrides length must be at most ${LONGEST_OVERRIDES}`)
  }
  for (const { name = '' } of overrides?.containerOverrides ?? []) {
    if (containerDefinitions.some((container) => container.name === name)) continue
    throw refused(`Override for container named ${name} is not a container in the TaskDefinition.`)
  }
}

/** Only a volume that the definition leaves open can be configured (API reference, TaskVolumeConfiguration). */
function checkVolumes(
  { volumeConfigurations = [] }: RunTaskRequest,
  { volumes = [] }: TaskDefinition
): void {
  for (const { name = '' } of volumeConfigurations) {
    if (volumes.some((volume) => volume.name === name && volume.configuredAtLaunch)) continue
    throw refused(`The volume '${name}' is not configured at launch in the task definition.`)
  }
}

function tagsOf(
  { tags = [], propagateTags, enableECSManagedTags }: RunTaskRequest,
  definition: StoredTaskDefinition,
  { name }: StoredCluster
): StoredTaskDefinition['tags'] {
  for (const { key = '' } of tags) {
    if (/^aws:/i.test(key)) {
      throw refused(`Tag keys may not begin with the reserved prefix aws: (${key}).`)
    }
  }
  const inherited = propagateTags === 'TASK_DEFINITION' ? definition.tags : []
  return [
    ...inherited.filter(({ key }) => !tags.some((tag) => tag.key === key)),
    ...tags,
    ...(enableECSManagedTags ? [{ key: 'aws:ecs:clusterName', value: name }] : [])
  ]
}

function refused(message: string): AwsError {
  return new AwsError('InvalidParameterException', message)
}
