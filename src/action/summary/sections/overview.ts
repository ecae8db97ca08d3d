import { duration } from '../../../release/elapsed.ts'
import { shortName, utc } from '../../../release/report-words.ts'
import type { Report, Trigger } from '../../../release/report.ts'
import { say } from '../../../words/say.ts'
import { list, type Section } from '../blocks.ts'
import { code, filled, join, line, link, text, type Inline } from '../markdown.ts'

/** Service, revision, deployment, who asked for the release, and when. */
export function overview(report: Report): Section {
  const took = duration(report.endedAt - report.startedAt)
  const time = say`${utc(report.startedAt)} to ${utc(report.endedAt)} UTC, ${took}`
  const items = [
    where(report),
    revision(report),
    deployment(report),
    gate(report),
    trigger(report.trigger),
    named(say`Time`, text(time))
  ].filter((item) => item !== undefined)
  return {
    title: say`Release`,
    importance: 92,
    folded: true,
    gist: gistOf(report),
    blocks: [list(items)]
  }
}

/** From which revision to which, without code type, which a heading does not have. */
function gistOf({ taskDefinition, where: { service } }: Report): Inline {
  const { runningArn, arn } = taskDefinition ?? {}
  if (runningArn === undefined || arn === undefined) return text(service)
  return text(`${shortName(runningArn)} → ${shortName(arn)}`)
}

function named(name: string, value: Inline): Inline {
  return line`**${name}** ${value}`
}

function where({ where: { service, cluster, region } }: Report): Inline | undefined {
  if (service === '') return undefined
  const place = region === undefined ? text('') : line` (${region})`
  const shown = filled(say`${'{0}'} in cluster ${'{1}'}`, code(service), code(cluster))
  return named(say`Service`, line`${shown}${place}`)
}

function revision({ taskDefinition, outcome }: Report): Inline | undefined {
  if (taskDefinition === undefined) return undefined
  const { runningArn, arn, reused } = taskDefinition
  if (reused) {
    const name = code(shortName(arn ?? runningArn ?? ''))
    return named(say`Revision`, filled(say`${'{0}'}, reused: nothing changed`, name))
  }
  const before = runningArn === undefined ? text(say`unknown`) : code(shortName(runningArn))
  const none = outcome === 'planned' ? say`a new revision` : say`no revision registered`
  const after = arn === undefined ? text(none) : code(shortName(arn))
  return named(say`Revision`, line`${before} → ${after}`)
}

function deployment({ deployment: made, where: place }: Report): Inline | undefined {
  if (made === undefined) return undefined
  const config =
    place.deploymentConfig === undefined ? text('') : line`, ${code(place.deploymentConfig)}`
  return named(
    say`Deployment`,
    line`${link(code(made.id), made.consoleUrl)} ${made.status}${config}`
  )
}

function gate({ approval, deployment: made }: Report): Inline | undefined {
  return made === undefined ? undefined : named(say`Gate`, text(gateWords(approval)))
}

function gateWords(approval: Report['approval']): string {
  switch (approval) {
    case 'approved':
      return say`approved`
    case 'rejected':
      return say`rejected`
    case 'expired':
      return say`expired`
    case 'pending':
      return say`not decided`
    case 'not-required':
      return say`not required`
  }
}

function trigger(by: Trigger): Inline | undefined {
  const { actor, triggeringActor, ref, event, sha, runId, runAttempt } = by
  const parts: Inline[] = []
  if (actor !== undefined) parts.push(code(actor))
  if (triggeringActor !== undefined && triggeringActor !== actor) {
    parts.push(filled(say`re-run by ${'{0}'}`, code(triggeringActor)))
  }
  if (ref !== undefined) {
    parts.push(filled(say`${'{0}'} on ${'{1}'}`, text(event ?? 'run'), code(ref)))
  } else if (event !== undefined) parts.push(text(event))
  if (sha !== undefined) {
    parts.push(filled(say`commit ${'{0}'}`, link(code(sha.slice(0, 7)), by.commitUrl)))
  }
  if (runId !== undefined) {
    const isFirst = runAttempt === undefined || runAttempt === '1'
    const words = isFirst ? say`run ${runId}` : say`run ${runId}, attempt ${runAttempt}`
    parts.push(link(words, by.runUrl))
  }
  return parts.length === 0 ? undefined : named(say`Triggered by`, join(parts, ', '))
}
