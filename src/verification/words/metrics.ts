import type { MetricSeries, MetricsEvidence } from '../../release/evidence.ts'
import { say } from '../../words/say.ts'
import { exactFigure, figure } from '../metrics/figure.ts'
import { isKnown, measure } from '../metrics/measure.ts'
import type { Metric, Side } from '../metrics/queries.ts'
import { sideInWords } from './side.ts'

/** The metrics in the order in which the summary shows them. */
const SHOWN: readonly Metric[] = [
  'healthy-hosts',
  'requests',
  'target-5xx',
  'target-4xx',
  'response-time'
]

/**
 * One line: the problems first, then the figures, such as
 * `green: 2 healthy, 412 requests, 0 5xx, 1 4xx, 34 ms`.
 */
export function summarise(
  problems: readonly string[],
  series: readonly MetricSeries[],
  alarms: MetricsEvidence['alarms'],
  from: number
): string {
  const sides = series.length === 0 ? [] : [side(series, 'green', from), side(series, 'blue', from)]
  return [...problems, ...sides, ...states(alarms)].join('; ')
}

function side(series: readonly MetricSeries[], name: Side, from: number): string {
  if (!isKnown(series, name)) return say`${sideInWords(name)}: no figures`
  const figures = SHOWN.flatMap((metric) => {
    const { least } = measure(series, metric, name, from)
    return least === undefined ? [] : [named(metric, figure(metric, least))]
  })
  return `${sideInWords(name)}: ${figures.join(', ')}`
}

function named(metric: Metric, value: string): string {
  switch (metric) {
    case 'healthy-hosts':
      return say`${value} healthy`
    case 'requests':
      return say`${value} requests`
    case 'target-5xx':
      return say`${value} 5xx`
    case 'target-4xx':
      return say`${value} 4xx`
    case 'response-time':
      return value
  }
}

/** Such as `2 alarms OK`, for each state that is no problem. */
function states(alarms: MetricsEvidence['alarms']): string[] {
  return ['OK', 'INSUFFICIENT_DATA'].flatMap((state) => {
    const count = alarms.filter((alarm) => alarm.state === state).length
    if (count === 0) return []
    return [count === 1 ? say`${count} alarm ${state}` : say`${count} alarms ${state}`]
  })
}

/** A limit of the file (`MetricLimit`). */
interface Limit {
  readonly metric: Metric
  readonly side: Side
  readonly comparison: string
  readonly value: number
}

/** Why a limit is not kept. */
export const LIMITS = {
  noFigure: (limit: Limit): string =>
    say`${limit.side} ${limit.metric} has no figure, must be ${wanted(limit)}`,
  broken: (limit: Limit, worst: number): string =>
    say`${limit.side} ${limit.metric} is ${exactFigure(limit.metric, worst)}, must be ${wanted(limit)}`
}

function wanted({ metric, comparison, value }: Limit): string {
  return `${comparison} ${exactFigure(metric, value)}`
}

/** What is wrong with alarms, and why figures are missing. */
export const FAULTS = {
  inAlarm: (name: string): string => say`alarm ${name} is in ALARM`,
  noAlarm: (name: string): string => say`alarm ${name} is not there`,
  otherLoadBalancer: (): string => say`only an application load balancer has these figures`,
  noTime: (): string => say`no time has passed`,
  endedBefore: (right: string): string => say`${right}: ended before it was read`,
  denied: (right: string): string => say`${right} is denied`,
  noAnswer: (right: string): string => say`${right} gave no whole answer`,
  sidesUnknown: (): string =>
    say`which target groups are blue and green is not known: codedeploy:GetDeploymentTarget gave no answer`,
  readEarly: (summary: string): string => say`read before CloudWatch had all of it; ${summary}`
}
