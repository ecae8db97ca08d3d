import { axisTop, MOST_COLUMNS, roundedUp, type Span } from '../../pages/course.ts'
import type { AvailabilityEvidence, SecondOfTraffic } from '../../release/evidence.ts'
import { count, milliseconds, utcTime } from '../../release/report-words.ts'
import type { SideShares } from '../../release/snapshot.ts'
import { inColumns, type Columns, type Share } from '../../release/traffic-columns.ts'
import { say } from '../../words/say.ts'
import { note } from '../blocks.ts'
import { markup, type Markup } from '../markup.ts'
import { down, plot, type Frame, type Size } from './frame.ts'
import { across, isWithin } from './scale.ts'

/** The shares of production traffic: green at the bottom, blue above it. A sentence if it never moved. */
export function trafficShare(frame: Frame, shares: readonly Share[], sides?: SideShares): Markup {
  if (shares.every(({ green }) => green === 0)) {
    return note(say`All production traffic stayed on ${sides?.from.name ?? say`blue`}.`)
  }
  const names = { blue: sides?.from.name ?? say`blue`, green: sides?.to.name ?? say`green` }
  const { span } = frame
  const size = { height: 56, max: 100 }
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
    const area = (
      side: 'blue' | 'green',
      share: number,
      words: string,
      top: number,
      bottom: number
    ): Markup[] =>
      share > 0
        ? [
            markup`<rect class="area ${side}" x="${left}%" width="${width}%" y="${top}" height="${rounded(bottom - top)}"><title>${words}</title></rect>\n`
          ]
        : []
    const edge = down(green, size)
    const blue = rounded(100 - green)
    const at = utcTime(from)
    return [
      ...area('blue', blue, say`${blue} % ${names.blue} from ${at}`, down(100, size), edge),
      ...area(
        'green',
        green,
        say`${rounded(green)} % ${names.green} from ${at}`,
        edge,
        down(0, size)
      )
    ]
  })
  return plot(frame, {
    ...size,
    id: 'traffic',
    title: say`Production traffic`,
    description: steps
      .map(({ from, green }) => say`${rounded(green)} % ${names.green} from ${utcTime(from)}`)
      .join(', '),
    label: (value) => `${value} %`,
    legend: [
      ['blue', sides ? say`${names.blue}, before` : say`blue, before`],
      ['green', sides ? say`${names.green}, new` : say`green, new`]
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
  const { top, most, isCut } = axisTop(columns.map(({ slowestMs }) => slowestMs))
  const size = { height: 56, max: top }
  const seconds = widthMs / 1_000
  return plot(frame, {
    ...size,
    id: `latency-${index}`,
    title: isCut
      ? say`Slowest answer in each ${seconds} s, cut at ${milliseconds(top)} of ${milliseconds(most)}`
      : say`Slowest answer in each ${seconds} s`,
    description: say`The slowest of all took ${milliseconds(slowest.slowestMs)}, at ${utcTime(slowest.at)}.`,
    label: milliseconds,
    marks: columns.map((column) =>
      bar(frame.span, size, 'latency', column, widthMs, column.slowestMs)
    )
  })
}

function failures(frame: Frame, { columns, widthMs }: Columns, index: number): Markup {
  const failing = columns.filter(({ failed }) => failed > 0)
  const most = failing.reduce((highest, { failed }) => Math.max(highest, failed), 0)
  const total = columns.reduce((sum, column) => sum + column.total, 0)
  const failed = failing.reduce((sum, column) => sum + column.failed, 0)
  const [first] = failing
  if (first === undefined) return note(say`None of ${count(total)} requests failed.`)
  const size = { height: 28, max: Math.max(1, roundedUp(most)) }
  return plot(frame, {
    ...size,
    id: `failures-${index}`,
    title: say`Failed requests in each ${widthMs / 1_000} s: ${count(failed)} of ${count(total)}`,
    description: say`The first at ${utcTime(first.at)}.`,
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
  const words = say`${utcTime(at)}: ${count(failed)} of ${count(total)} requests failed, slowest ${milliseconds(slowestMs)}`
  return markup`<rect class="mark ${tone}" x="${left}%" width="${width}%" y="${top}" height="${rounded(down(0, size) - top)}"><title>${words}</title></rect>\n`
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
