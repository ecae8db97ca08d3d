import type { GetMetricDataInput, MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import { AwsError } from '../errors.ts'
import { statisticOf } from './statistics.ts'
import type { Statistic } from './statistics.ts'

/** One series that was asked for. */
export interface MetricQuery {
  readonly id: string
  readonly label: string
  readonly namespace: string
  readonly metric: string
  readonly unit: string | undefined
  readonly dimensions: ReadonlyMap<string, string>
  readonly periodMs: number
  readonly statistic: Statistic
  readonly returned: boolean
}

const MOST_QUERIES = 500
const ID = /^[a-z][a-zA-Z0-9_]*$/

/**
 * The queries of a request, or one refusal that names everything wrong with
 * it, a line each. Seen from AWS and published: the sentences about ids,
 * statistics, the number of queries and equal times. From other emulators:
 * those about the order of times and a missing MetricStat. Those about periods
 * and MaxDatapoints are ours; that periods are multiples of 60 is the API
 * reference's.
 * @throws AwsError ValidationError
 */
export function metricQueries(input: GetMetricDataInput): readonly MetricQuery[] {
  const { MetricDataQueries: queries = [] } = input
  const parsed = queries.map(metricQuery)
  const problems = [
    ...timeProblems(input),
    ...((input.MaxDatapoints ?? 1) < 1
      ? ['The parameter MaxDatapoints must be greater than or equal to 1.']
      : []),
    ...(queries.length > MOST_QUERIES
      ? [`The collection MetricDataQueries must not have a size greater than ${MOST_QUERIES}.`]
      : []),
    ...(new Set(queries.map(({ Id }) => Id)).size < queries.length
      ? ['The values for parameter id in MetricDataQueries are not unique.']
      : []),
    ...parsed.flatMap((each) => ('problems' in each ? each.problems : []))
  ]
  if (problems.length > 0) {
    throw new AwsError('ValidationError', problems.map((problem) => `${problem}\n`).join(''))
  }
  return parsed.filter((each) => 'id' in each)
}

function timeProblems({ StartTime, EndTime }: GetMetricDataInput): string[] {
  const start = StartTime?.getTime() ?? 0
  const end = EndTime?.getTime() ?? 0
  if (start === end) return ['The parameter StartTime must not equal parameter EndTime.']
  return start > end ? ['The parameter EndTime must be greater than StartTime.'] : []
}

function metricQuery(
  query: MetricDataQuery,
  index: number
): MetricQuery | { readonly problems: readonly string[] } {
  const { Id: id = '', MetricStat: stat, Label: label, ReturnData: returned = true } = query
  const place = `MetricDataQueries.member.${index + 1}`
  const badId = ID.test(id)
    ? []
    : [
        `The value ${id} for parameter ${place}.Id is not matching the expected pattern ${ID.source}.`
      ]
  if (!stat) return { problems: [...badId, `The parameter ${place}.MetricStat is required.`] }
  const { Metric: metric, Period: period = 0, Stat: name = '' } = stat
  const statistic = statisticOf(name)
  const goodPeriod = period > 0 && period % 60 === 0
  if (badId.length > 0 || !statistic || !goodPeriod) {
    const badStat = `The value ${name} for parameter ${place}.MetricStat.Stat is not a valid statistic.`
    const badPeriod = `The parameter ${place}.MetricStat.Period must be a multiple of 60.`
    return {
      problems: [...badId, ...(statistic ? [] : [badStat]), ...(goodPeriod ? [] : [badPeriod])]
    }
  }
  return {
    id,
    label: label ?? metric?.MetricName ?? '',
    namespace: metric?.Namespace ?? '',
    metric: metric?.MetricName ?? '',
    unit: stat.Unit,
    dimensions: new Map(
      metric?.Dimensions?.map(({ Name = '', Value = '' }) => [Name, Value] as const)
    ),
    periodMs: period * 1000,
    statistic,
    returned
  }
}
