import type { Caller, Operations } from '../world.ts'
import * as clusters from './clusters.ts'
import type { EcsContext } from './context.ts'
import * as services from './services.ts'
import * as tags from './tags.ts'
import * as taskDefinitions from './task-definitions.ts'
import * as tasks from './tasks.ts'
import { updateService } from './update-service.ts'

/** The ECS API over one account's clusters. */
export function ecsOperations(context: EcsContext) {
  const over =
    <Input, Output>(operation: (context: EcsContext, input: Input, caller: Caller) => Output) =>
    (input: Input, _world: unknown, caller: Caller): Output =>
      operation(context, input, caller)
  return {
    CreateCluster: over(clusters.createCluster),
    CreateService: over(services.createService),
    DeleteService: over(services.deleteService),
    DeregisterTaskDefinition: over(taskDefinitions.deregisterTaskDefinition),
    DescribeClusters: over(clusters.describeClusters),
    DescribeServices: over(services.describeServices),
    DescribeTaskDefinition: over(taskDefinitions.describeTaskDefinition),
    DescribeTaskSets: over(services.describeTaskSets),
    DescribeTasks: over(tasks.describeTasks),
    ListServices: over(services.listServices),
    ListTagsForResource: over(tags.listTagsForResource),
    ListTaskDefinitions: over(taskDefinitions.listTaskDefinitions),
    ListTasks: over(tasks.listTasks),
    RegisterTaskDefinition: over(taskDefinitions.registerTaskDefinition),
    StopTask: over(tasks.stopTask),
    TagResource: over(tags.tagResource),
    UpdateService: over(updateService)
  } satisfies Operations
}

export type EcsOperations = ReturnType<typeof ecsOperations>
