import type { EcsContext } from './context.ts'
import type { EcsControl, NewTaskSet } from './control.ts'
import { AwsError } from '../errors.ts'
import { findService, runnableTaskDefinition } from './references.ts'
import type { Serving, StoredService, StoredTaskSet } from './state.ts'

/** What CodeDeploy's role may do to services: create, promote, scale and delete task sets. */
export function createControl(context: EcsContext): EcsControl {
  const { state, scheduler, clock } = context
  return {
    findService: (cluster, service) => {
      const known = state.clusters.get(cluster.slice(cluster.lastIndexOf('/') + 1))
      const found = known && findService(state, known, service)
      return found?.status === 'ACTIVE' ? found : undefined
    },
    createTaskSet: (service, wanted) => addTaskSet(context, service, wanted, 'ACTIVE'),
    stability: (taskSet) => (scheduler.isStable(taskSet) ? 'STEADY_STATE' : 'STABILIZING'),
    setPrimary: (service, taskSet) => {
      for (const each of service.taskSets) if (each.status === 'PRIMARY') each.status = 'ACTIVE'
      taskSet.status = 'PRIMARY'
      taskSet.updatedAt = clock.now()
      service.serving = servingOf(taskSet)
    },
    scale: (taskSet, percent) => scaleTaskSet(context, taskSet, percent),
    deleteTaskSet: async (service, taskSet) => {
      if (taskSet.status === 'PRIMARY')
        throw new AwsError('InvalidParameterException', 'The PRIMARY task set cannot be deleted.')
      await removeTaskSet(context, service, taskSet)
    },
    addEvent: (service, message) => scheduler.addEvent(service, message)
  }
}

/** Refused like CreateTaskSet refuses it when the revision lacks the container or the port. */
export function addTaskSet(
  context: EcsContext,
  service: StoredService,
  wanted: NewTaskSet | Serving,
  status: 'PRIMARY' | 'ACTIVE',
  count?: number
): StoredTaskSet {
  const { state, scheduler, clock, arn } = context
  const { definition } = runnableTaskDefinition(state, wanted.taskDefinitionArn)
  checkContainer(definition.containerDefinitions ?? [], wanted.containerName, wanted.containerPort)
  const id = `ecs-svc/${digits(19)}`
  const taskSet: StoredTaskSet = {
    id,
    arn: arn(`task-set/${service.cluster.name}/${service.name}/${id}`),
    service,
    status,
    taskDefinitionArn: definition.taskDefinitionArn ?? '',
    externalId: 'externalId' in wanted ? wanted.externalId : undefined,
    targetGroupArn: wanted.targetGroupArn,
    containerName: wanted.containerName,
    containerPort: wanted.containerPort,
    launchType: wanted.capacityProviderStrategy?.length ? undefined : service.serving.launchType,
    platformVersion: wanted.platformVersion ?? service.serving.platformVersion,
    networkConfiguration: wanted.networkConfiguration ?? service.serving.networkConfiguration,
    capacityProviderStrategy:
      wanted.capacityProviderStrategy ?? service.serving.capacityProviderStrategy,
    scale: 100,
    count,
    rollout: undefined,
    rolloutReason: undefined,
    createdAt: clock.now(),
    updatedAt: clock.now(),
    stabilitySince: undefined
  }
  service.taskSets.push(taskSet)
  scheduler.reconcile(taskSet)
  return taskSet
}

/** SDK: UpdateServicePrimaryTaskSet, "Any parameters that are updated on the primary task set in a service will transition to the service". */
export function servingOf(taskSet: StoredTaskSet): Serving {
  const { taskDefinitionArn, targetGroupArn, containerName, containerPort } = taskSet
  const { launchType, platformVersion, networkConfiguration, capacityProviderStrategy } = taskSet
  return {
    ...{ taskDefinitionArn, targetGroupArn, containerName, containerPort },
    ...{ launchType, platformVersion, networkConfiguration, capacityProviderStrategy }
  }
}

function scaleTaskSet(
  { scheduler, clock }: EcsContext,
  taskSet: StoredTaskSet,
  percent: number
): void {
  taskSet.scale = percent
  taskSet.count = undefined
  taskSet.updatedAt = clock.now()
  if (percent === 0) taskSet.status = 'DRAINING'
  scheduler.reconcile(taskSet)
}

/** Drains and stops every task of the set, and then takes the set out of the service. */
export async function removeTaskSet(
  context: EcsContext,
  service: StoredService,
  taskSet: StoredTaskSet
): Promise<void> {
  scaleTaskSet(context, taskSet, 0)
  await context.scheduler.emptied(taskSet)
  service.taskSets = service.taskSets.filter((each) => each !== taskSet)
}

function checkContainer(
  containers: readonly {
    name?: string | undefined
    portMappings?: { containerPort?: number | undefined }[] | undefined
  }[],
  name: string,
  port: number
): void {
  const container = containers.find((each) => each.name === name)
  if (!container)
    throw new AwsError(
      'InvalidParameterException',
      `The container ${name} does not exist in the task definition.`
    )
  if (!container.portMappings?.some(({ containerPort }) => containerPort === port))
    throw new AwsError(
      'InvalidParameterException',
      `The container ${name} did not have a container port ${port} defined.`
    )
}

function digits(count: number): string {
  const [first = 1, ...rest] = crypto.getRandomValues(new Uint8Array(count))
  return [(first % 9) + 1, ...rest.map((byte) => byte % 10)].join('')
}
