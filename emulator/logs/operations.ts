import type {
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse
} from '@aws-sdk/client-cloudwatch-logs'
import { notEmulated, operations, using } from '../operation.ts'
import type { World } from '../world.ts'

/** CloudWatch Logs, as far as its groups are looked up. */
export const logsOperations = operations('logs', {
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
