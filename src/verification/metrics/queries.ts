import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import type { MetricSeries } from '../../release/evidence.ts'
import type { MetricDimension } from './dimensions.ts'

export type Metric = MetricSeries['metric']
export type Side = MetricSeries['side']

export const SIDES: readonly Side[] = ['blue', 'green']

/** How a figure of ours is had from CloudWatch. */
interface Source {
  readonly metric: Metric
  readonly name: string
  readonly stat: 'Minimum' | 'Average' | 'Sum'
  readonly unit: MetricSeries['unit']
}

/**
 * Figures of AWS/ApplicationELB. Answers are those of the targets alone;
 * requests are those for which a target could be chosen; health checks are in
 * none of them (Application Load Balancers guide, "CloudWatch metrics").
 */
const SOURCES: readonly Source[] = [
  { metric: 'healthy-hosts', name: 'HealthyHostCount', stat: 'Minimum', unit: 'count' },
  { metric: 'response-time', name: 'TargetResponseTime', stat: 'Average', unit: 'ms' },
  { metric: 'target-4xx', name: 'HTTPCode_Target_4XX_Count', stat: 'Sum', unit: 'count' },
  { metric: 'target-5xx', name: 'HTTPCode_Target_5XX_Count', stat: 'Sum', unit: 'count' },
  { metric: 'requests', name: 'RequestCount', stat: 'Sum', unit: 'count' }
]

/** A series that is asked for, and the id under which its answer comes. */
export interface Asked extends Omit<MetricSeries, 'points'> {
  readonly id: string
  readonly query: MetricDataQuery
}

/** One query for each figure of each side, a point a minute. */
export function queries(
  dimensions: Readonly<Record<Side, readonly MetricDimension[]>>
): readonly Asked[] {
  return SIDES.flatMap((side) =>
    SOURCES.map(({ metric, name, stat, unit }) => {
      // An id begins with a small letter and has no dash.
      const id = `${side}_${metric.replaceAll('-', '_')}`
      return {
        id,
        metric,
        side,
        unit,
        query: {
          Id: id,
          MetricStat: {
            Metric: {
              Namespace: 'AWS/ApplicationELB',
              MetricName: name,
              Dimensions: [...dimensions[side]]
            },
            Period: 60,
            Stat: stat
          }
        }
      }
    })
  )
}

/** A value in our unit: CloudWatch's response times are seconds. Finer than a microsecond is noise. */
export function inUnit(unit: MetricSeries['unit'], value: number): number {
  return unit === 'ms' ? Math.round(value * 1e6) / 1e3 : value
}
