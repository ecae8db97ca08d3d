import type { DeploymentConfigInfo, TrafficRoutingConfig } from '@aws-sdk/client-codedeploy'
import { newObjectId } from './ids.ts'

/** Only CodeDeploy's own configurations have names that begin with this. */
export const RESERVED = 'CodeDeployDefault.'

/** The five configurations that every account has for ECS. */
export function builtInConfigs(createTime: Date): DeploymentConfigInfo[] {
  const canary = (minutes: number): TrafficRoutingConfig => ({
    type: 'TimeBasedCanary',
    timeBasedCanary: { canaryPercentage: 10, canaryInterval: minutes }
  })
  const linear = (minutes: number): TrafficRoutingConfig => ({
    type: 'TimeBasedLinear',
    timeBasedLinear: { linearPercentage: 10, linearInterval: minutes }
  })
  const routings: [name: string, routing: TrafficRoutingConfig][] = [
    ['ECSAllAtOnce', { type: 'AllAtOnce' }],
    ['ECSLinear10PercentEvery1Minutes', linear(1)],
    ['ECSLinear10PercentEvery3Minutes', linear(3)],
    ['ECSCanary10Percent5Minutes', canary(5)],
    ['ECSCanary10Percent15Minutes', canary(15)]
  ]
  return routings.map(([name, trafficRoutingConfig]) => ({
    deploymentConfigId: newObjectId(),
    deploymentConfigName: RESERVED + name,
    createTime,
    computePlatform: 'ECS',
    trafficRoutingConfig
  }))
}
