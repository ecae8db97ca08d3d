import { checkName } from '../../release/check-names.ts'
import { duration, elapsed } from '../../release/elapsed.ts'
import { eventWords } from '../../release/event-words.ts'
import { deployments, utcTime } from '../../release/report-words.ts'
import type { CheckResult, DeploymentReport, Report } from '../../release/report.ts'
import type { Step } from '../../release/snapshot.ts'
import { say } from '../../words/say.ts'
import { badge, code, folded, heading, table, type Kind } from '../blocks.ts'
import { markup, NOTHING, prose, type Markup } from '../markup.ts'

/** Each lifecycle event with its times. */
export function lifecycle(report: Report): Markup {
  const known = deployments(report).filter(({ deployment }) => deployment.steps.length > 0)
  if (known.length === 0) return NOTHING
  const steps = known.flatMap(({ deployment }) => deployment.steps)
  const failed = steps.filter(({ status }) => status === 'Failed').map(({ name }) => name)
  return folded(
    {
      title: say`Lifecycle events`,
      gist: failed.length === 0 ? String(steps.length) : say`failed: ${failed.join(', ')}`
    },
    ...known.flatMap(({ name, deployment }) => [
      known.length > 1 ? heading(name, code(deployment.id)) : NOTHING,
      events(deployment, report.startedAt)
    ])
  )
}

function events({ steps: found }: DeploymentReport, start: number): Markup {
  const [begun, since, took] = [say`Start (UTC)`, say`Elapsed`, say`Took`]
  return table(
    [say`Event`, say`Status`, begun, since, took, say`Message`],
    found.map((event) => {
      const { name, status, startedAt, endedAt, diagnostics } = event
      return [
        markup`${name}`,
        badge(kindOf(event), status),
        markup`${startedAt === undefined ? '–' : utcTime(startedAt)}`,
        markup`${startedAt === undefined ? '–' : elapsed(startedAt - start)}`,
        markup`${startedAt === undefined || endedAt === undefined ? '–' : duration(endedAt - startedAt)}`,
        prose(diagnostics?.message ?? '')
      ]
    }),
    [begun, since, took]
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

/**
 * The read-only checks that were made before anything was written. They are in sight if the
 * release went no further.
 */
export function preflight({ preflight: found, outcome }: Report): Markup {
  if (found.length === 0) return NOTHING
  const counts = (['NG', 'WARN', 'SKIP', 'OK'] as const)
    .map((verdict) => ({ verdict, own: found.filter((each) => each.verdict === verdict).length }))
    .filter(({ own }) => own > 0)
    .map(({ verdict, own }) => `${own} ${verdict}`)
  return folded(
    {
      title: say`Pre-flight`,
      gist: counts.join(', '),
      isOpen: outcome === 'refused' || outcome === 'planned'
    },
    table(
      [say`Check`, say`Why`],
      found.map(({ name, verdict, reason }) => [
        markup`${badge(VERDICTS[verdict], verdict)} ${checkName(name)}`,
        prose(reason)
      ])
    )
  )
}

/** Everything that happened. */
export function timeline(report: Report): Markup {
  const { timeline: found } = report
  if (found.length === 0) return NOTHING
  const context = { rollbackDeploymentId: report.rollbackDeployment?.id }
  const [at, since] = [say`At (UTC)`, say`Elapsed`]
  return folded(
    { title: say`Timeline`, gist: String(found.length) },
    table(
      [at, since, say`What`, say`Detail`],
      found.map((event) => {
        const { subject, detail } = eventWords(event, context)
        return [
          markup`${utcTime(event.at)}`,
          markup`${elapsed(event.at - report.startedAt)}`,
          markup`${subject}`,
          prose(detail)
        ]
      }),
      [at, since]
    )
  )
}
