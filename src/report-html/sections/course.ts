import { duration, elapsed } from '../../release/elapsed.ts'
import { eventWords } from '../../release/event-words.ts'
import { deployments, utcTime } from '../../release/report-words.ts'
import type { CheckResult, DeploymentReport, Report } from '../../release/report.ts'
import type { Step } from '../../release/snapshot.ts'
import { badge, code, heading, section, table, type Kind } from '../blocks.ts'
import { markup, NOTHING, type Markup } from '../markup.ts'

/** Each lifecycle event with its times. */
export function lifecycle(report: Report): Markup {
  const known = deployments(report).filter(({ deployment }) => deployment.steps.length > 0)
  if (known.length === 0) return NOTHING
  return section(
    'Lifecycle events',
    ...known.flatMap(({ name, deployment }) => [
      known.length > 1 ? heading(name, code(deployment.id)) : NOTHING,
      events(deployment, report.startedAt)
    ])
  )
}

function events({ steps: found }: DeploymentReport, start: number): Markup {
  return table(
    ['Event', 'Status', 'Start (UTC)', 'Elapsed', 'Took', 'Message'],
    found.map((event) => {
      const { name, status, startedAt, endedAt, diagnostics } = event
      return [
        markup`${name}`,
        badge(kindOf(event), status),
        markup`${startedAt === undefined ? '–' : utcTime(startedAt)}`,
        markup`${startedAt === undefined ? '–' : elapsed(startedAt - start)}`,
        markup`${startedAt === undefined || endedAt === undefined ? '–' : duration(endedAt - startedAt)}`,
        markup`${diagnostics?.message ?? ''}`
      ]
    }),
    ['Start (UTC)', 'Elapsed', 'Took']
  )
}

function kindOf({ status }: Step): Kind {
  switch (status) {
    case 'Succeeded':
      return 'good'
    case 'Failed':
      return 'bad'
    case 'InProgress':
      return 'open'
    default:
      return 'skipped'
  }
}

const VERDICTS: Readonly<Record<CheckResult['verdict'], Kind>> = {
  OK: 'good',
  NG: 'bad',
  SKIP: 'skipped',
  WARN: 'attention'
}

/** The read-only checks that were made before anything was written. */
export function preflight({ preflight: found }: Report): Markup {
  if (found.length === 0) return NOTHING
  return section(
    'Pre-flight',
    table(
      ['Check', 'Verdict', 'Why'],
      found.map(({ name, verdict, reason }) => [
        markup`${name}`,
        badge(VERDICTS[verdict], verdict),
        markup`${reason}`
      ])
    )
  )
}

/** Everything that happened; folded. */
export function timeline(report: Report): Markup {
  const { timeline: found } = report
  if (found.length === 0) return NOTHING
  const context = { rollbackDeploymentId: report.rollbackDeployment?.id }
  return markup`<details>
<summary>Timeline: ${found.length} ${found.length === 1 ? 'event' : 'events'}</summary>
${table(
  ['At (UTC)', 'Elapsed', 'What', 'Detail'],
  found.map((event) => {
    const { subject, detail } = eventWords(event, context)
    return [
      markup`${utcTime(event.at)}`,
      markup`${elapsed(event.at - report.startedAt)}`,
      markup`${subject}`,
      markup`${detail}`
    ]
  }),
  ['At (UTC)', 'Elapsed']
)}</details>
`
}
