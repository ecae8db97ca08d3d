import type { DeploymentInfo } from '@aws-sdk/client-codedeploy'
import type { World } from '../world.ts'
import type { StoredDeployment } from './state.ts'

const ENDED = ['Succeeded', 'Failed', 'Stopped']

/** Hook waits, Ready and the termination wait are all active. */
export function isActive({ status }: DeploymentInfo): boolean {
  return !ENDED.includes(status ?? '')
}

/** A group's deployments, oldest first. */
export function deploymentsOf(
  world: World,
  application: string | undefined,
  group: string | undefined
): StoredDeployment[] {
  return [...world.codedeploy.deployments.values()].filter(
    ({ info }) => info.applicationName === application && info.deploymentGroupName === group
  )
}
