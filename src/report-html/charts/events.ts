import { phasesOf, phaseWords, type Phase } from '../../pages/course.ts'
import { duration } from '../../release/elapsed.ts'
import type { Milestone } from '../../release/milestones.ts'
import { deployments, utcTime } from '../../release/report-words.ts'
import type { DeploymentReport, Report } from '../../release/report.ts'
import { stageOf, type Stage } from '../../release/snapshot.ts'
import { say } from '../../words/say.ts'
import { markup, NOTHING, type Markup } from '../markup.ts'
import { keys, momentLines, type Frame, type Tone } from './frame.ts'
import { across, isWithin } from './scale.ts'

const LANE = 18
/** Pixels for the numbers above the lanes. */
const TOP = 22
/**
 * Percent. Moments nearer to each other share a mark, because on a phone their marks would
 * touch.
 */
const NEAR = 14

interface Numbered extends Milestone {
  readonly number: number
}

/** The lifecycle as lanes with the names of the phases, below the numbers of the turning points. */
export function lifecycleLanes(frame: Frame, report: Report): Markup {
  const lanes = deployments(report).filter(({ deployment }) => deployment.steps.length > 0)
  const known = numbered(frame)
  const height = TOP + lanes.length * (LANE + 4) + 4
  if (lanes.length === 0 && known.length === 0) return NOTHING
  const id = `${frame.id}-lifecycle`
  const hasFailed = lanes.some(({ deployment }) =>
    deployment.steps.some(({ status }) => status === 'Failed')
  )
  const hasStage = (wanted: Stage): boolean =>
    lanes.some(({ deployment }) => stageOf(deployment, wanted)?.startedAt !== undefined)
  const legend: readonly (readonly [Tone, string])[] = [
    ...(hasStage('gate') ? ([['gate', say`waiting at the gate`]] as const) : []),
    ...(hasStage('shift') ? ([['shift', say`traffic moves`]] as const) : []),
    ...(hasFailed ? ([['failed', say`failed: a stripe below`]] as const) : [])
  ]
  const title = say`Lifecycle`
  const laneWords = ({ id }: DeploymentReport): string =>
    id === report.rollbackDeployment?.id ? say`back` : say`release`
  return markup`<figure class="chart">
<figcaption><span>${title}</span>${keys(legend)}</figcaption>
<div class="plot"><svg class="levels" height="${height}" aria-hidden="true">${lanes.map(({ deployment }, index) => markup`<text x="100%" y="${TOP + index * (LANE + 4) + LANE / 2}" dy="0.32em">${laneWords(deployment)}</text>`)}</svg><svg class="picture" height="${height}" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-description"><title id="${id}-title">${title}</title><desc id="${id}-description">${say`The lifecycle events of the deployment and of its rollback as bars; the table of lifecycle events has the times.`}</desc>
${momentLines(frame, height)}
${lanes.map(({ deployment }, index) => lane(frame, deployment, report, TOP + index * (LANE + 4)))}
${groups(frame, known).map((group) => mark(frame, group))}</svg></div>
</figure>
`
}

/** One mark for all moments of a group, such as `6–9`. */
function mark(frame: Frame, group: readonly Numbered[]): Markup {
  const [first] = group
  const last = group.at(-1)
  if (first === undefined || last === undefined) return NOTHING
  const isBad = group.some(({ kind }) => kind === 'bad')
  const isGood = group.every(({ kind }) => kind === 'good')
  const words = first === last ? String(first.number) : `${first.number}–${last.number}`
  const width = 10 + words.length * 6
  const middle = across(frame.span, (first.at + last.at) / 2)
  const left = Math.round(-width * anchor(middle) * 10) / 10
  return markup`<svg class="number ${isBad ? 'bad' : isGood ? 'good' : 'plain'}" x="${middle}%" overflow="visible"><title>${group.map(({ at, what }) => `${utcTime(at)} ${what}`).join('; ')}</title><rect x="${left}" y="2" width="${width}" height="16" rx="8"/><text x="${left + width / 2}" y="10" dy="0.35em">${words}</text></svg>
`
}

/**
 * The part of a mark that is on its place: the middle, but near the ends of the chart a part
 * that keeps the mark inside.
 */
function anchor(place: number): number {
  if (place < EDGE) return (place / EDGE) * 0.5
  return place > 100 - EDGE ? 1 - ((100 - place) / EDGE) * 0.5 : 0.5
}

/** Percent. */
const EDGE = 5

/** A list of the moments to which the numbers refer. */
export function momentList(frame: Frame): Markup {
  const known = numbered(frame)
  if (known.length === 0) return NOTHING
  return markup`<ol class="moments">
${known.map(({ at, what, kind, number }) => markup`<li value="${number}"><span class="dot ${kind}" aria-hidden="true">${number}</span><time>${utcTime(at)}</time> <span>${what}</span></li>\n`)}</ol>
`
}

/** The moments on this axis, with their numbers in the whole release. */
function numbered({ span, moments }: Frame): Numbered[] {
  return moments.flatMap((moment, index) =>
    isWithin(span, moment.at) ? [{ ...moment, number: index + 1 }] : []
  )
}

/** Puts moments that are near to the first of a group into that group. */
function groups({ span }: Frame, known: readonly Numbered[]): readonly (readonly Numbered[])[] {
  const found: Numbered[][] = []
  for (const moment of known) {
    const group = found.at(-1)
    const [first] = group ?? []
    const isNear = first && across(span, moment.at) - across(span, first.at) < NEAR
    if (group && isNear) group.push(moment)
    else found.push([moment])
  }
  return found
}

function lane({ span }: Frame, deployment: DeploymentReport, report: Report, top: number): Markup {
  const isRollback = deployment.id === report.rollbackDeployment?.id
  const phases = phasesOf(report).filter(({ name }) => (name === 'rollback') === isRollback)
  return markup`${deployment.steps.flatMap((step) => {
    const { name, stage, status, startedAt, endedAt } = step
    const end = Math.max(startedAt ?? 0, endedAt ?? report.endedAt)
    if (startedAt === undefined || end < span.from || startedAt > span.until) return []
    const from = across(span, startedAt)
    const width = Math.round((across(span, end) - from) * 1_000) / 1_000
    const place = markup`x="${from}%" width="${width}%"`
    const words = `${name} ${status}, ${utcTime(startedAt)}, ${duration(end - startedAt)}`
    const phase = phases.find((each) => isLongest({ from: startedAt, until: end }, each))
    return [
      markup`<svg class="bar" ${place} y="${top}" height="${LANE}"><title>${words}</title><rect class="${tone(stage)}" width="100%" height="100%" rx="2"/>${phase === undefined ? NOTHING : label(phaseWords(phase.name), width)}</svg>\n`,
      // The stage of an event and its failure are shown by two marks.
      status === 'Failed'
        ? markup`<rect class="failed" ${place} y="${top + LANE - 4}" height="4"><title>${words}</title></rect>\n`
        : NOTHING
    ]
  })}`
}

/** Whether a step is so much of a phase that it carries the phase's name. */
function isLongest(step: { readonly from: number; readonly until: number }, phase: Phase): boolean {
  const isInside = step.from >= phase.from && step.until <= phase.until
  return isInside && step.until - step.from > (phase.until - phase.from) / 2
}

/** Pixels for one percent of a chart's width, on a phone and on a wide page. */
const PHONE = 2.7
const WIDE = 8.3

/** The name of a phase inside of its bar, where the bar has room for all of it. */
function label(words: string, width: number): Markup {
  const needed = 10 + Array.from(words).reduce((sum, char) => sum + (char > '\u1100' ? 11 : 6.5), 0)
  if (width * WIDE < needed) return NOTHING
  const narrow = width * PHONE < needed ? markup` class="wide"` : NOTHING
  return markup`<text${narrow} x="50%" y="50%" dy="0.35em">${words}</text>`
}

function tone(stage: Stage | undefined): Tone {
  return stage === 'gate' || stage === 'shift' ? stage : 'event'
}
