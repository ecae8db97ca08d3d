import { StopDeploymentCommand, type CodeDeployClient } from '@aws-sdk/client-codedeploy'
import { errorName } from '../../../aws/errors.ts'

/** Returns false if the deployment had already ended. Errors: CodeDeploy's. */
export async function stopWithRollback(
  client: CodeDeployClient,
  deploymentId: string
): Promise<boolean> {
  try {
    await client.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled: true }))
    return true
  } catch (error) {
    if (errorName(error) === 'DeploymentAlreadyCompletedException') return false
    throw error
  }
}
