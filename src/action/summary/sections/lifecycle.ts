import { duration, elapsed } from '../../../release/elapsed.ts'
import type { DeploymentReport, Report } from '../../../release/report.ts'
import type { LifecycleEvent } from '../../../release/snapshot.ts'
import { diagram, paragraph, table, type Block, type Section } from '../blocks.ts'
import { gantt } from '../gantt.ts'
import { code, line, text, type Inline } from '../markdown.ts'
import { deployments, utcTime } from '../words.ts'

/** Each lifecycle event with its duration, as a picture and as a table. */
export function lifecycle(report: Report): Section | undefined {
  const known = deployments(report).filter(({ deployment }) => deployment.lifecycle.length > 0)
  if (known.length === 0) return undefined
  const tables = known.flatMap(({ name, deployment }) => [
    ...(known.length > 1 ? [paragraph(line`**${name}** ${code(deployment.id)}`)] : []),
    eventTable(deployment, report.startedAt)
  ])
  const picture = gantt(report)
  return {
    title: 'Lifecycle events',
    importance: 70,
    blocks: [...tables, ...(picture === undefined ? [] : [diagram(picture)])]
  }
}

function eventTable({ lifecycle: events }: DeploymentReport, releaseStart: number): Block {
  const detailed = events.some((event) => event.diagnostics?.message)
  return table(
    ['Event', 'Status', 'Start (UTC)', 'Elapsed', 'Took', ...(detailed ? ['Message'] : [])],
    events.map((event) => [
      text(event.name),
      line`${sign(event)} ${event.status}`,
      ...when(event, releaseStart),
      ...(detailed ? [text(event.diagnostics?.message ?? '')] : [])
    ])
  )
}

function when({ startedAt, endedAt }: LifecycleEvent, releaseStart: number): Inline[] {
  if (startedAt === undefined) return [text('–'), text('–'), text('–')]
  const took = endedAt === undefined ? '–' : duration(endedAt - startedAt)
  return [text(utcTime(startedAt)), text(elapsed(startedAt - releaseStart)), text(took)]
}

function sign({ status }: LifecycleEvent): string {
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
