import { duration } from '../../release/elapsed.ts'
import { failureOf } from '../../release/one-off-task.ts'
import { shortName, utc } from '../../release/report-words.ts'
import type { OneOffTaskReport, Report } from '../../release/report.ts'
import { say } from '../../words/say.ts'
import { badge, code, facts, folded, table } from '../blocks.ts'
import { link, markup, NOTHING, type Markup } from '../markup.ts'

/** The task that had to succeed before the deployment. It is in sight if it did not. */
export function oneOffTask({ oneOffTask: task }: Report): Markup {
  if (!task) return NOTHING
  const { createdAt, stoppedAt, containers } = task
  const isOver = task.status === 'STOPPED'
  const hasFailed = isOver && failureOf(task) !== undefined
  const exit = say`Exit code`
  return folded(
    {
      title: say`One-off task`,
      gist: isOver ? (hasFailed ? say`failed` : say`succeeded`) : task.status,
      isOpen: hasFailed
    },
    facts([
      [say`Task`, link(code(shortName(task.taskArn)), task.consoleUrl)],
      [say`Result`, result(task)],
      [say`Started`, createdAt === undefined ? undefined : markup`${utc(createdAt)} UTC`],
      [
        say`Took`,
        createdAt === undefined || stoppedAt === undefined
          ? undefined
          : markup`${duration(stoppedAt - createdAt)}`
      ]
    ]),
    containers.length === 0
      ? NOTHING
      : table(
          [say`Container`, exit, say`Reason`],
          containers.map(({ name, exitCode, reason }) => [
            code(name),
            markup`${exitCode === undefined ? '–' : String(exitCode)}`,
            markup`${reason ?? ''}`
          ]),
          [exit]
        )
  )
}

function result(task: OneOffTaskReport): Markup {
  if (task.status !== 'STOPPED') return badge('open', task.status)
  const why = failureOf(task)
  return why === undefined
    ? badge('good', say`succeeded`)
    : markup`${badge('bad', say`failed`)} ${why}`
}
