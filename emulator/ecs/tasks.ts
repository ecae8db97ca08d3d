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
import { clusterOf, serviceOf } from './references.ts'
import { capacity, showTask } from './show.ts'
import type { StoredCluster, StoredTask } from './state.ts'

export function describeTasks(
  context: EcsContext,
  { cluster: clusterName, tasks = [] }: DescribeTasksRequest
): DescribeTasksResponse {
  const { state, scheduler, arn } = context
  const cluster = clusterOf(state, clusterName)
  if (tasks.length === 0) throw new AwsError('InvalidParameterException', 'Tasks cannot be empty.')
  scheduler.forgetOldTasks()
  const asked = tasks.map((name) => ({ name, found: findTask(context, cluster, name) }))
  return {
    tasks: asked.flatMap(({ found }) => (found ? [showTask(context, found)] : [])),
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
      ({ taskSet, desiredStatus }) =>
        taskSet.service.cluster === cluster &&
        (service === undefined || taskSet.service === service) &&
        (startedBy === undefined || taskSet.id === startedBy) &&
        (launchType === undefined || capacity(context, taskSet).launchType === launchType) &&
        (family === undefined || taskSet.taskDefinitionArn.includes(`/${family}:`)) &&
        desiredStatus === wanted
    )
    .map(({ arn }) => arn)
  const { items, ...more } = page(arns, request.nextToken, request.maxResults ?? 100)
  return { taskArns: items, ...more }
}

export function stopTask(
  context: EcsContext,
  { cluster: clusterName, task: name = '', reason = 'Task stopped by user' }: StopTaskRequest
): StopTaskResponse {
  const { state, scheduler } = context
  const task = findTask(context, clusterOf(state, clusterName), name)
  if (!task) throw new AwsError('InvalidParameterException', 'The referenced task was not found.')
  scheduler.stopTask(task, { code: 'UserInitiated', reason })
  return { task: showTask(context, task) }
}

function findTask(
  { state, arn }: EcsContext,
  cluster: StoredCluster,
  nameOrArn: string
): StoredTask | undefined {
  const full = nameOrArn.startsWith('arn:') ? nameOrArn : arn(`task/${cluster.name}/${nameOrArn}`)
  const task = state.tasks.get(full)
  return task?.taskSet.service.cluster === cluster ? task : undefined
}
