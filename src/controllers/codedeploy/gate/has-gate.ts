import type { CodeDeployClient } from '@aws-sdk/client-codedeploy'
import { gatingOf } from '../appspec/gating.ts'
import { appSpecText } from '../reader/app-spec-text.ts'
import type { Revision } from '../../../gate/watchdog/handler.ts'
import { getDeployment } from '../reader/deployment.ts'

/**
 * What the watchdog judges a deployment by. A text that cannot be read is an error, which Lambda
 * tries again and the alarm tells of: it does not make the deployment one without the gate, which
 * would stop every release where the right to read is missing.
 * Errors: CodeDeploy's.
 */
export async function watchedRevision(
  client: CodeDeployClient,
  deploymentId: string
): Promise<Revision> {
  const info = await getDeployment(client, deploymentId)
  const isRollback = info.creator === 'codeDeployRollback'
  const isWatched = info.computePlatform === 'ECS' && !isRollback
  return {
    application: info.applicationName ?? '',
    deploymentGroup: info.deploymentGroupName ?? '',
    isRollback,
    computePlatform: info.computePlatform,
    appSpec: isWatched ? await appSpecText(client, info) : undefined
  }
}

/**
 * Whether the deployment's AppSpec names the gate's function. An AppSpec in S3 is taken to name
 * none. Errors: CodeDeploy's.
 */
export async function isGated(
  client: CodeDeployClient,
  gateFunction: string,
  deploymentId: string
): Promise<boolean> {
  const text = await appSpecText(client, await getDeployment(client, deploymentId))
  return (await gatingOf(text, gateFunction)).gated
}
