import {
  CodeDeployClient,
  GetDeploymentConfigCommand,
  type CodeDeployClientConfig,
  type TrafficRoutingConfig
} from '@aws-sdk/client-codedeploy'
import type { ShiftFacts } from '../../../ledger/gate-facts.ts'
import type { Clock } from '../../../release/clock.ts'
import type { GatePlane, RequestPlane } from '../../gate-plane.ts'
import { getDeployment } from '../reader/deployment.ts'
import { gatePlane } from './gate-plane.ts'

/** CodeDeploy as the request function sees it, with a client of its own. */
export function connectWithShift(
  config: CodeDeployClientConfig & { readonly region: string },
  clock: Clock,
  running: GatePlane['running']
): GatePlane & Pick<RequestPlane, 'shift'> {
  const client = new CodeDeployClient(config)
  return { ...gatePlane({ client, region: config.region, clock, running }), ...awsShift(client) }
}

/**
 * Reads from the deployment's own configuration how it will move traffic. The job knows it as well,
 * but a job can be changed by whoever asks for the release.
 */
export function awsShift(client: CodeDeployClient): Pick<RequestPlane, 'shift'> {
  return {
    async shift({ deploymentId }) {
      try {
        const { deploymentConfigName } = await getDeployment(client, deploymentId)
        if (deploymentConfigName === undefined) return undefined
        const { deploymentConfigInfo } = await client.send(
          new GetDeploymentConfigCommand({ deploymentConfigName })
        )
        return shiftOf(deploymentConfigInfo?.trafficRoutingConfig)
      } catch {
        return undefined
      }
    }
  }
}

/** Undefined for a kind that the SDK does not list, or a kind without its figures. */
export function shiftOf(routing: TrafficRoutingConfig | undefined): ShiftFacts | undefined {
  const { type, timeBasedCanary: canary, timeBasedLinear: linear } = routing ?? {}
  if (type === 'AllAtOnce') return { kind: 'all-at-once' }
  if (type === 'TimeBasedCanary') {
    const { canaryPercentage: percentage, canaryInterval: minutes } = canary ?? {}
    if (percentage === undefined || minutes === undefined) return undefined
    return { kind: 'canary', percentage, minutes }
  }
  if (type === 'TimeBasedLinear') {
    const { linearPercentage: percentage, linearInterval: minutes } = linear ?? {}
    if (percentage === undefined || minutes === undefined) return undefined
    return { kind: 'linear', percentage, minutes }
  }
  return undefined
}
