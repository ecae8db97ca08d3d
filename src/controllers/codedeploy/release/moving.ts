import { ListDeploymentsCommand, type DeploymentInfo } from '@aws-sdk/client-codedeploy'
import type { Clients } from '../../../aws/clients.ts'
import type { OptionalReads } from '../../../aws/optional-reads.ts'
import { getDeployment } from '../reader/deployment.ts'
import { ACTIVE_STATUSES } from '../reader/words.ts'
import { withCodeDeploy } from '../clients.ts'

/** More than this are not looked at: nobody has so many at once. */
const MOST = 25

/**
 * The active deployments whose pair of target groups has one of these, by name; undefined if they
 * may not be listed or read. CodeDeploy lists the account's if no group is named.
 */
export async function findMoving(
  context: { readonly clients: Clients; readonly optionalReads: OptionalReads },
  targetGroups: readonly string[]
): Promise<readonly string[] | undefined> {
  const { optionalReads } = context
  const { codedeploy } = withCodeDeploy(context.clients)
  const listed = await optionalReads.read('codedeploy:ListDeployments', (abortSignal) =>
    codedeploy.send(new ListDeploymentsCommand({ includeOnlyStatuses: [...ACTIVE_STATUSES] }), {
      abortSignal
    })
  )
  if (!listed) return undefined
  const ids = listed.deployments?.slice(0, MOST) ?? []
  const read = await Promise.all(
    ids.map((id) =>
      optionalReads.read('codedeploy:GetDeployment', () => getDeployment(codedeploy, id))
    )
  )
  const known = read.filter((info) => info !== undefined)
  if (known.length < read.length) return undefined
  return known.flatMap((info) =>
    info.deploymentId !== undefined && moves(info, targetGroups) ? [info.deploymentId] : []
  )
}

function moves({ loadBalancerInfo }: DeploymentInfo, targetGroups: readonly string[]): boolean {
  const pairs = loadBalancerInfo?.targetGroupPairInfoList ?? []
  return pairs
    .flatMap((pair) => pair.targetGroups ?? [])
    .some(({ name }) => name !== undefined && targetGroups.includes(name))
}
