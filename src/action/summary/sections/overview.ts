import { duration } from '../../../release/elapsed.ts'
import type { ApprovalStatus } from '../../../release/outcome.ts'
import type { Report, Trigger } from '../../../release/report.ts'
import { list, type Section } from '../blocks.ts'
import { code, join, line, link, text, type Inline } from '../markdown.ts'
import { shortName, utc } from '../../../release/report-words.ts'

/** Service, revision, deployment, who asked for the release, and when. */
export function overview(report: Report): Section {
  const items = [
    where(report),
    revision(report),
    deployment(report),
    gate(report),
    trigger(report.trigger),
    line`**Time** ${utc(report.startedAt)} to ${utc(report.endedAt)} UTC, ${duration(report.endedAt - report.startedAt)}`
  ].filter((item) => item !== undefined)
  return { title: 'Release', importance: 92, blocks: [list(items)] }
}

function where({ where: { service, cluster, region } }: Report): Inline | undefined {
  if (service === '') return undefined
  const place = region === undefined ? text('') : line` (${region})`
  return line`**Service** ${code(service)} in cluster ${code(cluster)}${place}`
}

function revision({ taskDefinition, outcome }: Report): Inline | undefined {
  if (taskDefinition === undefined) return undefined
  const { runningArn, arn, reused } = taskDefinition
  if (reused) {
    return line`**Revision** ${code(shortName(arn ?? runningArn ?? ''))}, reused: nothing changed`
  }
  const before = runningArn === undefined ? text('unknown') : code(shortName(runningArn))
  const none = outcome === 'planned' ? 'a new revision' : 'none registered'
  return line`**Revision** ${before} → ${arn === undefined ? none : code(shortName(arn))}`
}

function deployment({ deployment: made, where: place }: Report): Inline | undefined {
  if (made === undefined) return undefined
  const config =
    place.deploymentConfig === undefined ? text('') : line`, config ${code(place.deploymentConfig)}`
  return line`**Deployment** ${link(code(made.id), made.consoleUrl)}, status ${made.status}${config}`
}

const GATE_WORDS: Readonly<Record<ApprovalStatus, string>> = {
  approved: 'approved',
  rejected: 'rejected',
  expired: 'expired',
  pending: 'not decided',
  'not-required': 'not required'
}

function gate({ approval, deployment: made }: Report): Inline | undefined {
  return made === undefined ? undefined : line`**Gate** ${GATE_WORDS[approval]}`
}

function trigger(by: Trigger): Inline | undefined {
  const parts: Inline[] = []
  if (by.actor !== undefined) parts.push(code(by.actor))
  if (by.triggeringActor !== undefined && by.triggeringActor !== by.actor) {
    parts.push(line`re-run by ${code(by.triggeringActor)}`)
  }
  if (by.ref !== undefined) parts.push(line`${by.event ?? 'run'} on ${code(by.ref)}`)
  else if (by.event !== undefined) parts.push(text(by.event))
  if (by.sha !== undefined) parts.push(line`commit ${link(code(by.sha.slice(0, 7)), by.commitUrl)}`)
  if (by.runId !== undefined) {
    const again = by.runAttempt !== undefined && by.runAttempt !== '1'
    const attempt = again ? `, attempt ${by.runAttempt}` : ''
    parts.push(link(`run ${by.runId}${attempt}`, by.runUrl))
  }
  return parts.length === 0 ? undefined : line`**Triggered by** ${join(parts, ', ')}`
}
