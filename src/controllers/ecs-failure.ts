import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  type Task
} from '@aws-sdk/client-ecs'
import type { Clients } from '../aws/clients.ts'
import type { OptionalReads } from '../aws/optional-reads.ts'
import type { FailureFacts } from '../release/probable-cause.ts'
import type { StoppedTask } from '../release/report.ts'
import type { Settings } from '../release/settings.ts'

const EVENTS_SHOWN = 10
const TASKS_SHOWN = 5

/**
 * What ECS still knows of a failure: the stopped tasks of this revision, and the service's
 * last events. ECS forgets stopped tasks within the hour, so they are read as soon as the
 * failure is seen. All reads are optional.
 */
export async function readFailureFacts(
  clients: Clients,
  optionalReads: OptionalReads,
  settings: Settings,
  release: { readonly taskDefinitionArn: string; readonly since: number }
): Promise<Pick<FailureFacts, 'stoppedTasks' | 'serviceEvents'>> {
  const { cluster, service } = settings
  const [stoppedTasks, serviceEvents] = await Promise.all([readStopped(), readEvents()])
  return { stoppedTasks, serviceEvents }

  async function readStopped(): Promise<StoppedTask[]> {
    const listed = await optionalReads.read('ecs:ListTasks', (abortSignal) =>
      clients.ecs.send(
        new ListTasksCommand({ cluster, serviceName: service, desiredStatus: 'STOPPED' }),
        { abortSignal }
      )
    )
    const tasks = listed?.taskArns ?? []
    if (tasks.length === 0) return []
    const described = await optionalReads.read('ecs:DescribeTasks', (abortSignal) =>
      clients.ecs.send(new DescribeTasksCommand({ cluster, tasks: tasks.slice(0, 100) }), {
        abortSignal
      })
    )
    return (described?.tasks ?? [])
      .filter((task) => task.taskDefinitionArn === release.taskDefinitionArn)
      .filter((task) => (task.stoppedAt?.getTime() ?? release.since) >= release.since)
      .filter((task) => !wasScaledIn(task))
      .slice(0, TASKS_SHOWN)
      .map(stoppedTask)
  }

  async function readEvents(): Promise<FailureFacts['serviceEvents']> {
    const answer = await optionalReads.read('ecs:DescribeServices', (abortSignal) =>
      clients.ecs.send(new DescribeServicesCommand({ cluster, services: [service] }), {
        abortSignal
      })
    )
    return (answer?.services?.[0]?.events ?? [])
      .filter((event) => (event.createdAt?.getTime() ?? 0) >= release.since)
      .slice(0, EVENTS_SHOWN)
      .map((event) => ({ at: event.createdAt?.getTime() ?? 0, message: event.message ?? '' }))
  }
}

/** Such a task was stopped because of the failure, so it does not explain it. */
export function wasScaledIn({ stoppedReason }: Task): boolean {
  return /^Scaling activity initiated by\b/.test(stoppedReason ?? '')
}

function stoppedTask(task: Task): StoppedTask {
  return {
    taskArn: task.taskArn ?? 'unknown',
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    containers: (task.containers ?? []).map((container) => ({
      name: container.name ?? 'unnamed',
      exitCode: container.exitCode,
      reason: container.reason
    }))
  }
}
