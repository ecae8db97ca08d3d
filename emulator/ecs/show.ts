import type {
  Attachment,
  Container,
  Deployment,
  LoadBalancer,
  Service,
  Task,
  TaskField,
  TaskSet
} from '@aws-sdk/client-ecs'
import { digestOf } from '../dataplane/images.ts'
import type { EcsContext } from './context.ts'
import { clusterOfTask, findTaskDefinition } from './references.ts'
import { computedDesiredCount } from './scheduler.ts'
import type {
  OneOffTask,
  Serving,
  StoredRun,
  StoredService,
  StoredTask,
  StoredTaskSet
} from './state.ts'

/** As DescribeServices shows it: under CODE_DEPLOY `deployments` is empty and `taskSets` tells what runs. */
export function showService(context: EcsContext, service: StoredService): Service {
  const counts = service.taskSets.map((taskSet) => context.scheduler.counts(taskSet))
  const rolling = service.controller === 'ECS'
  const { serving } = service
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.cluster.arn,
    status: service.status,
    desiredCount: service.desiredCount,
    runningCount: counts.reduce((sum, { running }) => sum + running, 0),
    pendingCount: counts.reduce((sum, { pending }) => sum + pending, 0),
    taskDefinition: serving.taskDefinitionArn,
    loadBalancers: [balancerOf(serving)],
    serviceRegistries: [],
    ...capacity(context, serving),
    deploymentController: { type: service.controller },
    deploymentConfiguration: service.deploymentConfiguration,
    deployments: rolling
      ? newestFirst(service.taskSets).map((each) => showDeployment(context, each))
      : [],
    taskSets: rolling ? [] : service.taskSets.map((each) => showTaskSet(context, each)),
    events: service.events,
    createdAt: new Date(service.createdAt),
    networkConfiguration: serving.networkConfiguration,
    healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds ?? 0,
    placementConstraints: [],
    placementStrategy: [],
    schedulingStrategy: 'REPLICA',
    enableECSManagedTags: false,
    enableExecuteCommand: false,
    propagateTags: 'NONE'
  }
}

export function showTaskSet(context: EcsContext, taskSet: StoredTaskSet): TaskSet {
  const { scheduler } = context
  const { computed, pending, running } = scheduler.counts(taskSet)
  const { id, arn, service, status, stabilitySince, updatedAt } = taskSet
  return {
    id,
    taskSetArn: arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    startedBy: 'CODE_DEPLOY',
    ...(taskSet.externalId === undefined ? {} : { externalId: taskSet.externalId }),
    status,
    taskDefinition: taskSet.taskDefinitionArn,
    computedDesiredCount: computed,
    pendingCount: pending,
    runningCount: running,
    createdAt: new Date(taskSet.createdAt),
    updatedAt: new Date(updatedAt),
    ...capacity(context, taskSet),
    networkConfiguration: taskSet.networkConfiguration,
    loadBalancers: [balancerOf(taskSet)],
    serviceRegistries: [],
    scale: { value: taskSet.scale, unit: 'PERCENT' },
    stabilityStatus: scheduler.isStable(taskSet) ? 'STEADY_STATE' : 'STABILIZING',
    stabilityStatusAt: new Date(stabilitySince ?? updatedAt),
    tags: []
  }
}

export function startedByOf({ taskSet, run }: StoredTask): string | undefined {
  return taskSet ? taskSet.id : run.startedBy
}

/** Tags only where they are asked for (API reference, DescribeTasks). */
export function showTask(
  context: EcsContext,
  task: StoredTask,
  include: readonly TaskField[] = []
): Task {
  const { taskSet, run } = task
  const { taskDefinitionArn } = taskSet ?? run
  const startedBy = startedByOf(task)
  const definition = findTaskDefinition(context.state, taskDefinitionArn)?.definition
  const date = (name: string, at: number | undefined): object =>
    at === undefined ? {} : { [name]: new Date(at) }
  return {
    taskArn: task.arn,
    clusterArn: clusterOfTask(task).arn,
    taskDefinitionArn,
    group: taskSet ? `service:${taskSet.service.name}` : run.group,
    ...(startedBy === undefined ? {} : { startedBy }),
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    connectivity: 'CONNECTED',
    healthStatus: 'UNKNOWN',
    ...(taskSet ? capacity(context, taskSet) : capacityOfRun(context, run)),
    cpu: definition?.cpu,
    memory: definition?.memory,
    overrides: run?.overrides ?? { containerOverrides: [] },
    containers: (definition?.containerDefinitions ?? []).map(({ name = '', image }) =>
      showContainer(task, name, image)
    ),
    attachments: [
      {
        type: 'ElasticNetworkInterface',
        status: task.lastStatus === 'STOPPED' ? 'DELETED' : 'ATTACHED',
        details: [
          { name: 'privateIPv4Address', value: task.privateIp },
          ...(run?.networkConfiguration?.awsvpcConfiguration?.subnets ?? [])
            .slice(0, 1)
            .map((value) => ({ name: 'subnetId', value }))
        ]
      },
      ...(task.run ? volumesOf(task) : [])
    ],
    ...(task.stopCode === undefined ? {} : { stopCode: task.stopCode }),
    ...(task.stoppedReason === undefined ? {} : { stoppedReason: task.stoppedReason }),
    createdAt: new Date(task.createdAt),
    ...date('startedAt', task.startedAt),
    ...date('stoppingAt', task.stoppingAt),
    ...date('stoppedAt', task.stoppedAt),
    tags: run && include.includes('TAGS') ? run.tags : [],
    version: 1
  }
}

function volumesOf({ run, lastStatus }: OneOffTask): Attachment[] {
  return run.volumeConfigurations.map(({ name = '' }) => ({
    type: 'AmazonElasticBlockStorage',
    status: lastStatus === 'STOPPED' ? 'DELETED' : 'ATTACHED',
    details: [{ name: 'volumeName', value: name }]
  }))
}

/** A task shows the provider that it was placed on, not the strategy. */
function capacityOfRun(
  context: EcsContext,
  run: StoredRun
): Pick<Task, 'launchType' | 'capacityProviderName' | 'platformVersion' | 'platformFamily'> {
  const { capacityProviderStrategy: [placed] = [], ...shown } = capacity(context, run)
  if (placed?.capacityProvider === undefined) return shown
  return { ...shown, launchType: 'FARGATE', capacityProviderName: placed.capacityProvider }
}

function showContainer(task: StoredTask, name: string, image: string | undefined): Container {
  const end = task.exitCodes.get(name)
  return {
    containerArn: task.arn.replace(':task/', ':container/').concat(`/${name}`),
    taskArn: task.arn,
    name,
    image,
    // Known once it is pulled, which is before it runs.
    ...(image !== undefined && task.startedAt !== undefined && { imageDigest: digestOf(image) }),
    lastStatus: task.lastStatus === 'DEACTIVATING' ? 'RUNNING' : task.lastStatus,
    ...(end?.exitCode === undefined ? {} : { exitCode: end.exitCode }),
    ...(end?.reason === undefined ? {} : { reason: end.reason }),
    networkInterfaces: [{ privateIpv4Address: task.privateIp }],
    healthStatus: 'UNKNOWN'
  }
}

function showDeployment(context: EcsContext, taskSet: StoredTaskSet): Deployment {
  const { pending, running } = context.scheduler.counts(taskSet)
  const stable = context.scheduler.isStable(taskSet)
  const rolloutState = taskSet.rollout ?? (stable ? 'COMPLETED' : 'IN_PROGRESS')
  return {
    id: taskSet.id,
    status: taskSet.status,
    taskDefinition: taskSet.taskDefinitionArn,
    // What the service asks for, as ECS shows it: not what has been started so far.
    desiredCount:
      taskSet.status === 'PRIMARY' ? taskSet.service.desiredCount : computedDesiredCount(taskSet),
    pendingCount: pending,
    runningCount: running,
    failedTasks: context.scheduler.failures(taskSet),
    createdAt: new Date(taskSet.createdAt),
    updatedAt: new Date(taskSet.updatedAt),
    rolloutState,
    rolloutStateReason: taskSet.rolloutReason ?? reasonOf(taskSet.id, rolloutState)
  }
}

/** Word for word as people have seen it (fabfuel/ecs-deploy#161 and its tests). */
function reasonOf(id: string, state: Deployment['rolloutState']): string {
  return `ECS deployment ${id} ${state === 'COMPLETED' ? 'completed' : 'in progress'}.`
}

function newestFirst(taskSets: readonly StoredTaskSet[]): readonly StoredTaskSet[] {
  return [...taskSets].reverse()
}

function balancerOf({ targetGroupArn, containerName, containerPort }: Serving): LoadBalancer {
  return { targetGroupArn, containerName, containerPort }
}

/** A strategy excludes a launch type; without either, the definition says which it was made for. */
export function capacity(
  { state }: EcsContext,
  owner: Omit<Serving, 'targetGroupArn' | 'containerName' | 'containerPort'>
): Pick<Service, 'launchType' | 'capacityProviderStrategy' | 'platformVersion' | 'platformFamily'> {
  const definition = findTaskDefinition(state, owner.taskDefinitionArn)?.definition
  const fargate = definition?.requiresCompatibilities?.includes('FARGATE') ?? false
  const platform = fargate
    ? { platformVersion: owner.platformVersion ?? 'LATEST', platformFamily: 'Linux' }
    : {}
  if (owner.capacityProviderStrategy.length > 0)
    return { capacityProviderStrategy: owner.capacityProviderStrategy, ...platform }
  return { launchType: owner.launchType ?? (fargate ? 'FARGATE' : 'EC2'), ...platform }
}
