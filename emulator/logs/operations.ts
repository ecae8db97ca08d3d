import type {
  GetLogEventsRequest,
  GetLogEventsResponse,
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse
} from '@aws-sdk/client-cloudwatch-logs'
import { AwsError } from '../errors.ts'
import { notEmulated, operations, using } from '../operation.ts'
import type { World } from '../world.ts'

/** CloudWatch Logs, as far as its groups are looked up and the newest events of a stream are read. */
export const logsOperations = operations('logs', {
  GetLogEvents: using(
    { logGroupName: true, logStreamName: true, limit: true, startFromHead: true },
    getLogEvents
  ),
  DescribeLogGroups: using({ logGroupNamePrefix: true }, describeLogGroups)
})

/** The size of a page unless given (CloudWatch Logs API reference, DescribeLogGroups). */
const PAGE = 50

function describeLogGroups(
  { logGroupNamePrefix = '' }: DescribeLogGroupsRequest,
  { logGroups }: World
): DescribeLogGroupsResponse {
  const found = logGroups.startingWith(logGroupNamePrefix)
  if (found.length > PAGE) throw notEmulated('logs:DescribeLogGroups', 'a second page')
  return {
    logGroups: found.map(({ name, arn, createdAt }) => ({
      logGroupName: name,
      arn: `${arn}:*`,
      logGroupArn: arn,
      creationTime: createdAt
    }))
  }
}

/** The most events of one answer (CloudWatch Logs API reference, GetLogEvents). */
const MOST_EVENTS = 10_000

/** The newest events unless `startFromHead`, in the order of time; the tokens lead nowhere, since no token is taken. */
function getLogEvents(
  {
    logGroupName = '',
    logStreamName = '',
    limit = MOST_EVENTS,
    startFromHead = false
  }: GetLogEventsRequest,
  { logGroups, clock }: World
): GetLogEventsResponse {
  const found = logGroups.read(logGroupName, logStreamName)
  if (found === 'no group' || found === 'no stream') {
    const what = found === 'no group' ? 'group' : 'stream'
    throw new AwsError('ResourceNotFoundException', `The specified log ${what} does not exist.`)
  }
  const shown = startFromHead ? found.slice(0, limit) : found.slice(-limit)
  return {
    events: shown.map((event) => ({ ...event, ingestionTime: clock.now() })),
    nextForwardToken: `f/${found.length}/s`,
    nextBackwardToken: `b/${found.length}/s`
  }
}
