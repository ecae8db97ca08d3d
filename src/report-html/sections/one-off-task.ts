import { duration } from '../../release/elapsed.ts'
import { failureOf } from '../../release/one-off-task.ts'
import { shortName, utc } from '../../release/report-words.ts'
import type { OneOffTaskReport, Report } from '../../release/report.ts'
import { badge, code, facts, section, table } from '../blocks.ts'
import { link, markup, NOTHING, type Markup } from '../markup.ts'

/** The task that had to succeed before the deployment. */
export function oneOffTask({ oneOffTask: task }: Report): Markup {
  if (!task) return NOTHING
  const { createdAt, stoppedAt, containers } = task
  return section(
    'One-off task',
    facts([
      ['Task', link(code(shortName(task.taskArn)), task.consoleUrl)],
      ['Result', result(task)],
      ['Started', createdAt === undefined ? undefined : markup`${utc(createdAt)} UTC`],
      [
        'Took',
        createdAt === undefined || stoppedAt === undefined
          ? undefined
          : markup`${duration(stoppedAt - createdAt)}`
      ]
    ]),
    containers.length === 0
      ? NOTHING
      : table(
          ['Container', 'Exit code', 'Reason'],
          containers.map(({ name, exitCode, reason }) => [
            code(name),
            markup`${exitCode === undefined ? '–' : String(exitCode)}`,
            markup`${reason ?? ''}`
          ]),
          ['Exit code']
        )
  )
}

function result(task: OneOffTaskReport): Markup {
  if (task.status !== 'STOPPED') return badge('open', task.status)
  const why = failureOf(task)
  return why === undefined ? badge('good', 'succeeded') : markup`${badge('bad', 'failed')} ${why}`
}
