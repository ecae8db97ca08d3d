import { duration, elapsed } from '../../../release/elapsed.ts'
import type { DeploymentReport, Report } from '../../../release/report.ts'
import type { Step } from '../../../release/snapshot.ts'
import { say } from '../../../words/say.ts'
import { diagram, list, paragraph, table, type Block, type Section } from '../blocks.ts'
import { code, line, text, type Inline } from '../markdown.ts'
import { releaseGantt } from '../release-gantt.ts'
import { deployments, utcTime } from '../../../release/report-words.ts'

/** Each lifecycle event with its duration, as a diagram and as a table. */
export function lifecycle(report: Report): Section | undefined {
  const known = deployments(report).filter(({ deployment }) => deployment.steps.length > 0)
  if (known.length === 0) return undefined
  const tables = known.flatMap(({ name, deployment }) => [
    ...(known.length > 1 ? [paragraph(line`**${name}** ${code(deployment.id)}`)] : []),
    ...eventTable(deployment, report.startedAt)
  ])
  const picture = releaseGantt(report)
  return {
    title: say`Lifecycle events`,
    importance: 70,
    folded: true,
    gist: gistOf(known.flatMap(({ deployment }) => deployment.steps)),
    blocks: [...tables, ...(picture === undefined ? [] : [diagram(picture)])]
  }
}

function gistOf(steps: readonly Step[]): Inline {
  const failed = steps.filter(({ status }) => status === 'Failed').map(({ name }) => name)
  return text(failed.length === 0 ? String(steps.length) : say`failed: ${failed.join(', ')}`)
}

function eventTable({ steps: events }: DeploymentReport, releaseStart: number): Block[] {
  const rows = events.map((event) => [
    text(event.name),
    // The space does not break, so that a narrow column keeps sign and word together.
    line`${sign(event)}\u00A0${event.status}`,
    ...when(event, releaseStart)
  ])
  const messages = events.flatMap(({ name, diagnostics }) =>
    diagnostics?.message ? [line`**${name}** ${diagnostics.message}`] : []
  )
  return [
    table([say`Event`, say`Status`, say`Start (UTC)`, say`Elapsed`, say`Took`], rows),
    ...(messages.length > 0 ? [list(messages)] : [])
  ]
}

function when({ startedAt, endedAt }: Step, releaseStart: number): Inline[] {
  if (startedAt === undefined) return [text('–'), text('–'), text('–')]
  const took = endedAt === undefined ? '–' : duration(endedAt - startedAt)
  return [text(utcTime(startedAt)), text(elapsed(startedAt - releaseStart)), text(took)]
}

function sign({ status }: Step): string {
  switch (status) {
    case 'Succeeded':
      return '✅'
    case 'Failed':
      return '❌'
    case 'InProgress':
      return '⏳'
    default:
      return '➖'
  }
}
