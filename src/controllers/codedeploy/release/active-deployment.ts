import { ListDeploymentsCommand } from '@aws-sdk/client-codedeploy'
import { ACTIVE_STATUSES } from '../reader/words.ts'
import type { CodeDeployClients } from '../clients.ts'
import type { OptionalReads } from '../../../aws/optional-reads.ts'
import type { FoundGroup } from './discovery.ts'

/** A deployment that is under way in the group; there can be one (aws-semantics 1.6). */
export interface ActiveDeployment {
  readonly id: string
}

/**
 * The group's active deployment. The list shows rollbacks too; where it may not
 * be read, the group's own last attempt is the next best.
 */
export async function findActiveDeployment(
  clients: CodeDeployClients,
  optionalReads: OptionalReads,
  { application, deploymentGroup, info }: FoundGroup
): Promise<ActiveDeployment | undefined> {
  const answer = await optionalReads.read('codedeploy:ListDeployments', (abortSignal) =>
    clients.codedeploy.send(
      new ListDeploymentsCommand({
        applicationName: application,
        deploymentGroupName: deploymentGroup,
        includeOnlyStatuses: [...ACTIVE_STATUSES]
      }),
      { abortSignal }
    )
  )
  if (answer) {
    const id = answer.deployments?.[0]
    return id === undefined ? undefined : { id }
  }
  const last = info.lastAttemptedDeployment
  const active = ACTIVE_STATUSES.some((status) => status === last?.status)
  return active && last?.deploymentId !== undefined ? { id: last.deploymentId } : undefined
}

/** AWS names the active deployment only in this message (aws-semantics 1.6). */
export function activeDeploymentIn(message: string): string | undefined {
  return /already has an active Deployment '(d-[A-Z0-9]+)'/i.exec(message)?.[1]
}
