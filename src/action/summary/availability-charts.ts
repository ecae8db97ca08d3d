import type { AvailabilityEvidence, SecondOfTraffic } from '../../release/evidence.ts'
import { isTime } from '../../release/milestones.ts'
import { count, milliseconds, utcTime } from '../../release/report-words.ts'
import { inColumns, slots, type Columns } from '../../release/traffic-columns.ts'

/** A chart is 700 pixels wide, so more points would not be visible. */
const MOST_POINTS = 120

/**
 * How production answered over time, as Mermaid: the slowest answers and, if there are any,
 * the failures. Each chart has one line, because Mermaid draws bars over each other, and a
 * bar of zero below the axis. Mermaid cannot mark ranges, so the axis's title says where
 * each phase begins.
 */
export function availabilityCharts({ seconds, phases }: AvailabilityEvidence): readonly string[] {
  const found = inColumns(
    seconds.filter(({ at }) => isTime(at)),
    MOST_POINTS
  )
  const points = inEverySlot(found)
  const [first] = points
  if (first === undefined || points.length < 2) return []
  const minutes = (at: number): string => String(Math.round((at - first.at) / 6_000) / 10)
  const begins = phases
    .filter(({ from, until }) => from > first.at + found.widthMs && until > from)
    .map(({ name, from }) => `${name} ${minutes(from)}`)
  const axis = `  x-axis "${[`minutes from ${utcTime(first.at)} UTC`, ...begins].join(', ')}" 0 --> ${(((points.length - 1) * found.widthMs) / 60_000).toFixed(3)}`
  const draw = (title: string, top: number, values: readonly number[]): string =>
    [
      LINE_COLOUR,
      'xychart-beta',
      `  title "${title}"`,
      axis,
      `  y-axis 0 --> ${top}`,
      `  line [${values.join(', ')}]`
    ].join('\n')
  const slowest = points.map(({ slowestMs }) => Math.round(slowestMs))
  const failed = points.map((point) => point.failed)
  const most = Math.max(...failed)
  const { top, cut } = topOf(slowest)
  const each = `each ${found.widthMs / 1_000} s`
  return [
    draw(
      cut
        ? `Slowest answer in ${each}, cut at ${count(top)} of ${milliseconds(Math.max(...slowest))}`
        : `Slowest answer in ${each}, in ms`,
      top,
      slowest.map((ms) => Math.min(top, ms))
    ),
    ...(most > 0 ? [draw(`Failed requests in ${each}`, most, failed)] : [])
  ]
}

/**
 * Mermaid's own colour has a contrast of 1.2:1 on white. This one has 3:1 in both its light
 * and its dark theme.
 */
const LINE_COLOUR = '%%{init: {"themeVariables": {"xyChart": {"plotColorPalette": "#2f81d6"}}}}%%'

/**
 * If the highest value is more than this many times the median, the chart is cut, because
 * the rest of the line would be flat.
 */
const FAR = 10

/**
 * The top of the axis. A Mermaid axis cannot be logarithmic, so one timeout would hide all
 * other values.
 */
function topOf(values: readonly number[]): { readonly top: number; readonly cut: boolean } {
  const sorted = values.filter((value) => value > 0).sort((one, other) => one - other)
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0
  const most = sorted.at(-1) ?? 0
  if (most <= median * FAR) return { top: Math.max(1, most), cut: false }
  return { top: Math.ceil((median * 4) / 10) * 10, cut: true }
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
