import {
  PutLifecycleEventHookExecutionStatusCommand,
  StopDeploymentCommand,
  type CodeDeployClient,
  type DeploymentInfo,
  type ECSTarget
} from '@aws-sdk/client-codedeploy'
import { GATE_EVENT } from '../appspec/model.ts'
import { errorName } from '../../../aws/errors.ts'
import type { Deployment, Deployments } from '../../../gate/platform.ts'
import type { Clock } from '../../../release/clock.ts'
import { findTarget, getDeployment, serviceOf } from '../reader/deployment.ts'
import { trafficResultOf } from './traffic-result.ts'
import type { ReadSides } from './sides.ts'

export interface DeploymentsOptions {
  readonly client: CodeDeployClient
  readonly region: string
  readonly clock: Clock
  /** What runs on both sides; loaded only by the function that needs it. */
  readonly sides: () => Promise<ReadSides>
}

/** The deployment is over, or never had this hook: nobody listens any more (aws-semantics 1.2). */
const GONE = new Set([
  'InvalidLifecycleEventHookExecutionIdException',
  'DeploymentAlreadyCompletedException',
  'DeploymentDoesNotExistException',
  'InvalidDeploymentStatusException'
])

export function awsDeployments({ client, region, clock, sides }: DeploymentsOptions): Deployments {
  return {
    async describe(deploymentId) {
      const [info, target] = await Promise.all([
        getDeployment(client, deploymentId),
        findTarget(client, deploymentId)
      ])
      return deploymentOf(deploymentId, region, info, target)
    },

    async hookStatus(deploymentId) {
      const target = await findTarget(client, deploymentId)
      return hookOf(target)?.status
    },

    async report(deploymentId, executionId, status) {
      const command = new PutLifecycleEventHookExecutionStatusCommand({
        deploymentId,
        lifecycleEventHookExecutionId: executionId,
        status
      })
      try {
        await client.send(command)
        return 'accepted'
      } catch (error) {
        const name = errorName(error)
        if (name === 'LifecycleEventAlreadyCompletedException') return 'completed'
        if (GONE.has(name)) return 'gone'
        throw error
      }
    },

    async trafficResult(deploymentId) {
      const info = await getDeployment(client, deploymentId)
      const rollbackId = info.rollbackInfo?.rollbackDeploymentId
      const [target, rollback] = await Promise.all([
        info.completeTime ? undefined : findTarget(client, deploymentId),
        rollbackId === undefined ? undefined : getDeployment(client, rollbackId)
      ])
      return trafficResultOf(info, target, rollback, clock.now())
    },

    health: async (deployment) => (await sides()).health(deployment),
    definitions: async (deployment) => (await sides()).definitions(deployment),

    async stop(deploymentId) {
      await client.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled: true }))
    }
  }
}

function deploymentOf(
  deploymentId: string,
  region: string,
  info: DeploymentInfo,
  target: ECSTarget | undefined
): Deployment {
  const service = serviceOf(target)
  if (!service) {
    throw new Error(`deployment ${deploymentId} has no ECS target: its service is not known`)
  }
  return {
    deploymentId,
    application: info.applicationName ?? '',
    deploymentGroup: info.deploymentGroupName ?? '',
    region,
    status: info.status ?? 'unknown',
    isRollback: info.creator === 'codeDeployRollback',
    createdAt: info.createTime?.getTime() ?? 0,
    cluster: service.cluster,
    service: service.name,
    hookStartedAt: hookOf(target)?.startTime?.getTime()
  }
}

function hookOf(
  target: ECSTarget | undefined
): NonNullable<ECSTarget['lifecycleEvents']>[number] | undefined {
  return target?.lifecycleEvents?.find((event) => event.lifecycleEventName === GATE_EVENT)
}
