import type { CodeDeployClient } from '@aws-sdk/client-codedeploy'
import type { ObservePlane } from '../../gate-plane.ts'
import { findTarget, getDeployment, serviceOf } from '../reader/deployment.ts'
import { originOfListener, type BalancerReader } from '../reader/listener-origin.ts'
import { readingOf } from '../reader/words.ts'
import { deploymentIn } from './events.ts'
import { stopWithRollback } from './stop-with-rollback.ts'

export interface ObservePlaneOptions {
  readonly client: CodeDeployClient
  /** For StopDeployment: one that sends once, and waits for the answer. */
  readonly stopper: CodeDeployClient
  readonly balancers: BalancerReader
}

/** CodeDeploy as the function sees it that observes production. */
export function observePlane({ client, stopper, balancers }: ObservePlaneOptions): ObservePlane {
  return {
    deploymentIn,

    async read(deploymentId) {
      const [info, target] = await Promise.all([
        getDeployment(client, deploymentId),
        findTarget(client, deploymentId)
      ])
      return {
        deploymentId,
        ...readingOf(info, target?.lifecycleEvents),
        isEcs: info.computePlatform === 'ECS',
        service: serviceOf(target)
      }
    },

    async origin(deploymentId) {
      const { loadBalancerInfo } = await getDeployment(client, deploymentId)
      return originOfListener(balancers, { loadBalancerInfo }, 'production')
    },

    stop: (deploymentId) => stopWithRollback(stopper, deploymentId)
  }
}
