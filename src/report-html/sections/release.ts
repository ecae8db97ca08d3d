import { duration } from '../../release/elapsed.ts'
import { shortName, utc } from '../../release/report-words.ts'
import type { Change, Report } from '../../release/report.ts'
import { code, facts, list, note, paragraph, section, table } from '../blocks.ts'
import { join, link, markup, NOTHING, type Markup } from '../markup.ts'

/** What was released, where, and who asked for it. */
export function released(report: Report): Markup {
  const { where, trigger, taskDefinition, deployment, rollbackDeployment } = report
  const images = taskDefinition?.changes.filter(({ path }) => path.endsWith('.image')) ?? []
  return section(
    'Release',
    facts([
      [
        'Service',
        where.service === ''
          ? undefined
          : markup`${code(where.service)} in cluster ${code(where.cluster)}${where.region === undefined ? NOTHING : markup`, ${where.region}`}`
      ],
      ['Images', images.length === 0 ? undefined : markup`${images.map(image)}`],
      ['Revision', revision(report)],
      [
        'Deployment',
        deployment &&
          markup`${link(code(deployment.id), deployment.consoleUrl)} ${deployment.status}${where.deploymentConfig === undefined ? NOTHING : markup`, ${code(where.deploymentConfig)}`}`
      ],
      [
        'Rollback',
        rollbackDeployment &&
          markup`${link(code(rollbackDeployment.id), rollbackDeployment.consoleUrl)} ${rollbackDeployment.status}`
      ],
      [
        'Commit',
        trigger.sha === undefined
          ? undefined
          : markup`${link(code(trigger.sha.slice(0, 7)), trigger.commitUrl)}${trigger.ref === undefined ? NOTHING : markup` on ${code(trigger.ref)}`}`
      ],
      ['Run', run(report)],
      [
        'Time',
        markup`${utc(report.startedAt)} to ${utc(report.endedAt)} UTC, ${duration(report.endedAt - report.startedAt)}`
      ],
      ['AWS console', links(report)]
    ])
  )
}

function image({ path, before, after }: Change): Markup {
  const container = /^containerDefinitions\[(.*)\]\.image$/.exec(path)?.[1] ?? path
  return markup`<div>${container}: ${before === undefined ? 'none' : code(before)} → ${after === undefined ? 'none' : code(after)}</div>`
}

function revision({ taskDefinition, outcome }: Report): Markup | undefined {
  if (!taskDefinition) return undefined
  const { runningArn, arn, reused } = taskDefinition
  if (reused) return markup`${code(shortName(arn ?? runningArn ?? ''))}, reused: nothing changed`
  const before = runningArn === undefined ? markup`unknown` : code(shortName(runningArn))
  const none = outcome === 'planned' ? 'a new revision' : 'none registered'
  return markup`${before} → ${arn === undefined ? none : code(shortName(arn))}`
}

function run({ trigger }: Report): Markup | undefined {
  const { runId, runUrl, runAttempt, actor, triggeringActor, event } = trigger
  const parts = [
    ...(runId === undefined
      ? []
      : [
          link(
            `run ${runId}${runAttempt === undefined || runAttempt === '1' ? '' : `, attempt ${runAttempt}`}`,
            runUrl
          )
        ]),
    ...(actor === undefined ? [] : [markup`by ${actor}`]),
    ...(triggeringActor === undefined || triggeringActor === actor
      ? []
      : [markup`re-run by ${triggeringActor}`]),
    ...(event === undefined ? [] : [markup`(${event})`])
  ]
  return parts.length === 0 ? undefined : join(parts, ' ')
}

function links({ where }: Report): Markup | undefined {
  const pages = where.consoleLinks.map(({ label, url }) => link(label, url))
  return pages.length === 0 ? undefined : join(pages, ' · ')
}

/** The difference between the revisions. */
export function changes({ taskDefinition }: Report): Markup {
  if (!taskDefinition || taskDefinition.changes.length === 0) return NOTHING
  const value = (text: string | undefined): Markup =>
    text === undefined ? markup`<span class="detail">not shown</span>` : code(text)
  return section(
    'What changed',
    table(
      ['Field', 'Change', 'Before', 'After'],
      taskDefinition.changes.map(({ path, kind, before, after }) => [
        code(path),
        markup`${kind}`,
        kind === 'added' ? markup`–` : value(before),
        kind === 'removed' ? markup`–` : value(after)
      ])
    )
  )
}

/** What went wrong, and where to look. */
export function trouble(report: Report): Markup {
  const { problems, warnings, diagnosis } = report
  return markup`${problems.length > 0 ? section('Problems', list(problems.map((one) => markup`${one}`))) : NOTHING}${
    diagnosis === undefined
      ? NOTHING
      : section(
          'Diagnosis',
          paragraph(markup`${diagnosis.cause}`),
          diagnosis.whereToLook.length > 0
            ? list(diagnosis.whereToLook.map(({ label, url }) => link(label, url)))
            : NOTHING,
          tasks(diagnosis),
          diagnosis.targets.length > 0
            ? table(
                ['Target', 'State', 'Reason', 'Description'],
                diagnosis.targets.map(({ id, state, reason, description }) => [
                  code(id),
                  markup`${state}`,
                  markup`${reason ?? '–'}`,
                  markup`${description ?? '–'}`
                ])
              )
            : NOTHING,
          diagnosis.serviceEvents.length > 0
            ? table(
                ['At (UTC)', 'Service event'],
                diagnosis.serviceEvents.map(({ at, message }) => [
                  markup`${utc(at)}`,
                  markup`${message}`
                ])
              )
            : NOTHING
        )
  }${warnings.length > 0 ? section('Warnings', list(warnings.map((one) => markup`${one}`))) : NOTHING}`
}

function tasks({ stoppedTasks }: NonNullable<Report['diagnosis']>): Markup {
  if (stoppedTasks.length === 0) return NOTHING
  return table(
    ['Stopped task', 'Code', 'Reason', 'Containers'],
    stoppedTasks.map(({ taskArn, stopCode, stoppedReason, containers }) => [
      code(shortName(taskArn)),
      markup`${stopCode ?? '–'}`,
      markup`${stoppedReason ?? '–'}`,
      containers.length === 0
        ? markup`–`
        : markup`${containers
            .map(
              ({ name, exitCode, reason }) =>
                `${name}: exit code ${exitCode ?? 'unknown'}${reason === undefined ? '' : ` (${reason})`}`
            )
            .join('; ')}`
    ])
  )
}

/** What the page is made from, and where all fields are. */
export function footer(): Markup {
  return note('Times are UTC. Made by ecs-gated-deploy from report.json, which has every field.')
}
