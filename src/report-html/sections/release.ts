import { duration } from '../../release/elapsed.ts'
import { shortName, utc } from '../../release/report-words.ts'
import type { Change, Report } from '../../release/report.ts'
import { VERSION } from '../../release/version.ts'
import { say } from '../../words/say.ts'
import { badge, code, facts, folded, list, note, table } from '../blocks.ts'
import { filled, join, link, markup, NOTHING, prose, type Markup } from '../markup.ts'

/** What was released, where, and who asked for it. */
export function released(report: Report): Markup {
  const { where, taskDefinition, deployment, rollbackDeployment } = report
  const images = taskDefinition?.changes.filter(({ path }) => path.endsWith('.image')) ?? []
  const time = duration(report.endedAt - report.startedAt)
  return folded(
    { title: say`Release`, gist: revision(report) },
    facts([
      [say`Service`, where.service === '' ? undefined : code(where.service)],
      [say`Cluster`, where.service === '' ? undefined : place(report)],
      [say`Images`, images.length === 0 ? undefined : markup`${images.map(image)}`],
      [say`Revision`, revision(report)],
      [
        say`Deployment`,
        deployment &&
          markup`${link(code(deployment.id), deployment.consoleUrl)} ${deployment.status}${where.deploymentConfig === undefined ? NOTHING : markup`, ${code(where.deploymentConfig)}`}`
      ],
      [
        say`Rollback`,
        rollbackDeployment &&
          markup`${link(code(rollbackDeployment.id), rollbackDeployment.consoleUrl)} ${rollbackDeployment.status}`
      ],
      [say`Commit`, commit(report)],
      [say`Run`, run(report)],
      [say`Time`, markup`${say`${utc(report.startedAt)} to ${utc(report.endedAt)} UTC, ${time}`}`],
      [say`AWS console`, links(report)]
    ])
  )
}

function place({ where: { cluster, region } }: Report): Markup {
  return region === undefined ? code(cluster) : markup`${code(cluster)}, ${region}`
}

function commit({ trigger: { sha, ref, commitUrl } }: Report): Markup | undefined {
  if (sha === undefined) return undefined
  const shown = link(code(sha.slice(0, 7)), commitUrl)
  return ref === undefined ? shown : filled(say`${'{0}'} on ${'{1}'}`, shown, code(ref))
}

function image({ path, before, after }: Change): Markup {
  const container = /^containerDefinitions\[(.*)\]\.image$/.exec(path)?.[1] ?? path
  const shown = (value: string | undefined): Markup =>
    value === undefined ? markup`${say`none`}` : code(value)
  return markup`<div>${container}: ${shown(before)} → ${shown(after)}</div>`
}

function revision({ taskDefinition, outcome }: Report): Markup | undefined {
  if (!taskDefinition) return undefined
  const { runningArn, arn, reused } = taskDefinition
  if (reused) {
    const name = code(shortName(arn ?? runningArn ?? ''))
    return filled(say`${'{0}'}, reused: nothing changed`, name)
  }
  const before = runningArn === undefined ? markup`${say`unknown`}` : code(shortName(runningArn))
  const none = outcome === 'planned' ? say`a new revision` : say`no revision registered`
  return markup`${before} → ${arn === undefined ? none : code(shortName(arn))}`
}

function run({ trigger }: Report): Markup | undefined {
  const { runId, runUrl, runAttempt, actor, triggeringActor, event } = trigger
  const isFirst = runAttempt === undefined || runAttempt === '1'
  const parts = [
    ...(runId === undefined
      ? []
      : [link(isFirst ? say`run ${runId}` : say`run ${runId}, attempt ${runAttempt}`, runUrl)]),
    ...(actor === undefined ? [] : [markup`${say`by ${actor}`}`]),
    ...(triggeringActor === undefined || triggeringActor === actor
      ? []
      : [markup`${say`re-run by ${triggeringActor}`}`]),
    ...(event === undefined ? [] : [markup`(${event})`])
  ]
  return parts.length === 0 ? undefined : join(parts, ' ')
}

function links({ where }: Report): Markup | undefined {
  const pages = where.consoleLinks.map(({ label, url }) => link(label, url))
  return pages.length === 0 ? undefined : join(pages, ' · ')
}

/** The difference between the revisions. It is in sight in a dry run, which is made to see it. */
export function changes({ taskDefinition, outcome }: Report): Markup {
  if (!taskDefinition || taskDefinition.changes.length === 0) return NOTHING
  const value = (text: string | undefined): Markup =>
    text === undefined ? markup`<span class="detail">${say`not shown`}</span>` : code(text)
  return folded(
    {
      title: say`What changed`,
      gist: String(taskDefinition.changes.length),
      isOpen: outcome === 'planned'
    },
    table(
      [say`Field`, say`Change`, say`Before`, say`After`],
      taskDefinition.changes.map(({ path, kind, before, after }) => [
        code(path),
        markup`${kindWords(kind)}`,
        kind === 'added' ? markup`–` : value(before),
        kind === 'removed' ? markup`–` : value(after)
      ])
    )
  )
}

function kindWords(kind: Change['kind']): string {
  switch (kind) {
    case 'added':
      return say`added`
    case 'removed':
      return say`removed`
    case 'changed':
      return say`changed`
  }
}

/** What a person should know although it did not stop the release. */
export function warnings({ warnings: found }: Report): Markup {
  if (found.length === 0) return NOTHING
  return folded(
    { title: say`Warnings`, gist: badge('attention', String(found.length)) },
    list(found.map(prose))
  )
}

/** What the page is made from, and where all fields are. */
export function footer(): Markup {
  return note(
    say`Times are UTC. Made by ecs-gated-deploy ${VERSION} from report.json, which has every field.`
  )
}
