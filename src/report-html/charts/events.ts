import { GATE_EVENT } from '../../appspec/model.ts'
import { duration } from '../../release/elapsed.ts'
import { SHIFT_EVENT } from '../../release/gate.ts'
import type { Moment } from '../../release/moments.ts'
import { deployments, utcTime } from '../../release/report-words.ts'
import type { DeploymentReport, Report } from '../../release/report.ts'
import type { LifecycleEvent } from '../../release/snapshot.ts'
import { markup, NOTHING, type Markup } from '../markup.ts'
import { momentLines, type Frame, type Tone } from './frame.ts'
import { across, isWithin } from './scale.ts'

const LANE = 16
const ROW = 18
/** Nearer than this, in percent, two numbers would touch on a phone. */
const NEAR = 8
const MOST_ROWS = 8

interface Placed extends Moment {
  readonly number: number
  readonly place: number
  readonly row: number
}

/** The lifecycle as lanes, under the numbers of the turning points. */
export function lifecycleLanes(frame: Frame, report: Report): Markup {
  const lanes = deployments(report).filter(({ deployment }) => deployment.lifecycle.length > 0)
  const placed = place(frame)
  const top = (Math.max(0, ...placed.map(({ row }) => row)) + 1) * ROW
  const height = top + lanes.length * (LANE + 4) + 4
  if (lanes.length === 0 && placed.length === 0) return NOTHING
  const id = `${frame.id}-lifecycle`
  return markup`<figure class="chart">
<figcaption><span>Lifecycle</span>${KEYS.map(([tone, words]) => markup`<span class="key"><svg width="12" height="12" aria-hidden="true"><rect class="${tone}" width="12" height="12" rx="2"/></svg>${words}</span>`)}</figcaption>
<div class="plot"><svg class="levels" height="${height}" aria-hidden="true">${lanes.map(({ name }, index) => markup`<text x="100%" y="${top + index * (LANE + 4) + LANE / 2}" dy="0.32em">${name === 'Rollback' ? 'back' : 'release'}</text>`)}</svg><svg class="picture" height="${height}" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-description"><title id="${id}-title">Lifecycle</title><desc id="${id}-description">The lifecycle events of the deployment and of its rollback as bars; the table of lifecycle events has the times.</desc>
${momentLines(frame, height)}
${lanes.map(({ deployment }, index) => lane(frame, deployment, top + index * (LANE + 4), report.endedAt))}
${placed.map(({ number, place: across, row, kind, at, what }) => markup`<g class="number ${kind}"><title>${utcTime(at)} ${what}</title><circle cx="${across}%" cy="${row * ROW + 9}" r="8"/><text x="${across}%" y="${row * ROW + 9}" dy="0.35em">${number}</text></g>\n`)}</svg></div>
</figure>
`
}

const KEYS: readonly (readonly [Tone, string])[] = [
  ['event', 'event'],
  ['gate', 'waiting at the gate'],
  ['shift', 'traffic moves'],
  ['failed', 'failed']
]

/** What the numbers stand for. */
export function momentList(frame: Frame, startedAt: number): Markup {
  const placed = place(frame)
  if (placed.length === 0) return NOTHING
  return markup`<ol class="moments">
${placed.map(({ at, what, kind, number }) => markup`<li value="${number}"><span class="dot ${kind}" aria-hidden="true">${number}</span><time>${utcTime(at)}</time> <span>${what}<span class="after"> ${since(at, startedAt)}</span></span></li>\n`)}</ol>
`
}

function since(at: number, startedAt: number): string {
  return at <= startedAt ? '' : `after ${duration(at - startedAt)}`
}

/** In the first row in which there is room; numbers are those of the whole release. */
function place({ span, moments }: Frame): Placed[] {
  const ends: number[] = []
  return moments.flatMap((moment, index) => {
    if (!isWithin(span, moment.at)) return []
    const here = across(span, moment.at)
    const free = ends.findIndex((end) => here - end >= NEAR)
    const row = free >= 0 ? free : Math.min(ends.length, MOST_ROWS - 1)
    ends[row] = here
    return [{ ...moment, number: index + 1, place: here, row }]
  })
}

function lane({ span }: Frame, { lifecycle }: DeploymentReport, top: number, now: number): Markup {
  return markup`${lifecycle.flatMap((event) => {
    const { name, status, startedAt, endedAt } = event
    const end = endedAt ?? now
    if (startedAt === undefined || end < span.from || startedAt > span.until) return []
    const from = across(span, startedAt)
    const width = Math.round((across(span, Math.max(end, startedAt)) - from) * 1_000) / 1_000
    return [
      markup`<rect class="bar ${tone(event)}" x="${from}%" width="${width}%" y="${top}" height="${LANE}" rx="2"><title>${name} ${status}, ${utcTime(startedAt)}, ${duration(end - startedAt)}</title></rect>\n`
    ]
  })}`
}

function tone({ name, status }: LifecycleEvent): Tone {
  if (status === 'Failed') return 'failed'
  if (name === GATE_EVENT) return 'gate'
  return name === SHIFT_EVENT ? 'shift' : 'event'
}
