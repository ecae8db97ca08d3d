import { duration } from '../../../release/elapsed.ts'
import { failureOf } from '../../../release/one-off-task.ts'
import { shortName, utcTime } from '../../../release/report-words.ts'
import type { OneOffTaskReport, Report } from '../../../release/report.ts'
import { say } from '../../../words/say.ts'
import { paragraph, table, type Section } from '../blocks.ts'
import { code, filled, line, link, text, type Inline } from '../markdown.ts'

/** The task that had to succeed before the deployment: how it ended, and each container's exit code. */
export function oneOffTask({ oneOffTask: task }: Report): Section | undefined {
  if (!task) return undefined
  const rows = task.containers.map(({ name, exitCode, reason }) => [
    code(name),
    exitCode === undefined ? text('–') : code(String(exitCode)),
    text(reason ?? '')
  ])
  return {
    title: say`One-off task`,
    importance: 75,
    folded: task.status === 'STOPPED' && failureOf(task) === undefined,
    blocks: [
      paragraph(
        line`${link(code(shortName(task.taskArn)), task.consoleUrl)} ${state(task)}${when(task)}`
      ),
      ...(rows.length > 0 ? [table([say`Container`, say`Exit code`, say`Reason`], rows)] : [])
    ]
  }
}

function state(task: OneOffTaskReport): Inline {
  if (task.status !== 'STOPPED')
    return line`⏳ ${filled(say`${'{0}'} when this run last saw it`, task.status)}`
  const why = failureOf(task)
  return why === undefined ? line`✅ ${say`succeeded`}` : line`❌ ${say`failed`}: ${why}`
}

function when({ createdAt, stoppedAt }: OneOffTaskReport): Inline {
  if (createdAt === undefined) return text('')
  const took =
    stoppedAt === undefined ? text('') : line`, ${say`took ${duration(stoppedAt - createdAt)}`}`
  return line`; ${say`started ${utcTime(createdAt)} UTC`}${took}`
}
