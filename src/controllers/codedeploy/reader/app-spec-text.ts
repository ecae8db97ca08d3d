import {
  GetApplicationRevisionCommand,
  type CodeDeployClient,
  type DeploymentInfo
} from '@aws-sdk/client-codedeploy'
import { say } from '../../../words/say.ts'

/**
 * The text of a deployment's AppSpec. GetDeployment names it by its hash alone: "The content
 * property of the appSpecContent object in the returned revision is always null. Use
 * GetApplicationRevision and the sha256 property" (CodeDeploy API reference, GetDeployment). Needs
 * the right `codedeploy:GetApplicationRevision` on the application.
 * Undefined: CodeDeploy does not have the text, because the AppSpec is in S3.
 * Errors: those of GetApplicationRevision.
 */
export async function appSpecText(
  client: CodeDeployClient,
  { applicationName, revision }: DeploymentInfo,
  abortSignal?: AbortSignal
): Promise<string | undefined> {
  const sha256 = revision?.appSpecContent?.sha256
  if (sha256 === undefined) return undefined
  const command = new GetApplicationRevisionCommand({
    applicationName,
    revision: { revisionType: 'AppSpecContent', appSpecContent: { sha256 } }
  })
  const answer = await client.send(command, abortSignal ? { abortSignal } : {})
  const content = answer.revision?.appSpecContent?.content
  if (content === undefined) throw new Error(say`CodeDeploy has no text of the AppSpec ${sha256}`)
  return content
}
