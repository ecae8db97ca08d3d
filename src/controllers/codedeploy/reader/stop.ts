import { StopDeploymentCommand } from '@aws-sdk/client-codedeploy'
import type { CodeDeployClients } from '../clients.ts'
import { errorName } from '../../../aws/errors.ts'
import { explain } from '../../../aws/next-step.ts'
import { CannotStop } from '../../../release/controller.ts'
import { say } from '../../../words/say.ts'

/**
 * StopDeployment. The flag is always sent: what AWS does without it, when only
 * DEPLOYMENT_STOP_ON_REQUEST is configured, is not known (aws-semantics 1.6).
 */
export async function stopDeployment(
  clients: CodeDeployClients,
  deploymentId: string,
  rollback: boolean
): Promise<void> {
  try {
    await clients.codedeploy.send(
      new StopDeploymentCommand({ deploymentId, autoRollbackEnabled: rollback })
    )
  } catch (error) {
    const ended = errorName(error) === 'DeploymentAlreadyCompletedException'
    const message = ended
      ? say`the deployment had already ended`
      : say`the deployment could not be stopped and goes on: ${explain(error)}`
    throw new CannotStop(message, ended, { cause: error })
  }
}
