import { DescribeTasksCommand, RunTaskCommand, StopTaskCommand } from '@aws-sdk/client-ecs'
import type { Failure, RunTaskCommandInput, Task } from '@aws-sdk/client-ecs'
import { withBackoff, type Backoff } from './backoff.ts'
import type { Clients } from './clients.ts'
import { kindOf } from './errors.ts'

type Ecs = Pick<Clients, 'ecs'>

/** How long RunTask is repeated while AWS throttles it or does not answer. */
const PATIENCE_MS = 120_000

/** `failures` says why no task was placed; AWS answers that with status 200. */
export interface TaskStarted {
  readonly task: Task | undefined
  readonly failures: readonly Failure[]
}

/**
 * Starts one task. The call is repeated with the same `clientToken`, so that a lost answer
 * does not start a second task. Errors: the last one of RunTask.
 */
export async function startTask(
  { ecs }: Ecs,
  input: RunTaskCommandInput & { readonly clientToken: string },
  backoff: Omit<Backoff, 'limitMs'>
): Promise<TaskStarted> {
  const { tasks = [], failures = [] } = await withBackoff(
    () => ecs.send(new RunTaskCommand(input)),
    (error) => kindOf(error) === 'throttled' || kindOf(error) === 'transient',
    { ...backoff, limitMs: PATIENCE_MS }
  )
  return { task: tasks[0], failures }
}

/** The task; undefined if ECS does not know it, or not yet. Errors: those of DescribeTasks. */
export async function describeTask(
  { ecs }: Ecs,
  cluster: string,
  taskArn: string
): Promise<Task | undefined> {
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: [taskArn] }))
  return tasks[0]
}

/** `reason` is what ECS shows as the task's `stoppedReason`. Errors: those of StopTask. */
export async function stopTask(
  { ecs }: Ecs,
  cluster: string,
  taskArn: string,
  reason: string
): Promise<void> {
  await ecs.send(new StopTaskCommand({ cluster, task: taskArn, reason }))
}
