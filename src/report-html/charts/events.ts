import { duration } from '../../release/elapsed.ts'
import type { Milestone } from '../../release/milestones.ts'
import { deployments, utcTime } from '../../release/report-words.ts'
import type { DeploymentReport, Report } from '../../release/report.ts'
import type { Stage } from '../../release/snapshot.ts'
import { markup, NOTHING, type Markup } from '../markup.ts'
import { momentLines, type Frame, type Tone } from './frame.ts'
import { across, isWithin } from './scale.ts'

const LANE = 16
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

/** The lifecycle as lanes, below the numbers of the turning points. */
export function lifecycleLanes(frame: Frame, report: Report): Markup {
  const lanes = deployments(report).filter(({ deployment }) => deployment.steps.length > 0)
  const known = numbered(frame)
  const height = TOP + lanes.length * (LANE + 4) + 4
  if (lanes.length === 0 && known.length === 0) return NOTHING
  const id = `${frame.id}-lifecycle`
  return markup`<figure class="chart">
<figcaption><span>Lifecycle</span>${KEYS.map(([tone, words]) => markup`<span class="key"><svg width="12" height="12" aria-hidden="true"><rect class="${tone}" width="12" height="12" rx="2"/></svg>${words}</span>`)}</figcaption>
<div class="plot"><svg class="levels" height="${height}" aria-hidden="true">${lanes.map(({ name }, index) => markup`<text x="100%" y="${TOP + index * (LANE + 4) + LANE / 2}" dy="0.32em">${name === 'Rollback' ? 'back' : 'release'}</text>`)}</svg><svg class="picture" height="${height}" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-description"><title id="${id}-title">Lifecycle</title><desc id="${id}-description">The lifecycle events of the deployment and of its rollback as bars; the table of lifecycle events has the times.</desc>
${momentLines(frame, height)}
${lanes.map(({ deployment }, index) => lane(frame, deployment, TOP + index * (LANE + 4), report.endedAt))}
${groups(frame, known).map((group) => mark(frame, group))}</svg></div>
</figure>
`
}

const KEYS: readonly (readonly [Tone, string])[] = [
  ['event', 'event'],
  ['gate', 'waiting at the gate'],
  ['shift', 'traffic moves'],
  ['failed', 'failed: a stripe below']
]

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
export function momentList(frame: Frame, startedAt: number): Markup {
  const known = numbered(frame)
  if (known.length === 0) return NOTHING
  return markup`<ol class="moments">
${known.map(({ at, what, kind, number }) => markup`<li value="${number}"><span class="dot ${kind}" aria-hidden="true">${number}</span><time>${utcTime(at)}</time> <span>${what}<span class="after"> ${since(at, startedAt)}</span></span></li>\n`)}</ol>
`
}

function since(at: number, startedAt: number): string {
  return at <= startedAt ? '' : `after ${duration(at - startedAt)}`
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

function lane({ span }: Frame, { steps }: DeploymentReport, top: number, now: number): Markup {
  return markup`${steps.flatMap((step) => {
    const { name, stage, status, startedAt, endedAt } = step
    const end = endedAt ?? now
    if (startedAt === undefined || end < span.from || startedAt > span.until) return []
    const from = across(span, startedAt)
    const width = Math.round((across(span, Math.max(end, startedAt)) - from) * 1_000) / 1_000
    const place = markup`x="${from}%" width="${width}%"`
    const words = `${name} ${status}, ${utcTime(startedAt)}, ${duration(end - startedAt)}`
    return [
      markup`<rect class="bar ${tone(stage)}" ${place} y="${top}" height="${LANE}" rx="2"><title>${words}</title></rect>\n`,
      // The stage of an event and its failure are shown by two marks.
      status === 'Failed'
        ? markup`<rect class="failed" ${place} y="${top + LANE - 5}" height="5"><title>${words}</title></rect>\n`
        : NOTHING
    ]
  })}`
}

function tone(stage: Stage | undefined): Tone {
  return stage === 'gate' || stage === 'shift' ? stage : 'event'
}
