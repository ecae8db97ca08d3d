import { lastLines, logDriverOf, logStreamOf } from '../aws/task-logs.ts'
import { shortName } from '../release/report-words.ts'
import type { EndedTask } from '../release/snapshot.ts'
import { say } from '../words/say.ts'
import type { ReleaseContext } from './context.ts'
import { maskerFor } from './masked.ts'

/** What is printed of one container, of one line, and of how many tasks. */
const LINES = 20
const LINE_LENGTH = 500
const TASKS = 3
/** CloudWatch Logs may show what a task has written only after a while. */
const TRIES = 4

type Context = Pick<ReleaseContext, 'clients' | 'optionalReads' | 'draft' | 'logger' | 'tell'>

export interface TaskLogs {
  read(tasks: readonly EndedTask[]): Promise<void>
}

/** Prints the last lines of the first stopped tasks, each once; a task without lines is asked for again. */
export function taskLogs(context: Context): TaskLogs {
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
