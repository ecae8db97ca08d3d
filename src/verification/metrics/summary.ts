import type { MetricSeries, MetricsEvidence } from '../../release/evidence.ts'
import { figure } from './figure.ts'
import { isKnown, measure } from './measure.ts'
import type { Metric, Side } from './queries.ts'

/** The words for each metric, in the order in which the summary shows them. */
const SHOWN: readonly (readonly [metric: Metric, words: string])[] = [
  ['healthy-hosts', ' healthy'],
  ['requests', ' requests'],
  ['target-5xx', ' 5xx'],
  ['target-4xx', ' 4xx'],
  ['response-time', '']
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
  if (!isKnown(series, name)) return `${name}: no figures`
  const figures = SHOWN.flatMap(([metric, words]) => {
    const { least } = measure(series, metric, name, from)
    return least === undefined ? [] : [`${figure(metric, least)}${words}`]
  })
  return `${name}: ${figures.join(', ')}`
}

/** Such as `2 alarms OK`, for each state that is no problem. */
function states(alarms: MetricsEvidence['alarms']): string[] {
  return ['OK', 'INSUFFICIENT_DATA'].flatMap((state) => {
    const count = alarms.filter((alarm) => alarm.state === state).length
    return count === 0 ? [] : [`${count} ${count === 1 ? 'alarm' : 'alarms'} ${state}`]
  })
}
