import type {
  GetMetricDataInput,
  GetMetricDataOutput,
  MetricDataResult
} from '@aws-sdk/client-cloudwatch'
import { AwsError } from '../errors.ts'
import type { World } from '../world.ts'
import { ELB_METRICS, minuteOfGroup } from './elb-metrics.ts'
import { metricQueries } from './metric-queries.ts'
import type { MetricQuery } from './metric-queries.ts'
import { MINUTE, minuteOf } from './metrics.ts'
import type { GroupFigures, Metrics } from './metrics.ts'
import type { Samples } from './statistics.ts'

/** What one call gives at most unless it asks for less. */
const MOST_POINTS = 100_800
const NAMESPACE = 'AWS/ApplicationELB'

type Point = readonly [at: number, value: number]

/**
 * Figures of load balancers with the dimensions LoadBalancer and TargetGroup;
 * any other metric is, as in AWS, one without a point. Points begin at the
 * start, which is rounded down to the minute, and are given newest first
 * unless asked otherwise (API reference of GetMetricData).
 */
export function getMetricData(input: GetMetricDataInput, world: World): GetMetricDataOutput {
  const queries = metricQueries(input)
  const { StartTime, EndTime, ScanBy, NextToken, MaxDatapoints } = input
  const from = minuteOf(StartTime?.getTime() ?? 0)
  const until = EndTime?.getTime() ?? 0
  const { offset, asOf } = readToken(NextToken) ?? { offset: 0, asOf: world.clock.now() }
  const series = queries
    .filter(({ returned }) => returned)
    .map((query): Series => {
      const points = pointsOf(query, world.metrics, { from, until, asOf })
      return { query, points: ScanBy === 'TimestampAscending' ? points : points.toReversed() }
    })
  return page(series, offset, asOf, Math.min(MaxDatapoints ?? MOST_POINTS, MOST_POINTS))
}

interface Series {
  readonly query: MetricQuery
  readonly points: readonly Point[]
}

interface Range {
  readonly from: number
  readonly until: number
  /** Nothing later has happened yet. */
  readonly asOf: number
}

function pointsOf(query: MetricQuery, metrics: Metrics, { from, until, asOf }: Range): Point[] {
  const metric = query.namespace === NAMESPACE ? ELB_METRICS[query.metric] : undefined
  const figures = figuresOf(query, metrics)
  if (!metric || !figures || (query.unit ?? metric.unit) !== metric.unit) return []
  const end = Math.min(until, asOf - metrics.lagMs + 1)
  const periods = new Map<number, (readonly [number, number])[]>()
  for (let begin = Math.max(from, firstMinute(figures)); begin < end; begin += MINUTE) {
    const samples: Samples = metric.samples(minuteOfGroup(figures, begin, asOf, metrics.zeros))
    if (samples.length === 0) continue
    const period = from + Math.floor((begin - from) / query.periodMs) * query.periodMs
    periods.set(period, [...(periods.get(period) ?? []), ...samples])
  }
  return [...periods].map(([at, samples]) => [at, query.statistic(samples)])
}

function figuresOf({ dimensions }: MetricQuery, metrics: Metrics): GroupFigures | undefined {
  const loadBalancer = dimensions.get('LoadBalancer')
  const targetGroup = dimensions.get('TargetGroup')
  if (dimensions.size !== 2 || loadBalancer === undefined || targetGroup === undefined)
    return undefined
  return metrics.find(loadBalancer, targetGroup)
}

function firstMinute({ minutes, hosts }: GroupFigures): number {
  const [firstRequest = Infinity] = minutes.keys()
  return Math.min(firstRequest, minuteOf(hosts[0]?.at ?? Infinity))
}

/** The points of all series, one after the other, from `offset` on. */
function page(
  series: readonly Series[],
  offset: number,
  asOf: number,
  most: number
): GetMetricDataOutput {
  let toSkip = offset
  let room = most
  const results = series.map(({ query, points }): MetricDataResult => {
    const from = Math.min(toSkip, points.length)
    toSkip -= from
    const given = points.slice(from, from + room)
    room -= given.length
    return {
      Id: query.id,
      Label: query.label,
      Timestamps: given.map(([at]) => new Date(at)),
      Values: given.map(([, value]) => value),
      StatusCode: from + given.length < points.length ? 'PartialData' : 'Complete'
    }
  })
  const partial = results.some(({ StatusCode }) => StatusCode === 'PartialData')
  return {
    MetricDataResults: results,
    Messages: [],
    ...(partial && { NextToken: writeToken(offset + most, asOf) })
  }
}

function writeToken(offset: number, asOf: number): string {
  return Buffer.from(`${offset} ${asOf}`).toString('base64url')
}

function readToken(token: string | undefined): { offset: number; asOf: number } | undefined {
  if (token === undefined) return undefined
  const text = Buffer.from(token, 'base64url').toString()
  const [, offset, asOf] = /^(\d+) (\d+(?:\.\d+)?)$/.exec(text) ?? []
  if (offset === undefined || asOf === undefined)
    throw new AwsError('InvalidNextToken', 'The next token specified is invalid.')
  return { offset: Number(offset), asOf: Number(asOf) }
}
