import { shortName, utc } from '../../release/report-words.ts'
import type { Report, StoppedTask } from '../../release/report.ts'
import { say } from '../../words/say.ts'
import { code, details, list, paragraph, section, table } from '../blocks.ts'
import { join, link, markup, NOTHING, prose, type Markup } from '../markup.ts'
import { targetTable } from './targets.ts'

/** All problems of a refused release. */
export function problems({ problems: found }: Report): Markup {
  return found.length === 0 ? NOTHING : section(say`Problems`, list(found.map(prose)))
}

/** Why it failed and where to look; the tasks, targets and events that show it are folded. */
export function diagnosis({ diagnosis: found }: Report): Markup {
  if (found === undefined) return NOTHING
  const { cause, whereToLook, stoppedTasks, targets, serviceEvents } = found
  const pages = whereToLook.map(({ label, url }) => link(label, url))
  return section(
    say`Cause`,
    paragraph(prose(cause)),
    pages.length === 0 ? NOTHING : paragraph(markup`${say`Where to look:`} ${join(pages, ' · ')}`),
    stoppedTasks.length === 0
      ? NOTHING
      : details(say`Stopped tasks: ${stoppedTasks.length}`, tasks(stoppedTasks)),
    targets.length === 0 ? NOTHING : details(say`Targets: ${targets.length}`, targetTable(targets)),
    serviceEvents.length === 0
      ? NOTHING
      : details(
          say`Events of the service: ${serviceEvents.length}`,
          table(
            [say`At (UTC)`, say`Service event`],
            serviceEvents.map(({ at, message }) => [markup`${utc(at)}`, prose(message)])
          )
        )
  )
}

function tasks(stoppedTasks: readonly StoppedTask[]): Markup {
  return table(
    [say`Stopped task`, say`Code`, say`Reason`, say`Containers`],
    stoppedTasks.map(({ taskArn, stopCode, stoppedReason, containers }) => [
      code(shortName(taskArn)),
      markup`${stopCode ?? '–'}`,
      prose(stoppedReason ?? '–'),
      containers.length === 0 ? markup`–` : markup`${containers.map(ended).join('; ')}`
    ])
  )
}

function ended({ name, exitCode, reason }: StoppedTask['containers'][number]): string {
  const how =
    exitCode === undefined ? say`${name}: exit code unknown` : say`${name}: exit code ${exitCode}`
  return reason === undefined ? how : `${how} (${reason})`
}
