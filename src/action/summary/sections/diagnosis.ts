import { shortName, utcTime } from '../../../release/report-words.ts'
import type { Report, StoppedTask } from '../../../release/report.ts'
import { say } from '../../../words/say.ts'
import { fold, list, paragraph, table, type Block, type Section } from '../blocks.ts'
import { code, join, line, link, text, type Inline } from '../markdown.ts'
import { targetTable } from './targets.ts'

/** Why the release failed and where to look; the facts behind that are folded. */
export function diagnosis({ diagnosis: found }: Report): Section | undefined {
  if (found === undefined) return undefined
  const { cause, whereToLook, stoppedTasks, targets, serviceEvents } = found
  const blocks: Block[] = [paragraph(text(cause))]
  if (whereToLook.length > 0) {
    const links = whereToLook.map(({ label, url }) => link(label, url))
    blocks.push(paragraph(line`**${say`Where to look:`}** ${join(links, ' · ')}`))
  }
  if (stoppedTasks.length > 0) {
    const head = [say`Stopped task`, say`Container`, say`Exit code`, say`Reason`]
    const title = text(say`Stopped tasks: ${stoppedTasks.length}`)
    blocks.push(fold(title, [table(head, taskRows(stoppedTasks))]))
  }
  if (targets.length > 0) {
    blocks.push(fold(text(say`Targets: ${targets.length}`), [targetTable(targets)]))
  }
  if (serviceEvents.length > 0) {
    const items = serviceEvents.map(({ at, message }) => line`${code(utcTime(at))} ${message}`)
    blocks.push(fold(text(say`Events of the service: ${serviceEvents.length}`), [list(items)]))
  }
  return { title: say`Cause`, importance: 90, blocks }
}

/** One row per container. A task without containers has one row for itself. */
function taskRows(tasks: readonly StoppedTask[]): Inline[][] {
  return tasks.flatMap((task) => {
    const name = code(shortName(task.taskArn))
    const why = [task.stopCode, task.stoppedReason].filter((part) => part !== undefined).join(': ')
    if (task.containers.length === 0) return [[name, text('–'), text('–'), text(why)]]
    return task.containers.map((container) => [
      name,
      code(container.name),
      container.exitCode === undefined ? text('–') : code(String(container.exitCode)),
      text([container.reason, why].filter((part) => part !== undefined && part !== '').join('; '))
    ])
  })
}
