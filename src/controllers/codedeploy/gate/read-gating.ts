import {
  ListDeploymentsCommand,
  type CodeDeployClient,
  type ListDeploymentsCommandInput
} from '@aws-sdk/client-codedeploy'
import type { Gateable, WatchdogPlane } from '../../gate-plane.ts'
import { gatingOf } from '../appspec/gating.ts'
import { ACTIVE_STATUSES, FAILED } from '../reader/words.ts'
import { appSpecText } from '../reader/app-spec-text.ts'
import { getDeployment } from '../reader/deployment.ts'
import { deploymentIn } from './events.ts'
import { stopWithRollback } from './stop-with-rollback.ts'
import { rollbackOf } from './traffic-result.ts'

/** CodeDeploy as the watchdog sees it. `gateFunction`: ARN of the gate's function. */
export function watchdogPlane(client: CodeDeployClient, gateFunction: string): WatchdogPlane {
  return {
    deploymentIn,
    active: () => listDeployments(client, { includeOnlyStatuses: [...ACTIVE_STATUSES] }),
    failed: (createdSince) =>
      listDeployments(client, {
        includeOnlyStatuses: [FAILED],
        createTimeRange: { start: new Date(createdSince) }
      }),
    gating: (deploymentId) => readGating(client, gateFunction, deploymentId),
    stop: (deploymentId) => stopWithRollback(client, deploymentId),
    async rollbackOf(deploymentId) {
      const { rollbackInfo } = await getDeployment(client, deploymentId)
      const id = rollbackInfo?.rollbackDeploymentId
      return rollbackOf(id === undefined ? undefined : await getDeployment(client, id))
    }
  }
}

/** One call a page, whatever the number of groups: CodeDeploy lists the account's if none is named. */
async function listDeployments(
  client: CodeDeployClient,
  which: ListDeploymentsCommandInput
): Promise<string[]> {
  const found: string[] = []
  let nextToken: string | undefined
  do {
    const page = await client.send(
      new ListDeploymentsCommand({ ...which, ...(nextToken && { nextToken }) })
    )
    found.push(...(page.deployments ?? []))
    nextToken = page.nextToken
  } while (nextToken)
  return found
}

/**
 * Whether the deployment's AppSpec names the gate's function. CodeDeploy does not show an AppSpec
 * in S3, which is taken to name none. A text that cannot be read is an error, which Lambda tries
 * again and the alarm tells of. It does not make the deployment one without the gate, because the
 * watchdog would then stop every release if its right to read is missing.
 * Errors: CodeDeploy's.
 */
export async function readGating(
  client: CodeDeployClient,
  gateFunction: string,
  deploymentId: string
): Promise<Gateable | undefined> {
  const info = await getDeployment(client, deploymentId)
  if (info.creator === 'codeDeployRollback' || info.computePlatform !== 'ECS') return undefined
  const { applicationName = '', deploymentGroupName = '' } = info
  return {
    watchedAs: `${applicationName}/${deploymentGroupName}`,
    gating: await gatingOf(await appSpecText(client, info), gateFunction)
  }
}
