import type { ControlPlane, Limits } from '../controllers/control-plane.ts'
import { lastLines, logDriverOf, logStreamOf } from '../aws/task-logs.ts'
import { stageOf, type EndedTask, type Snapshot } from '../release/snapshot.ts'
import { shortName, utcTime } from '../release/report-words.ts'
import { until } from '../release/still-waiting.ts'
import { say } from '../words/say.ts'
import type { ReleaseContext } from './context.ts'
import { maskerFor } from './masked.ts'

const MINUTE = 60_000
/** What is printed of one container, of one line, and of how many tasks. */
const LINES = 20
const LINE_LENGTH = 500
const TASKS = 3
/** CloudWatch Logs may show what a task has written only after a while. */
const TRIES = 4

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
  const logs = settings.showLogs ? taskLogs(context) : undefined
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
      if (logs) reading = reading.then(() => logs.read(stoppedTasks))
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

interface TaskLogs {
  read(tasks: readonly EndedTask[]): Promise<void>
}

/** Prints the last lines of the first stopped tasks, each once; a task without lines is asked for again. */
function taskLogs(context: Context): TaskLogs {
  const { clients, optionalReads, draft, logger } = context
  /** How often a task was asked for; `Infinity` if nothing is left to do about it. */
  const tries = new Map<string, number>()
  const told = new Set<string>()
  const printed = new Set<string>()
  const tell = (sentence: string): void => {
    if (told.has(sentence)) return
    told.add(sentence)
    context.tell({ subject: 'show-logs', detail: sentence })
  }
  return {
    async read(tasks) {
      const mask = maskerFor(draft.rendered)
      for (const task of tasks.slice(0, TASKS)) {
        const count = (tries.get(task.taskArn) ?? 0) + 1
        if (count > TRIES) continue
        const isDone = await printTask(task, mask, count === TRIES)
        tries.set(task.taskArn, isDone ? Number.POSITIVE_INFINITY : count)
      }
    }
  }

  async function printTask(
    { taskArn, containers }: EndedTask,
    mask: (text: string) => string,
    isLast: boolean
  ): Promise<boolean> {
    let isDone = true
    for (const { name, runtimeId } of containers) {
      const stream = logStreamOf(draft.rendered, { taskArn, name, runtimeId })
      if (!stream) {
        tell(notRead(name, logDriverOf(draft.rendered, name)))
        continue
      }
      const lines = await lastLines(clients, optionalReads, stream, LINES)
      if (lines === undefined) continue
      if (lines.length === 0) {
        isDone = false
        if (isLast) tell(say`container ${name} of task ${shortName(taskArn)} has logged nothing`)
        continue
      }
      const shown = lines.map((line) => `  | ${mask(shortened(line))}`)
      // Tasks that fail in one way often say the same, but for the time.
      if (printed.has(shown.join('\n'))) continue
      printed.add(shown.join('\n'))
      const title = say`the last lines, at most ${LINES}, of container ${name} in task ${shortName(taskArn)}:`
      context.tell({ subject: 'show-logs', detail: title })
      for (const line of shown) logger.info(line)
    }
    return isDone
  }
}

function notRead(container: string, driver: string | undefined): string {
  return driver === undefined || driver === 'awslogs'
    ? say`container ${container} logs to no stream of CloudWatch Logs that its task definition names`
    : say`container ${container} logs with the driver ${driver}, which this action does not read`
}

/** One line of the log stays one line, and holds no more than this. */
function shortened(line: string): string {
  const flat = line.replace(/\s+/g, ' ').trim()
  return flat.length <= LINE_LENGTH ? flat : `${flat.slice(0, LINE_LENGTH).toWellFormed()}…`
}
