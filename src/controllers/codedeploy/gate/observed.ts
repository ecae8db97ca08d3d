import { StopDeploymentCommand, type CodeDeployClient } from '@aws-sdk/client-codedeploy'
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import { readingOf } from '../reader/words.ts'
import { errorName } from '../../../aws/errors.ts'
import { originOfListener, type BalancerReader } from '../reader/listener-origin.ts'
import { findTarget, getDeployment, serviceOf } from '../reader/deployment.ts'
import type { ObservePlatform } from '../../../gate/observe/platform.ts'

export interface AwsOptions {
  readonly codedeploy: CodeDeployClient
  /** For StopDeployment: one that sends once, and waits for the answer. */
  readonly stopper: CodeDeployClient
  readonly lambda: LambdaClient
  readonly balancers: BalancerReader
  /** The name of this function. */
  readonly functionName: string
}

/** The observer's world, as far as it is AWS. */
export function observedAws({
  codedeploy,
  stopper,
  lambda,
  balancers,
  functionName
}: AwsOptions): Pick<ObservePlatform, 'look' | 'origin' | 'stop' | 'handOn'> {
  return {
    async look(deploymentId) {
      const [info, target] = await Promise.all([
        getDeployment(codedeploy, deploymentId),
        findTarget(codedeploy, deploymentId)
      ])
      return {
        deploymentId,
        ...readingOf(info, target?.lifecycleEvents),
        isEcs: info.computePlatform === 'ECS',
        service: serviceOf(target)
      }
    },

    async origin(deploymentId) {
      const { loadBalancerInfo } = await getDeployment(codedeploy, deploymentId)
      return originOfListener(balancers, { loadBalancerInfo }, 'production')
    },

    async stop(deploymentId) {
      try {
        await stopper.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled: true }))
        return true
      } catch (error) {
        if (errorName(error) === 'DeploymentAlreadyCompletedException') return false
        throw error
      }
    },

    async handOn(next) {
      await lambda.send(
        new InvokeCommand({
          FunctionName: functionName,
          InvocationType: 'Event',
          Payload: Buffer.from(JSON.stringify(next))
        })
      )
    }
  }
}
