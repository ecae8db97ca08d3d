import type { DeploymentGroupInfo, TrafficRoutingConfig } from '@aws-sdk/client-codedeploy'
import type { AppSpec } from '../appspec/model.ts'
import { stageOfEvent } from '../reader/words.ts'
import type { Waits } from '../../../release/wait-limit.ts'

/** Minutes from the first share of traffic on green to all of it. */
export function shiftMinutes(routing: TrafficRoutingConfig | undefined): number {
  if (routing?.type === 'TimeBasedCanary') return routing.timeBasedCanary?.canaryInterval ?? 0
  if (routing?.type === 'TimeBasedLinear') {
    const percentage = routing.timeBasedLinear?.linearPercentage ?? 100
    // The first share moves at once (aws-semantics 1.7).
    const intervals = Math.ceil(100 / percentage) - 1
    return intervals * (routing.timeBasedLinear?.linearInterval ?? 0)
  }
  return 0
}

/** The longest shift among AWS's own configs is 27 minutes; assumed where a config may not be read. */
const UNKNOWN_SHIFT_MINUTES = 30

/** How long CodeDeploy waits for the answer of a hook's function; it cannot be set (aws-semantics 1.2). */
export const HOOK_MINUTES = 60

/**
 * How long CodeDeploy waits for the replacement task set to become healthy; it cannot be set
 * (CodeDeploy User Guide, "Troubleshoot Amazon ECS deployment issues": "This time out period is
 * 60 minutes").
 */
export const GREEN_MINUTES = 60

/** What a deployment of this AppSpec in this group may have to wait for. */
export function waitsOf(
  appSpec: AppSpec,
  group: DeploymentGroupInfo,
  routing: TrafficRoutingConfig | undefined
): Waits {
  const blueGreen = group.blueGreenDeploymentConfiguration
  const ready = blueGreen?.deploymentReadyOption
  const termination = blueGreen?.terminateBlueInstancesOnDeploymentSuccess
  return {
    hooks: appSpec.hooks.flatMap(({ event }) => {
      // With or without a test listener, AfterInstall comes before test traffic.
      const stage = stageOfEvent(event, true)
      return stage === undefined ? [] : [{ stage, minutes: HOOK_MINUTES }]
    }),
    readyWaitMinutes:
      ready?.actionOnTimeout === 'STOP_DEPLOYMENT' ? (ready.waitTimeInMinutes ?? 0) : 0,
    shiftMinutes: routing === undefined ? UNKNOWN_SHIFT_MINUTES : shiftMinutes(routing),
    terminationWaitMinutes:
      termination?.action === 'TERMINATE' ? (termination.terminationWaitTimeInMinutes ?? 0) : 0
  }
}

/** Whether the group waits for ContinueDeployment before production traffic moves. */
export function waitsForContinue(group: DeploymentGroupInfo): boolean {
  return (
    group.blueGreenDeploymentConfiguration?.deploymentReadyOption?.actionOnTimeout ===
    'STOP_DEPLOYMENT'
  )
}
