import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  type ECSClient,
  ListTasksCommand,
  type Task,
  type TaskSet
} from '@aws-sdk/client-ecs'

/** The two sides of a deployment; a side is undefined if ECS does not list it. */
export interface TaskSets {
  readonly blue: TaskSet | undefined
  readonly green: TaskSet | undefined
}

/**
 * Reads the task sets of a service. CodeDeploy writes its deployment's id into the task set that
 * it creates (aws-semantics 3.2). Errors: those of DescribeServices.
 */
export async function taskSets(
  ecs: ECSClient,
  {
    cluster,
    service,
    deploymentId
  }: { readonly cluster: string; readonly service: string; readonly deploymentId: string }
): Promise<TaskSets> {
  const { services } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }))
  const all = services?.[0]?.taskSets ?? []
  const green = all.find(({ externalId }) => externalId === deploymentId)
  const blue = all.find((taskSet) => taskSet !== green && taskSet.status === 'PRIMARY')
  return { blue, green }
}

/** Reads every task of a task set, whatever its state. Errors: those of ListTasks and DescribeTasks. */
export async function tasksOfTaskSet(ecs: ECSClient, cluster: string, id: string): Promise<Task[]> {
  const found: Task[] = []
  let nextToken: string | undefined
  do {
    // ListTasks takes no other filter together with `startedBy`. Its page of 100 is the most that DescribeTasks takes.
    const page = await ecs.send(
      new ListTasksCommand({ cluster, startedBy: id, ...(nextToken && { nextToken }) })
    )
    nextToken = page.nextToken
    if (!page.taskArns?.length) continue
    const { tasks = [] } = await ecs.send(
      new DescribeTasksCommand({ cluster, tasks: page.taskArns })
    )
    found.push(...tasks)
  } while (nextToken)
  return found
}
