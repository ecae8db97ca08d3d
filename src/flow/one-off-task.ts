import { randomUUID } from 'node:crypto'
import type { RunTaskCommandInput, Task } from '@aws-sdk/client-ecs'
import { taskUrl } from '../aws/console-url.ts'
import { describeError, kindOf } from '../aws/errors.ts'
import { explain } from '../aws/next-step.ts'
import { describeTask, startTask, stopTask } from '../aws/tasks.ts'
import { endedEarly, type Ending } from '../release/ending.ts'
import type { EventWords } from '../release/event-words.ts'
import { failureOf, oneOffTaskReport } from '../release/one-off-task.ts'
import { shortName } from '../release/report-words.ts'
import type { OneOffTaskReport } from '../release/report.ts'
import type { OneOffTaskSettings, Settings } from '../release/settings.ts'
import { until } from '../release/still-waiting.ts'
import { say } from '../words/say.ts'
import type { ReleaseContext } from './context.ts'
import { heartbeat } from './heartbeat.ts'

/** As in the official deploy action, if `wait-for-minutes` is not set. */
const DEFAULT_MINUTES = 30
const POLL_MS = 5_000
/** ECS may not know a task yet that it has just started. */
const UNKNOWN_FOR_MS = 60_000
/** How long failing reads are borne, after which nobody knows how the task ends. */
const BLIND_FOR_MS = 300_000

/** How long a release waits for its one-off task, in minutes; 0 if it has none. */
export function oneOffTaskMinutes({ oneOffTask, waitForMinutes }: Settings): number {
  return oneOffTask === undefined ? 0 : (waitForMinutes ?? DEFAULT_MINUTES)
}

/**
 * Runs the one-off task with the revision that is to be released, and waits until it has
 * ended. Resolves with undefined if it has succeeded, and otherwise with the ending of a
 * release that deploys nothing. Never rejects.
 */
export async function runOneOffTask(
  context: ReleaseContext,
  task: OneOffTaskSettings,
  revision: string
): Promise<Ending | undefined> {
  const { settings, clock, draft, cancelled, logger } = context
  context.emit({ kind: 'phase', at: clock.now(), name: 'one-off-task' })
  const started = await start(context, task, revision)
  if ('outcome' in started) return started
  const { taskArn } = started
  const url = taskUrl(context.region, settings.cluster, taskArn)
  const note = (seen: Task): OneOffTaskReport => {
    const before = draft.oneOffTask
    const now = oneOffTaskReport(seen, taskArn, url)
    draft.oneOffTask = now
    if (before?.status !== now.status) tell(context, now)
    return now
  }
  note(started)
  context.onOneOffTask(taskArn, 'running')
  logger.info(url)
  const minutes = oneOffTaskMinutes(settings)
  const deadline = clock.now() + minutes * 60_000
  let seenAt = clock.now()
  for (;;) {
    try {
      await clock.sleep(POLL_MS, cancelled)
    } catch {
      return interrupted(context, taskArn, 'cancel')
    }
    try {
      const seen = await describeTask(context.clients, settings.cluster, taskArn)
      if (seen) {
        seenAt = clock.now()
        const now = note(seen)
        if (now.status === 'STOPPED') return ended(context, now)
      } else if (clock.now() - seenAt > UNKNOWN_FOR_MS) {
        return lost(context, taskArn, say`ECS does not know it`)
      }
    } catch (error) {
      const reason = `DescribeTasks: ${explain(error)}`
      const kind = kindOf(error)
      const mayPass = kind === 'throttled' || kind === 'transient'
      if (!mayPass || clock.now() - seenAt > BLIND_FOR_MS) return lost(context, taskArn, reason)
      context.emit({ kind: 'trouble', at: clock.now(), what: say`one-off task`, reason })
    }
    if (clock.now() >= deadline) return interrupted(context, taskArn, 'timeout', minutes)
    heartbeat(context, () => stillRuns(draft.oneOffTask?.status, deadline, clock.now()))
  }
}

function stillRuns(status: string | undefined, deadline: number, now: number): EventWords {
  const end = until(deadline, now)
  return {
    subject: say`one-off task`,
    detail: say`it has not ended yet, its status is ${status ?? '?'}; this job waits until ${end} UTC`
  }
}

/** The started task, or the ending of the release if there is none. */
async function start(
  context: ReleaseContext,
  task: OneOffTaskSettings,
  revision: string
): Promise<(Task & { readonly taskArn: string }) | Ending> {
  const { settings, clients, clock, random, cancelled, logger } = context
  const onWait = (error: unknown, ms: number): void =>
    logger.info(say`waiting ${Math.round(ms / 1000)} s: ${describeError(error)}`)
  try {
    const { task: made, failures } = await startTask(
      clients,
      { ...requestOf(task, settings.cluster, revision), clientToken: randomUUID() },
      { clock, random, signal: cancelled, onWait }
    )
    const { taskArn } = made ?? {}
    if (taskArn !== undefined) return { ...made, taskArn }
    const [failure] = failures
    const why = [failure?.reason ?? say`ECS gives no reason`, failure?.detail].filter(Boolean)
    return nothingDeployed(
      'failed',
      say`The one-off task of ${shortName(revision)} was not started: ${why.join(', ')}`
    )
  } catch (error) {
    const kind = kindOf(error)
    const because = `(RunTask: ${explain(error)})`
    if (cancelled.aborted) {
      const sentence = say`This run was cancelled before it had RunTask's answer, so whether the one-off task runs is not known ${because}`
      return { ...nothingDeployed('stopped', sentence), interrupted: cancelledEarly() }
    }
    if (kind === 'throttled' || kind === 'refused' || kind === 'denied') {
      const sentence = say`The one-off task of ${shortName(revision)} could not be started ${because}`
      return nothingDeployed('failed', sentence)
    }
    const sentence = say`Whether the one-off task of ${shortName(revision)} was started is not known ${because}`
    return nothingDeployed('unknown', sentence)
  }
}

function cancelledEarly(): Ending['interrupted'] {
  return { cause: 'cancel', done: 'stopped', reason: say`nothing was deployed` }
}

function requestOf(
  task: OneOffTaskSettings,
  cluster: string,
  revision: string
): RunTaskCommandInput {
  const { subnets, securityGroups, assignPublicIp, volume, launchType, managedTags } = task
  return {
    cluster,
    taskDefinition: revision,
    count: 1,
    startedBy: task.startedBy,
    overrides: { containerOverrides: [...task.containerOverrides] },
    ...(launchType !== undefined && { launchType }),
    ...(task.capacityProviderStrategy.length > 0 && {
      capacityProviderStrategy: [...task.capacityProviderStrategy]
    }),
    ...(subnets.length > 0 && {
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: [...subnets],
          ...(securityGroups.length > 0 && { securityGroups: [...securityGroups] }),
          assignPublicIp
        }
      }
    }),
    ...(task.tags.length > 0 && { tags: [...task.tags] }),
    ...(managedTags !== undefined && { enableECSManagedTags: managedTags }),
    ...(volume && {
      volumeConfigurations: [{ name: volume.name, managedEBSVolume: volume.configuration }]
    })
  }
}

function tell(
  { emit, clock }: ReleaseContext,
  { taskArn, status, ...end }: OneOffTaskReport
): void {
  const message = status === 'STOPPED' ? (failureOf(end) ?? 'succeeded') : undefined
  emit({ kind: 'task', at: clock.now(), taskArn, status, message })
}

function ended(context: ReleaseContext, report: OneOffTaskReport): Ending | undefined {
  const { taskArn } = report
  context.onOneOffTask(taskArn, 'ended')
  const why = failureOf(report)
  if (why === undefined) return undefined
  return nothingDeployed('failed', say`The one-off task ${shortName(taskArn)} failed: ${why}`)
}

/** What ECS keeps and shows of the task: AWS's record is in English, whatever the run speaks. */
function stoppedReason(cause: 'cancel' | 'timeout', minutes: number | undefined): string {
  return cause === 'cancel'
    ? 'This run was cancelled before the task had ended'
    : `${minutes ?? '?'} minutes (wait-for-minutes) passed before the task had ended`
}

/** Does what `on-cancel` or `on-timeout` says of a deployment to the task. */
async function interrupted(
  context: ReleaseContext,
  taskArn: string,
  cause: 'cancel' | 'timeout',
  minutes?: number
): Promise<Ending> {
  const { settings, clients, clock, emit } = context
  const policy = cause === 'cancel' ? settings.onCancel : settings.onTimeout
  const by =
    cause === 'cancel'
      ? say`This run was cancelled`
      : say`${minutes ?? '?'} minutes (wait-for-minutes) passed`
  let done: 'stopped' | 'left' = 'left'
  let action = say`it goes on (on-${cause}: ${policy})`
  if (policy !== 'leave') {
    try {
      await stopTask(clients, settings.cluster, taskArn, stoppedReason(cause, minutes))
      done = 'stopped'
      action = say`it was told to stop (on-${cause}: ${policy})`
      context.onOneOffTask(taskArn, 'ended')
    } catch (error) {
      // The state is kept, so that the post phase tries to stop the task once more.
      action = say`it may go on, because it could not be stopped (StopTask: ${explain(error)})`
    }
  } else context.onOneOffTask(taskArn, 'ended')
  emit({ kind: 'interrupted', at: clock.now(), cause, action: say`one-off task: ${action}` })
  const name = say`the one-off task ${shortName(taskArn)}`
  const sentence = say`${by} before ${name} had ended; ${action}`
  const outcome = cause === 'timeout' ? 'timed-out' : done === 'stopped' ? 'stopped' : 'unknown'
  return {
    ...nothingDeployed(outcome, sentence),
    interrupted: { cause, done, reason: action }
  }
}

/** Nobody can tell how the task ends, so nothing is deployed, and the task is left alone. */
function lost(context: ReleaseContext, taskArn: string, reason: string): Ending {
  context.onOneOffTask(taskArn, 'ended')
  const { region, settings } = context
  const look = `aws ecs describe-tasks --cluster ${settings.cluster} --tasks ${taskArn} --region ${region}`
  const sentence = say`The one-off task ${shortName(taskArn)} can no longer be seen (${reason}), and may go on; look with: ${look}`
  return nothingDeployed('unknown', sentence)
}

function nothingDeployed(outcome: Ending['outcome'], sentence: string): Ending {
  return { ...endedEarly(outcome), sentence: say`${sentence}; nothing was deployed` }
}
