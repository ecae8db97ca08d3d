import { axisTop, MOST_COLUMNS, roundedUp } from '../../pages/course.ts'
import { phaseOfTrafficWords } from '../../pages/evidence-words.ts'
import type { AvailabilityEvidence, SecondOfTraffic } from '../../release/evidence.ts'
import { isTime } from '../../release/milestones.ts'
import { milliseconds, utcTime } from '../../release/report-words.ts'
import { inColumns, slots, type Columns } from '../../release/traffic-columns.ts'
import { say } from '../../words/say.ts'

/**
 * How production answered over time, as Mermaid, in the columns and on the scale of the HTML
 * report: the slowest answers and, if there are any, the failures. Mermaid draws a number axis
 * but no clock, so the axis counts seconds; its title says when each phase begins, and a pale
 * bar marks the time in which traffic moved.
 */
export function availabilityCharts({ seconds, phases }: AvailabilityEvidence): readonly string[] {
  const found = inColumns(
    seconds.filter(({ at }) => isTime(at)),
    MOST_COLUMNS
  )
  const points = inEverySlot(found)
  const [first] = points
  if (first === undefined || points.length < 2) return []
  const since = (at: number): number => Math.round((at - first.at) / 1_000)
  const begins = phases
    .filter(({ from, until }) => from > first.at + found.widthMs && until > from)
    .map(({ name, from }) => `${phaseOfTrafficWords(name)} ${since(from)}`)
  const shift = phases.find(({ name }) => name === 'shift')
  const isMoving = points.map(
    ({ at }) => shift !== undefined && at + found.widthMs > shift.from && at < shift.until
  )
  const title = [say`seconds from ${utcTime(first.at)} UTC`, ...begins].join(', ')
  const axis = `  x-axis "${quotable(title)}" 0 --> ${since(first.at + (points.length - 1) * found.widthMs)}`
  const draw = (title: string, top: number, values: readonly number[]): string =>
    [
      look(isMoving.includes(true)),
      'xychart-beta',
      `  title "${quotable(title)}"`,
      axis,
      `  y-axis 0 --> ${top}`,
      ...(isMoving.includes(true)
        ? [`  bar [${isMoving.map((moves) => (moves ? top : 0)).join(', ')}]`]
        : []),
      `  line [${values.join(', ')}]`
    ].join('\n')
  const slowest = points.map(({ slowestMs }) => Math.round(slowestMs))
  const failed = points.map((point) => point.failed)
  const most = Math.max(...failed)
  const { top, most: highest, isCut } = axisTop(slowest)
  const each = found.widthMs / 1_000
  return [
    draw(
      isCut
        ? say`Slowest answer in each ${each} s, cut at ${milliseconds(top)} of ${milliseconds(highest)}`
        : say`Slowest answer in each ${each} s, in ms`,
      top,
      slowest.map((ms) => Math.min(top, ms))
    ),
    ...(most > 0 ? [draw(say`Failed requests in each ${each} s`, roundedUp(most), failed)] : [])
  ]
}

/**
 * Mermaid's own colour has a contrast of 1.2:1 on white. This one has 3:1 in both its light
 * and its dark theme. The bars are drawn first and have the first colour.
 */
function look(hasBars: boolean): string {
  const colours = hasBars ? '#8b949e40, #2f81d6' : '#2f81d6'
  return `%%{init: {"xyChart": {"height": 260}, "themeVariables": {"xyChart": {"plotColorPalette": "${colours}"}}}}%%`
}

/** Mermaid ends a text at a quotation mark. */
function quotable(text: string): string {
  return text.replaceAll('"', ' ')
}

/** Mermaid places points by their number, so a column without a request needs a point too. */
function inEverySlot(found: Columns): SecondOfTraffic[] {
  const [first] = found.columns
  if (first === undefined) return []
  const known = new Map(found.columns.map((column) => [column.at, column]))
  return Array.from({ length: slots(found) }, (_, index) => {
    const at = first.at + index * found.widthMs
    return known.get(at) ?? { at, total: 0, failed: 0, slowestMs: 0, byVersion: {} }
  })
}
