import { DescribeTasksCommand, ListTasksCommand, type Task } from '@aws-sdk/client-ecs'
import type { Clients } from '../aws/clients.ts'
import type { OptionalReads } from '../aws/optional-reads.ts'
import type { EndedTask } from '../release/snapshot.ts'
import { wasScaledIn } from './ecs-failure.ts'

/**
 * Reads the tasks of a task set that have ended although they were to run, the oldest first;
 * undefined if they may not be read. Never rejects.
 */
export type StoppedTasksReader = (taskSetId: string) => Promise<readonly EndedTask[] | undefined>

/**
 * ECS shows a stopped task for about an hour (API reference, DescribeTasks). A task that was
 * described once is remembered, so it counts for as long as this job runs, and a poll that
 * finds nothing new costs one call.
 */
export function stoppedTasksReader(
  { ecs }: Pick<Clients, 'ecs'>,
  optionalReads: OptionalReads,
  cluster: string,
  service: string
): StoppedTasksReader {
  /** By ARN; undefined for a task that does not count, such as one of another task set. */
  const known = new Map<
    string,
    { readonly taskSetId: string; readonly task: EndedTask } | undefined
  >()

  return async (taskSetId) => {
    // ListTasks takes no other filter together with `startedBy`, so the service's are listed.
    const listed = await optionalReads.read('ecs:ListTasks', (abortSignal) =>
      ecs.send(new ListTasksCommand({ cluster, serviceName: service, desiredStatus: 'STOPPED' }), {
        abortSignal
      })
    )
    if (!listed) return undefined
    const unknown = (listed.taskArns ?? []).filter((arn) => !known.has(arn))
    if (unknown.length > 0) {
      const described = await optionalReads.read('ecs:DescribeTasks', (abortSignal) =>
        ecs.send(new DescribeTasksCommand({ cluster, tasks: unknown.slice(0, 100) }), {
          abortSignal
        })
      )
      if (!described) return undefined
      for (const task of described.tasks ?? []) remember(task)
    }
    return [...known.values()]
      .flatMap((each) => (each?.taskSetId === taskSetId ? [each.task] : []))
      .sort((one, other) => (one.stoppedAt ?? 0) - (other.stoppedAt ?? 0))
  }

  /** A task that is still on its way down has no exit code yet, so it is described again. */
  function remember(task: Task): void {
    const { taskArn, startedBy = '', lastStatus } = task
    if (taskArn === undefined || lastStatus !== 'STOPPED') return
    const counts = task.stopCode !== 'UserInitiated' && !wasScaledIn(task)
    known.set(taskArn, counts ? { taskSetId: startedBy, task: endedTask(task) } : undefined)
  }
}

function endedTask(task: Task): EndedTask {
  return {
    taskArn: task.taskArn ?? 'unknown',
    stoppedAt: task.stoppedAt?.getTime(),
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    containers: (task.containers ?? []).map(({ name, exitCode, reason, runtimeId }) => ({
      name: name ?? 'unnamed',
      exitCode,
      reason,
      runtimeId
    }))
  }
}
