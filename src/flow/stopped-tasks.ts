import type { ControlPlane, Limits } from '../controllers/control-plane.ts'
import { stageOf, type Snapshot } from '../release/snapshot.ts'
import { utcTime } from '../release/report-words.ts'
import { until } from '../release/still-waiting.ts'
import { say } from '../words/say.ts'
import type { ReleaseContext } from './context.ts'

const MINUTE = 60_000
type Context = Pick<
  ReleaseContext,
  'settings' | 'clients' | 'optionalReads' | 'clock' | 'draft' | 'logger' | 'tell'
>

export interface StoppedTasks {
  see(snapshot: Snapshot): void
  /** Resolves when nothing is read any more. */
  ended(): Promise<void>
}

/**
 * Tells, when the first task of green has stopped by itself, what happens next and how to stop
 * the release; with `show-logs`, it prints what such tasks have logged last. That they stopped
 * is an event of the timeline (release/changes.ts).
 */
export function followStoppedTasks(
  context: Context,
  { limits }: Pick<ControlPlane, 'limits'>,
  deploymentId: string,
  deadline: number
): StoppedTasks {
  const { settings } = context
  // Only a release that shows logs loads what reads them.
  const logs = settings.showLogs
    ? import('./task-logs.ts').then(({ taskLogs }) => taskLogs(context))
    : undefined
  let isTold = false
  let reading: Promise<void> = Promise.resolve()
  return {
    see(snapshot) {
      if (snapshot.deploymentId !== deploymentId) return
      const { stoppedTasks = [] } = snapshot
      if (stoppedTasks.length === 0) return
      if (!isTold) {
        isTold = true
        for (const detail of whatNext(context, { limits, deploymentId, deadline, snapshot })) {
          context.tell({ subject: say`what happens next`, detail })
        }
      }
      if (logs) reading = reading.then(async () => (await logs).read(stoppedTasks))
    },
    ended: () => reading
  }
}

interface Facts {
  readonly limits: Limits | undefined
  readonly deploymentId: string
  readonly deadline: number
  readonly snapshot: Snapshot
}

function whatNext(
  { settings, clock }: Context,
  { limits, deploymentId, deadline, snapshot }: Facts
): string[] {
  const install = stageOf(snapshot, 'install')
  const since = install?.status === 'InProgress' ? install.startedAt : undefined
  const now = clock.now()
  const gaveUp =
    limits && since !== undefined ? since + limits.greenMinutes * MINUTE : Number.POSITIVE_INFINITY
  const ours =
    settings.greenUnhealthyAfter === undefined
      ? Number.POSITIVE_INFINITY
      : (since ?? now) + settings.greenUnhealthyAfter * MINUTE
  return [
    ...(limits && gaveUp < Number.POSITIVE_INFINITY
      ? [
          say`ECS starts them again; ${limits.by} waits up to ${limits.greenMinutes} minutes for green to become healthy, until ${until(gaveUp, now)} UTC, and fails the deployment then`
        ]
      : [say`ECS starts them again`]),
    ...(ours < Number.POSITIVE_INFINITY
      ? [
          say`unless green is healthy by ${utcTime(ours)} UTC, this job stops the deployment (green-unhealthy-after: ${settings.greenUnhealthyAfter ?? 0})`
        ]
      : [say`this job stops it earlier if the input green-unhealthy-after says so; it is not set`]),
    ...(deadline < Math.min(gaveUp, ours)
      ? [
          say`this job waits until ${until(deadline, now)} UTC; then on-timeout: ${settings.onTimeout} decides`
        ]
      : []),
    ...howToStop(settings.onCancel !== 'leave', settings.onCancel, limits?.stopWith(deploymentId))
  ]
}

function howToStop(isStopped: boolean, policy: string, command: string | undefined): string[] {
  if (command === undefined) {
    return isStopped ? [say`to stop it now: cancel this run (on-cancel: ${policy})`] : []
  }
  return isStopped
    ? [say`to stop it now: cancel this run (on-cancel: ${policy}), or run: ${command}`]
    : [say`to stop it now, run: ${command}`]
}
