import type { Service } from '@aws-sdk/client-ecs'
import { only, operations, using } from '../operation.ts'
import type { Declared, Uses } from '../operation.ts'
import type { Caller } from '../world.ts'
import * as clusters from './clusters.ts'
import type { EcsContext } from './context.ts'
import { runTask } from './run-task.ts'
import * as services from './services.ts'
import * as tags from './tags.ts'
import * as taskDefinitions from './task-definitions.ts'
import * as tasks from './tasks.ts'
import { updateService } from './update-service.ts'

const TAGS = { key: true, value: true } as const
const PAGE = { maxResults: true, nextToken: true } as const

/** Of one container of a task; what is not run is kept and shown. */
const OVERRIDE = {
  name: true,
  command: true,
  environment: { name: true, value: true },
  cpu: true,
  memory: true,
  memoryReservation: true
} as const

/** Kept: no volume is made. */
const VOLUME = {
  roleArn: true,
  encrypted: true,
  filesystemType: true,
  sizeInGiB: true,
  volumeType: true
} as const

/** Of a service; the settings that are always so may be said. */
const SERVICE = {
  availabilityZoneRebalancing: only('DISABLED'),
  deploymentConfiguration: {
    maximumPercent: true,
    minimumHealthyPercent: true,
    deploymentCircuitBreaker: { enable: true, rollback: true }
  },
  deploymentController: { type: true },
  enableECSManagedTags: only(false),
  enableExecuteCommand: only(false),
  healthCheckGracePeriodSeconds: true,
  propagateTags: only('NONE')
} as const satisfies Uses<Service>

/** The ECS API over one account's clusters. */
export function ecsOperations(context: EcsContext) {
  const over = <Input, Output>(
    uses: true | Uses<NoInfer<Input>>,
    operation: (context: EcsContext, input: Input, caller: Caller) => Output
  ): Declared<(input: Input, world: unknown, caller: Caller) => Output> =>
    using(uses, (input: Input, _world: unknown, caller: Caller): Output =>
      operation(context, input, caller)
    )
  return operations('ecs', {
    CreateCluster: over({ clusterName: true, settings: true, tags: TAGS }, clusters.createCluster),
    CreateService: over(
      {
        ...SERVICE,
        capacityProviderStrategy: true,
        cluster: true,
        desiredCount: true,
        launchType: only('EC2', 'FARGATE'),
        loadBalancers: { targetGroupArn: true, containerName: true, containerPort: true },
        networkConfiguration: true,
        platformVersion: true,
        schedulingStrategy: only('REPLICA'),
        serviceName: true,
        tags: TAGS,
        taskDefinition: true
      },
      services.createService
    ),
    DeleteService: over({ cluster: true, service: true, force: true }, services.deleteService),
    DeregisterTaskDefinition: over(
      { taskDefinition: true },
      taskDefinitions.deregisterTaskDefinition
    ),
    DescribeClusters: over(
      { clusters: true, include: only('SETTINGS', 'TAGS') },
      clusters.describeClusters
    ),
    DescribeServices: over(
      { cluster: true, services: true, include: true },
      services.describeServices
    ),
    DescribeTaskDefinition: over(
      { taskDefinition: true, include: true },
      taskDefinitions.describeTaskDefinition
    ),
    // Of all tasks, only those of RunTask have tags here.
    DescribeTaskSets: over(
      { cluster: true, service: true, taskSets: true, include: only('TAGS') },
      services.describeTaskSets
    ),
    DescribeTasks: over({ cluster: true, tasks: true, include: only('TAGS') }, tasks.describeTasks),
    ListClusters: over(PAGE, clusters.listClusters),
    ListServices: over(
      { ...PAGE, cluster: true, launchType: true, schedulingStrategy: only('REPLICA') },
      services.listServices
    ),
    ListTagsForResource: over({ resourceArn: true }, tags.listTagsForResource),
    ListTaskDefinitions: over(
      { ...PAGE, familyPrefix: true, status: true, sort: true },
      taskDefinitions.listTaskDefinitions
    ),
    ListTasks: over(
      {
        ...PAGE,
        cluster: true,
        desiredStatus: true,
        family: true,
        launchType: true,
        serviceName: true,
        startedBy: true
      },
      tasks.listTasks
    ),
    // A definition is kept and shown as it is, with members that nobody here knows.
    RegisterTaskDefinition: over(true, taskDefinitions.registerTaskDefinition),
    RunTask: over(
      {
        capacityProviderStrategy: true,
        clientToken: true,
        cluster: true,
        count: true,
        enableECSManagedTags: true,
        enableExecuteCommand: only(false),
        group: true,
        launchType: only('EC2', 'FARGATE'),
        networkConfiguration: true,
        overrides: { containerOverrides: OVERRIDE },
        platformVersion: true,
        propagateTags: only('NONE', 'TASK_DEFINITION'),
        startedBy: true,
        tags: TAGS,
        taskDefinition: true,
        volumeConfigurations: { name: true, managedEBSVolume: VOLUME }
      },
      runTask
    ),
    StopTask: over({ cluster: true, task: true, reason: true }, tasks.stopTask),
    TagResource: over({ resourceArn: true, tags: TAGS }, tags.tagResource),
    UpdateService: over(
      {
        ...SERVICE,
        capacityProviderStrategy: true,
        cluster: true,
        desiredCount: true,
        forceNewDeployment: true,
        loadBalancers: true,
        networkConfiguration: true,
        platformVersion: true,
        service: true,
        taskDefinition: true
      },
      updateService
    )
  })
}

export type EcsOperations = ReturnType<typeof ecsOperations>
