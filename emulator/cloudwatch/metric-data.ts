import type {
  GetMetricDataInput,
  GetMetricDataOutput,
  MetricDataResult
} from '@aws-sdk/client-cloudwatch'
import { AwsError } from '../errors.ts'
import type { World } from '../world.ts'
import {
  BALANCER_METRICS,
  ELB_METRICS,
  GROUP_METRICS,
  minuteOfGroup,
  OWN_METRICS
} from './elb-metrics.ts'
import type { ElbMetric } from './elb-metrics.ts'
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
 * Figures of load balancers, of target groups, and of one behind the other;
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
  const found = query.namespace === NAMESPACE ? publishedAs(query, metrics) : undefined
  if (!found || (query.unit ?? found.metric.unit) !== found.metric.unit) return []
  const { metric, figures } = found
  const end = Math.min(until, asOf - metrics.lagMs + 1)
  const periods = new Map<number, (readonly [number, number])[]>()
  const first = Math.min(Infinity, ...figures.map(firstMinute))
  for (let begin = Math.max(from, first); begin < end; begin += MINUTE) {
    const samples: Samples = figures.flatMap((each) =>
      metric.samples(minuteOfGroup(each, begin, asOf, metrics.zeros))
    )
    if (samples.length === 0) continue
    const period = from + Math.floor((begin - from) / query.periodMs) * query.periodMs
    periods.set(period, [...(periods.get(period) ?? []), ...samples])
  }
  return [...periods].map(([at, samples]) => [at, query.statistic(samples)])
}

interface Published {
  readonly metric: ElbMetric
  readonly figures: readonly GroupFigures[]
}

/**
 * By the dimensions that the load balancer's guide gives each metric; the zones are one here, so
 * `AvailabilityZone` is none. Any other combination is a metric without a point.
 */
function publishedAs(
  { metric: name, dimensions }: MetricQuery,
  metrics: Metrics
): Published | undefined {
  const loadBalancer = dimensions.get('LoadBalancer')
  const targetGroup = dimensions.get('TargetGroup')
  const named = [loadBalancer, targetGroup].filter((each) => each !== undefined).length
  if (dimensions.size !== named) return undefined
  const of = (
    metric: ElbMetric | undefined,
    ...figures: readonly (GroupFigures | undefined)[]
  ): Published | undefined =>
    metric && { metric, figures: figures.filter((each) => each !== undefined) }
  if (loadBalancer !== undefined && targetGroup !== undefined)
    return of(ELB_METRICS[name], metrics.find(loadBalancer, targetGroup))
  if (loadBalancer !== undefined) {
    const own = of(OWN_METRICS[name], metrics.ownOf(loadBalancer))
    return own ?? of(BALANCER_METRICS[name], ...metrics.groupsOf(loadBalancer))
  }
  return targetGroup === undefined
    ? undefined
    : of(GROUP_METRICS[name], ...metrics.balancersOf(targetGroup))
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
