import type {
  BatchGetDeploymentsInput,
  BatchGetDeploymentsOutput,
  DeploymentInfo,
  GetDeploymentInput,
  GetDeploymentOutput,
  ListDeploymentsInput,
  ListDeploymentsOutput,
  TimeRange
} from '@aws-sdk/client-codedeploy'
import { AwsError } from '../errors.ts'
import type { World } from '../world.ts'
import { isDeploymentId } from './ids.ts'
import { page } from './paging.ts'
import { requireApplication, requireDeployment, requireGroup } from './refusals.ts'

/** The guide says 25 and an error text 100: the smaller one is safe to build on. */
const BATCH = 25

export function getDeployment(input: GetDeploymentInput, world: World): GetDeploymentOutput {
  return { deploymentInfo: { ...requireDeployment(world, input.deploymentId).info } }
}

/** Ids that are not known are left out of the answer. */
export function batchGetDeployments(
  { deploymentIds: ids = [] }: BatchGetDeploymentsInput,
  world: World
): BatchGetDeploymentsOutput {
  if (ids.length === 0)
    throw new AwsError('DeploymentIdRequiredException', 'At least one deployment ID is required')
  if (ids.length > BATCH) {
    const message = `The maximum number of names or IDs allowed for this request (${BATCH}) was exceeded.`
    throw new AwsError('BatchLimitExceededException', message)
  }
  const malformed = ids.find((id) => !isDeploymentId(id))
  if (malformed !== undefined)
    throw new AwsError('InvalidDeploymentIdException', `Invalid Deployment ID: ${malformed}`)
  const found = ids.flatMap((id) => world.codedeploy.deployments.get(id) ?? [])
  return { deploymentsInfo: found.map(({ info }) => ({ ...info })) }
}

/** Newest first. Application and group go together. */
export function listDeployments(input: ListDeploymentsInput, world: World): ListDeploymentsOutput {
  const { applicationName, deploymentGroupName, includeOnlyStatuses, createTimeRange } = input
  if (applicationName !== undefined || deploymentGroupName !== undefined)
    requireGroup(requireApplication(world, applicationName), deploymentGroupName)
  if (input.externalId !== undefined)
    throw new AwsError('InvalidExternalIdException', `Invalid external ID: ${input.externalId}`)
  checkRange(createTimeRange)
  const ids = [...world.codedeploy.deployments.values()]
    .map(({ info }) => info)
    .filter(
      (info) =>
        (applicationName === undefined ||
          (info.applicationName === applicationName &&
            info.deploymentGroupName === deploymentGroupName)) &&
        hasStatus(info, includeOnlyStatuses) &&
        inRange(info, createTimeRange)
    )
    .flatMap(({ deploymentId }) => deploymentId ?? [])
    .reverse()
  const { items, nextToken } = page(ids, input.nextToken)
  return { deployments: items, nextToken }
}

function hasStatus({ status }: DeploymentInfo, wanted: readonly string[] | undefined): boolean {
  return !wanted?.length || (status !== undefined && wanted.includes(status))
}

function checkRange({ start, end }: TimeRange = {}): void {
  if (start && end && start > end)
    throw new AwsError('InvalidTimeRangeException', 'The start of the time range is after its end')
}

function inRange({ createTime }: DeploymentInfo, { start, end }: TimeRange = {}): boolean {
  return createTime !== undefined && (!start || createTime >= start) && (!end || createTime <= end)
}
