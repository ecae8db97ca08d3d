import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  type Task
} from '@aws-sdk/client-ecs'
import type { Clients } from '../aws/clients.ts'
import type { OptionalReads } from '../aws/optional-reads.ts'
import type { OldTasks } from '../release/report.ts'
import type { Settings } from '../release/settings.ts'

/** What DescribeTasks takes at once. */
const MOST_TASKS = 100

/**
 * What became of the tasks that served before, once green is the service's PRIMARY task set:
 * the stopped and stopping tasks of its other task sets. ECS marks a task with the id of its
 * task set (aws-semantics 3.2), and forgets stopped tasks within the hour. All reads are
 * optional; undefined if one of them gives no answer, or if there is no such task.
 */
export async function readOldTasks(
  clients: Clients,
  optionalReads: OptionalReads,
  { cluster, service }: Pick<Settings, 'cluster' | 'service'>,
  since: number
): Promise<OldTasks | undefined> {
  const [services, listed] = await Promise.all([
    optionalReads.read('ecs:DescribeServices', (abortSignal) =>
      clients.ecs.send(new DescribeServicesCommand({ cluster, services: [service] }), {
        abortSignal
      })
    ),
    optionalReads.read('ecs:ListTasks', (abortSignal) =>
      clients.ecs.send(
        new ListTasksCommand({ cluster, serviceName: service, desiredStatus: 'STOPPED' }),
        { abortSignal }
      )
    )
  ])
  const primary = services?.services?.[0]?.taskSets?.find(({ status }) => status === 'PRIMARY')
  const arns = listed?.taskArns?.slice(0, MOST_TASKS) ?? []
  if (primary?.id === undefined || arns.length === 0) return undefined
  const described = await optionalReads.read('ecs:DescribeTasks', (abortSignal) =>
    clients.ecs.send(new DescribeTasksCommand({ cluster, tasks: arns }), { abortSignal })
  )
  const old = (described?.tasks ?? []).filter((task) => isOld(task, primary.id, since))
  if (old.length === 0) return undefined
  const stopped = timesOf(old, 'stoppedAt')
  const told = timesOf(old, 'stoppingAt')
  return {
    told: old.length,
    stopped: stopped.length,
    toldAt: told.length === 0 ? undefined : Math.min(...told),
    stoppedAt: stopped.length < old.length ? undefined : Math.max(...stopped)
  }
}

function isOld(
  { startedBy, stoppedAt }: Task,
  primary: string | undefined,
  since: number
): boolean {
  if (startedBy === primary || startedBy?.startsWith('ecs-svc/') !== true) return false
  return stoppedAt === undefined || stoppedAt.getTime() >= since
}

function timesOf(tasks: readonly Task[], name: 'stoppingAt' | 'stoppedAt'): readonly number[] {
  return tasks.flatMap((task) => task[name]?.getTime() ?? [])
}
