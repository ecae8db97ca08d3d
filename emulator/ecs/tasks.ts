import type {
  DescribeTasksRequest,
  DescribeTasksResponse,
  ListTasksRequest,
  ListTasksResponse,
  StopTaskRequest,
  StopTaskResponse
} from '@aws-sdk/client-ecs'
import { AwsError } from '../errors.ts'
import type { EcsContext } from './context.ts'
import { page } from './paging.ts'
import { clusterOf, clusterOfTask, serviceOf } from './references.ts'
import { capacity, showTask, startedByOf } from './show.ts'
import type { StoredCluster, StoredTask } from './state.ts'

export function describeTasks(
  context: EcsContext,
  { cluster: clusterName, tasks = [], include = [] }: DescribeTasksRequest
): DescribeTasksResponse {
  const { state, scheduler, arn } = context
  const cluster = clusterOf(state, clusterName)
  if (tasks.length === 0) throw new AwsError('InvalidParameterException', 'Tasks cannot be empty.')
  scheduler.forgetOldTasks()
  const asked = tasks.map((name) => ({ name, found: findTask(context, cluster, name) }))
  return {
    tasks: asked.flatMap(({ found }) => (found ? [showTask(context, found, include)] : [])),
    failures: asked
      .filter(({ found }) => !found)
      .map(({ name }) => ({
        arn: name.startsWith('arn:') ? name : arn(`task/${cluster.name}/${name}`),
        reason: 'MISSING'
      }))
  }
}

/** RUNNING means wanted to run, which a pending task is; STOPPED is what leaves or has left. */
export function listTasks(context: EcsContext, request: ListTasksRequest): ListTasksResponse {
  const { state, scheduler } = context
  const cluster = clusterOf(state, request.cluster)
  const { serviceName, startedBy, family, launchType } = request
  const { desiredStatus: wanted = 'RUNNING' } = request
  const service = serviceName === undefined ? undefined : serviceOf(state, cluster, serviceName)
  scheduler.forgetOldTasks()
  const arns = [...state.tasks.values()]
    .filter(
      (task) =>
        clusterOfTask(task) === cluster &&
        (service === undefined || task.taskSet?.service === service) &&
        (startedBy === undefined || startedByOf(task) === startedBy) &&
        (launchType === undefined ||
          capacity(context, task.taskSet ?? task.run).launchType === launchType) &&
        (family === undefined ||
          (task.taskSet ?? task.run).taskDefinitionArn.includes(`/${family}:`)) &&
        task.desiredStatus === wanted
    )
    .map(({ arn }) => arn)
  const { items, ...more } = page(arns, request.nextToken, request.maxResults ?? 100)
  return { taskArns: items, ...more }
}

export function stopTask(
  context: EcsContext,
  { cluster: clusterName, task: name = '', reason = 'Task stopped by user' }: StopTaskRequest
): StopTaskResponse {
  const { state, scheduler, oneOff } = context
  const task = findTask(context, clusterOf(state, clusterName), name)
  if (!task) throw new AwsError('InvalidParameterException', 'The referenced task was not found.')
  const stop = { code: 'UserInitiated', reason } as const
  if (task.run) oneOff.stop(task, stop)
  else scheduler.stopTask(task, stop)
  return { task: showTask(context, task) }
}

function findTask(
  { state, arn }: EcsContext,
  cluster: StoredCluster,
  nameOrArn: string
): StoredTask | undefined {
  const full = nameOrArn.startsWith('arn:') ? nameOrArn : arn(`task/${cluster.name}/${nameOrArn}`)
  const task = state.tasks.get(full)
  return task && clusterOfTask(task) === cluster ? task : undefined
}
