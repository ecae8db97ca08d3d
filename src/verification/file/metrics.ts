import { closest } from '../../documents/closest.ts'
import type { Members } from '../../documents/members.ts'
import type { MetricLimit } from '../metrics/limits.ts'
import { durationOf } from './conditions.ts'
import type { Metrics } from './model.ts'
import { say } from '../../words/say.ts'

const SIDES = ['green', 'blue'] as const
const METRICS = ['healthy-hosts', 'response-time', 'target-4xx', 'target-5xx', 'requests'] as const
const COMPARISONS = ['<', '<=', '>', '>='] as const
/** CloudWatch's figures are per minute, so a shorter time would contain no whole one. */
const SHORTEST_MS = 60_000
/**
 * It has to fit into the gate's hour, together with what comes before it and with a person's
 * decision.
 */
const LONGEST_MS = 30 * 60_000
/** The most alarms of a deployment group (CodeDeploy's guide, "Limits"). */
const MOST_ALARMS = 50
const MOST_LIMITS = 50

/** Reads the `metrics` section; undefined if there is none. */
export function readMetricsSection(root: Members): Metrics | undefined {
  const section = root.mapping('metrics')
  if (!section) return undefined
  section.require('required')
  const required = section.flag('required') ?? true
  const forMs = durationOf(section, 'for') ?? SHORTEST_MS
  if (forMs < SHORTEST_MS || forMs > LONGEST_MS) section.refuse('for', say`wanted 1 min to 30 min`)
  const alarms = section.texts('alarms') ?? []
  if (alarms.length > MOST_ALARMS) {
    section.refuse('alarms', say`found ${alarms.length}, wanted at most ${MOST_ALARMS}`)
  }
  const texts = section.texts('limits') ?? []
  if (texts.length > MOST_LIMITS) {
    section.refuse('limits', say`found ${texts.length}, wanted at most ${MOST_LIMITS}`)
  }
  const limits = texts.flatMap((text, index) => {
    const limit = readLimit(text)
    if (typeof limit !== 'string') return [limit]
    section.refuse(`limits[${index}]`, say`found ${JSON.stringify(text.slice(0, 100))}, ${limit}`)
    return []
  })
  section.refuseOthers()
  return { required, forMs, alarms, limits }
}

/** Returns the limit, or a text that says what is wrong with it. */
function readLimit(text: string): MetricLimit | string {
  const [, sideName = '', metricName = '', sign = '', figure = '', unit = ''] =
    /^\s*(\S+)\s+([^\s<>=]+)\s*([<>=!]+)\s*(\d{1,9}(?:\.\d{1,9})?)\s*(\S*)\s*$/.exec(text) ?? []
  if (figure === '') {
    return say`wanted a side, a metric, a comparison and a figure, such as green target-5xx < 1 or green response-time < 300 ms`
  }
  const side = SIDES.find((each) => each === sideName)
  if (!side) return say`where the side ${sideName} is not known, accepted: ${SIDES.join(', ')}`
  const metric = METRICS.find((each) => each === metricName)
  if (!metric) {
    const near = closest(metricName, METRICS)
    const unknown = say`where the metric ${metricName} is not known, accepted: ${METRICS.join(', ')}`
    return near === undefined ? unknown : say`${unknown}; did you mean ${near}?`
  }
  const comparison = COMPARISONS.find((each) => each === sign)
  if (!comparison) {
    return say`where the comparison ${sign} is not known, accepted: ${COMPARISONS.join(', ')}`
  }
  const isTime = metric === 'response-time'
  if (isTime && unit !== 'ms' && unit !== 's')
    return say`where a duration is wanted in ms or s: 300 ms`
  if (!isTime && unit !== '') return say`where ${metric} has no unit`
  const value = unit === 's' ? Number((Number(figure) * 1000).toPrecision(15)) : Number(figure)
  return { metric, side, comparison, value }
}
