import { duration, elapsed } from '../../../release/elapsed.ts'
import type { DeploymentReport, Report } from '../../../release/report.ts'
import type { Step } from '../../../release/snapshot.ts'
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
    title: 'Lifecycle events',
    importance: 70,
    blocks: [...tables, ...(picture === undefined ? [] : [diagram(picture)])]
  }
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
    table(['Event', 'Status', 'Start (UTC)', 'Elapsed', 'Took'], rows),
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
