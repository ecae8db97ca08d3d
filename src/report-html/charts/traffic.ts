import type { AvailabilityEvidence, SecondOfTraffic } from '../../release/evidence.ts'
import { count, milliseconds, utcTime } from '../../release/report-words.ts'
import { inColumns, type Columns, type Share } from '../../release/traffic-columns.ts'
import { markup, type Markup } from '../markup.ts'
import { down, plot, type Frame, type Size } from './frame.ts'
import { across, isWithin, roundedUp, type Span } from './scale.ts'

/** With this many columns, each is at least a pixel wide on a phone. */
const MOST_COLUMNS = 240

/** The shares of production traffic: green at the bottom, blue above it. */
export function trafficShare(frame: Frame, shares: readonly Share[]): Markup {
  const { span } = frame
  const size = { height: 84, max: 100 }
  const steps = shares
    .map(({ at, green }, index) => ({
      from: at,
      until: shares[index + 1]?.at ?? span.until,
      green
    }))
    .filter(({ from, until }) => until > span.from && from < span.until)
  const marks = steps.flatMap(({ from, until, green }) => {
    const left = across(span, from)
    const width = rounded(across(span, until) - left)
    const at = `from ${utcTime(from)}`
    const area = (side: 'blue' | 'green', share: number, top: number, bottom: number): Markup[] =>
      share > 0
        ? [
            markup`<rect class="area ${side}" x="${left}%" width="${width}%" y="${top}" height="${rounded(bottom - top)}"><title>${share} % ${side} ${at}</title></rect>\n`
          ]
        : []
    const edge = down(green, size)
    return [
      ...area('blue', rounded(100 - green), down(100, size), edge),
      ...area('green', rounded(green), edge, down(0, size))
    ]
  })
  return plot(frame, {
    ...size,
    id: 'traffic',
    title: 'Production traffic',
    description: `Share of green: ${steps.map(({ from, green }) => `${rounded(green)} % from ${utcTime(from)}`).join(', ')}.`,
    label: (value) => `${value} %`,
    legend: [
      ['blue', 'blue, before'],
      ['green', 'green, new']
    ],
    marks
  })
}

/** How production answered: the slowest answer and the failures of each column. */
export function answers(frame: Frame, { seconds }: AvailabilityEvidence, index: number): Markup[] {
  const own = seconds.filter(({ at }) => isWithin(frame.span, at))
  if (own.length === 0) return []
  const found = inColumns(own, MOST_COLUMNS)
  return [latency(frame, found, index), failures(frame, found, index)]
}

function latency(frame: Frame, { columns, widthMs }: Columns, index: number): Markup {
  const slowest = columns.reduce((one, other) => (other.slowestMs > one.slowestMs ? other : one))
  const { words, ...scale } = scaleOf(columns.map(({ slowestMs }) => slowestMs))
  const size = { height: 96, ...scale }
  return plot(frame, {
    ...size,
    id: `latency-${index}`,
    title: `Slowest answer in each ${period(widthMs)}${words}`,
    description: `The slowest of all took ${milliseconds(slowest.slowestMs)}, at ${utcTime(slowest.at)}.`,
    label: (value) => (value < 1_000 ? `${count(value)} ms` : `${count(value / 1_000)} s`),
    marks: columns.map((column) =>
      bar(frame.span, size, 'latency', column, widthMs, column.slowestMs)
    )
  })
}

/**
 * If the highest value is this many times the lower quartile, the scale is logarithmic,
 * because the other values would be flat on a linear one.
 */
const FAR = 8
const FASTEST_MS = 1

/** The scale on which one timeout does not hide all other answers. */
function scaleOf(values: readonly number[]): Omit<Size, 'height'> & { readonly words: string } {
  const sorted = values.filter((value) => value > 0).sort((one, other) => one - other)
  const usual = sorted[Math.floor(sorted.length / 4)] ?? 0
  const most = sorted.at(-1) ?? 0
  if (most <= usual * FAR) return { max: roundedUp(most), words: '' }
  const least = Math.max(FASTEST_MS, sorted[0] ?? FASTEST_MS)
  const logFrom = 10 ** Math.floor(Math.log10(least))
  const max = Math.max(10 ** Math.ceil(Math.log10(most)), logFrom * 10)
  return { max, logFrom, words: ', logarithmic scale' }
}

function failures(frame: Frame, { columns, widthMs }: Columns, index: number): Markup {
  const failing = columns.filter(({ failed }) => failed > 0)
  const most = failing.reduce((highest, { failed }) => Math.max(highest, failed), 0)
  const total = columns.reduce((sum, column) => sum + column.total, 0)
  const failed = failing.reduce((sum, column) => sum + column.failed, 0)
  const size = { height: 48, max: Math.max(2, roundedUp(most)) }
  return plot(frame, {
    ...size,
    id: `failures-${index}`,
    title: `Failed requests in each ${period(widthMs)}: ${count(failed)} of ${count(total)}`,
    description:
      failing.length === 0 ? 'None failed.' : `The first at ${utcTime(failing[0]?.at ?? 0)}.`,
    label: count,
    marks: failing.map((column) => bar(frame.span, size, 'failure', column, widthMs, column.failed))
  })
}

function bar(
  span: Span,
  size: Size,
  tone: 'latency' | 'failure',
  { at, total, failed, slowestMs }: SecondOfTraffic,
  widthMs: number,
  value: number
): Markup {
  const left = across(span, at)
  const width = rounded(across(span, at + widthMs) - left)
  const top = down(value, size)
  const words = `${utcTime(at)}: ${count(total)} requests, ${count(failed)} failed, slowest ${milliseconds(slowestMs)}`
  return markup`<rect class="mark ${tone}" x="${left}%" width="${width}%" y="${top}" height="${rounded(down(0, size) - top)}"><title>${words}</title></rect>\n`
}

function period(widthMs: number): string {
  return widthMs === 1_000 ? 'second' : `${widthMs / 1_000} seconds`
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
