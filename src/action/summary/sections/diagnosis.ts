import type { Report, StoppedTask } from '../../../release/report.ts'
import { list, paragraph, table, type Block, type Section } from '../blocks.ts'
import { code, join, link, line, text, type Inline } from '../markdown.ts'
import { shortName, utcTime } from '../../../release/report-words.ts'

/** Why the release failed, the facts behind that, and where to look. */
export function diagnosis({ diagnosis: found }: Report): Section | undefined {
  if (found === undefined) return undefined
  const blocks: Block[] = [paragraph(line`${found.cause}`)]
  if (found.whereToLook.length > 0) {
    const links = found.whereToLook.map(({ label, url }) => link(label, url))
    blocks.push(paragraph(line`**Where to look:** ${join(links, ' · ')}`))
  }
  if (found.stoppedTasks.length > 0) {
    blocks.push(
      table(['Stopped task', 'Container', 'Exit code', 'Reason'], taskRows(found.stoppedTasks))
    )
  }
  if (found.targets.length > 0) {
    blocks.push(
      table(
        ['Target', 'Health', 'Reason'],
        found.targets.map(({ id, state, reason, description }) => [
          code(id),
          text(state),
          text([reason, description].filter((part) => part !== undefined).join(': '))
        ])
      )
    )
  }
  if (found.serviceEvents.length > 0) {
    blocks.push(
      paragraph(line`Last events of the service:`),
      list(found.serviceEvents.map(({ at, message }) => line`${code(utcTime(at))} ${message}`))
    )
  }
  return { title: 'Diagnosis', importance: 90, blocks }
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
