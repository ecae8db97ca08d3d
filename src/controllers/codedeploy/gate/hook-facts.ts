import type { CodeDeployClient } from '@aws-sdk/client-codedeploy'
import { appSpecText } from '../reader/app-spec-text.ts'
import type { HookFacts } from '../../../gate/verify/platform.ts'
import { findTarget, getDeployment } from '../reader/deployment.ts'

/** What CodeDeploy says of a deployment's hooks now. Errors: CodeDeploy's. */
export async function readHookFacts(
  client: CodeDeployClient,
  deploymentId: string
): Promise<HookFacts> {
  const [appSpec, target] = await Promise.all([
    getDeployment(client, deploymentId).then((info) => appSpecText(client, info)),
    findTarget(client, deploymentId)
  ])
  const events = (target?.lifecycleEvents ?? []).flatMap(({ lifecycleEventName, status }) =>
    lifecycleEventName === undefined ? [] : [[lifecycleEventName, status ?? 'Unknown'] as const]
  )
  return { appSpec, events: Object.fromEntries(events) }
}
