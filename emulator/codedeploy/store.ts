import type { DeploymentInfo } from '@aws-sdk/client-codedeploy'
import type { World } from '../world.ts'
import { lifecycleEvents } from './engine/events.ts'
import { newDeploymentId } from './ids.ts'
import type { StoredDeployment } from './state.ts'

/** Adds a deployment in status Created. The caller runs it. */
export function storeDeployment(
  world: World,
  { info, plan, previous, blue }: Pick<StoredDeployment, 'info' | 'plan' | 'previous' | 'blue'>
): StoredDeployment {
  const now = world.clock.now()
  const deploymentId = newDeploymentId((id) => world.codedeploy.deployments.has(id))
  const common: DeploymentInfo = {
    deploymentId,
    status: 'Created',
    createTime: new Date(now),
    ignoreApplicationStopFailures: false,
    updateOutdatedInstancesOnly: false,
    instanceTerminationWaitTimeStarted: false,
    fileExistsBehavior: 'DISALLOW',
    deploymentStatusMessages: [],
    computePlatform: 'ECS'
  }
  const deployment: StoredDeployment = {
    info: { ...common, ...info },
    plan,
    previous,
    events: lifecycleEvents(plan.testListener),
    blue,
    green: undefined,
    formerTestGroup: undefined,
    greenWeight: 0,
    targetStatus: 'Pending',
    lastUpdatedAt: now,
    hookExecutions: new Map(),
    halting: new AbortController(),
    wait: undefined
  }
  world.codedeploy.deployments.set(deploymentId, deployment)
  return deployment
}
