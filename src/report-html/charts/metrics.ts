import { roundedUp } from '../../pages/course.ts'
import { metricWords, sideWords } from '../../pages/evidence-words.ts'
import type { MetricSeries, MetricsEvidence } from '../../release/evidence.ts'
import { count, milliseconds, utcTime } from '../../release/report-words.ts'
import { say } from '../../words/say.ts'
import { markup, type Markup } from '../markup.ts'
import { down, plot, type Frame, type Plot } from './frame.ts'
import { across, isWithin } from './scale.ts'

const METRICS: readonly MetricSeries['metric'][] = [
  'healthy-hosts',
  'response-time',
  'target-5xx',
  'target-4xx',
  'requests'
]
/** CloudWatch has one point a minute, so this is eight hours. */
const MOST_POINTS = 480

/** One chart for each metric that has figures, with one line for blue and one for green. */
export function metricCharts(frame: Frame, { series }: MetricsEvidence, index: number): Markup[] {
  return METRICS.flatMap((metric) => {
    const own = series
      .filter((each) => each.metric === metric)
      .map((each) => ({ ...each, points: drawn(each.points, frame) }))
      .filter(({ points }) => points.length > 0)
    return own.length === 0
      ? []
      : [chart(frame, `metric-${index}-${metric}`, metricWords(metric), own)]
  })
}

type Points = MetricSeries['points']

function drawn(points: Points, { span }: Frame): Points {
  return points.filter(({ at }) => isWithin(span, at)).slice(-MOST_POINTS)
}

function chart(frame: Frame, id: string, title: string, own: readonly MetricSeries[]): Markup {
  const highest = own.flatMap(({ points }) => points.map(({ value }) => value))
  const size = {
    height: 60,
    max: Math.max(2, roundedUp(highest.reduce((most, value) => Math.max(most, value), 0)))
  }
  const isTime = own.some(({ unit }) => unit === 'ms')
  const words = isTime ? milliseconds : count
  return plot(frame, {
    ...size,
    id,
    title: isTime ? title : say`${title}, by the minute`,
    description: own
      .map((each) => `${sideWords(each.side)}: ${range(each.points, words)}.`)
      .join(' '),
    label: words,
    legend: own.map(({ side }) => [side, sideWords(side)]),
    marks: own.flatMap((each) => line(frame, size, each, words))
  })
}

export function range(points: Points, words: (value: number) => string): string {
  const values = points.map(({ value }) => value)
  const least = values.reduce((one, other) => Math.min(one, other), Infinity)
  const most = values.reduce((one, other) => Math.max(one, other), -Infinity)
  return least === most ? words(least) : say`${words(least)} to ${words(most)}`
}

/** Dots, and lines between neighbours. Green's lines are dashed, so that colour is not needed. */
function line(
  { span }: Frame,
  size: Pick<Plot, 'height' | 'max'>,
  { points, side }: MetricSeries,
  words: (value: number) => string
): Markup[] {
  const placed = points.map(({ at, value }) => ({
    at,
    value,
    x: across(span, at),
    y: down(value, size)
  }))
  const lines = placed.flatMap(({ x, y }, index) => {
    const next = placed[index + 1]
    return next
      ? [
          markup`<line class="course ${side}" x1="${x}%" y1="${y}" x2="${next.x}%" y2="${next.y}"/>\n`
        ]
      : []
  })
  const dots = placed.map(
    ({ at, value, x, y }) =>
      markup`<circle class="mark ${side}" cx="${x}%" cy="${y}" r="2.5"><title>${sideWords(side)}, ${utcTime(at)}: ${words(value)}</title></circle>\n`
  )
  return [...lines, ...dots]
}
