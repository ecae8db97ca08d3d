import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import type { MetricSeries } from '../../release/evidence.ts'
import type { MetricDimension } from './dimensions.ts'

export type Metric = MetricSeries['metric']
export type Side = MetricSeries['side']

export const SIDES: readonly Side[] = ['blue', 'green']

/** Where CloudWatch has a figure. */
interface Source {
  readonly metric: Metric
  readonly name: string
  readonly stat: 'Minimum' | 'Average' | 'Sum'
  readonly unit: MetricSeries['unit']
}

/**
 * Metrics of AWS/ApplicationELB. The answers counted are those of the targets alone, and the
 * requests those for which a target could be chosen. Health checks are in none of them
 * (Application Load Balancers guide, "CloudWatch metrics").
 */
const SOURCES: readonly Source[] = [
  { metric: 'healthy-hosts', name: 'HealthyHostCount', stat: 'Minimum', unit: 'count' },
  { metric: 'response-time', name: 'TargetResponseTime', stat: 'Average', unit: 'ms' },
  { metric: 'target-4xx', name: 'HTTPCode_Target_4XX_Count', stat: 'Sum', unit: 'count' },
  { metric: 'target-5xx', name: 'HTTPCode_Target_5XX_Count', stat: 'Sum', unit: 'count' },
  { metric: 'requests', name: 'RequestCount', stat: 'Sum', unit: 'count' }
]

/** A series to ask for, and the id of its answer. */
export interface Asked extends Omit<MetricSeries, 'points'> {
  readonly id: string
  readonly query: MetricDataQuery
}

/** One query for each metric of each side, with one point a minute. */
export function queries(
  dimensions: Readonly<Record<Side, readonly MetricDimension[]>>
): readonly Asked[] {
  return SIDES.flatMap((side) =>
    SOURCES.map(({ metric, name, stat, unit }) => {
      // An id has to begin with a small letter, and cannot contain a dash.
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

/**
 * Converts a value into the series' unit. CloudWatch gives response times in seconds; they
 * are rounded to a microsecond.
 */
export function inUnit(unit: MetricSeries['unit'], value: number): number {
  return unit === 'ms' ? Math.round(value * 1e6) / 1e3 : value
}
