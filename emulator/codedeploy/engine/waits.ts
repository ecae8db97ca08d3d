import type { DeploymentWaitType } from '@aws-sdk/client-codedeploy'
import { notify } from '../notifications.ts'
import { MINUTE, READY_WAIT_LIMIT_MINUTES } from '../timings.ts'
import { Halt, uncertainFailure } from './halt.ts'
import type { Run } from './run.ts'
import { touch, within } from './run.ts'

/** The event before which production traffic waits for ContinueDeployment (switch `readyWait`). */
export function readyWaitComesBefore({ world }: Run): string {
  return world.switches.readyWait === 'before-hook' ? 'BeforeAllowTraffic' : 'AllowTraffic'
}

/** Status Ready until someone continues the deployment; stopped when nobody does. */
export async function readyWait(run: Run, configuredMinutes: number): Promise<void> {
  const { world, deployment } = run
  const minutes =
    world.switches.readyWaitLimit === '120h'
      ? Math.min(configuredMinutes, READY_WAIT_LIMIT_MINUTES)
      : configuredMinutes
  deployment.info.status = 'Ready'
  deployment.targetStatus = 'Ready'
  touch(run)
  notify(world, deployment, 'READY')
  if (!(await waitFor(run, 'READY_WAIT', minutes))) {
    const message = `The deployment timed out while waiting for a notification to continue. This time out period is ${minutes} minutes.`
    // Nobody asked for this stop: it is rolled back as a failure would be.
    const { information } = uncertainFailure(world, 'TIMEOUT', message)
    throw new Halt('Stopped', information, 'DEPLOYMENT_FAILURE')
  }
  deployment.info.status = 'InProgress'
  deployment.targetStatus = 'InProgress'
  touch(run)
}

/** All traffic is on green, and blue is kept for a while in case of an alarm. */
export async function terminationWait(run: Run, minutes: number): Promise<void> {
  const { world, deployment } = run
  deployment.info.instanceTerminationWaitTimeStarted = true
  deployment.info.status = world.switches.terminationStatus
  touch(run)
  await waitFor(run, 'TERMINATION_WAIT', minutes)
}

/** True when someone ended the wait, false when its time ran out. */
async function waitFor(run: Run, type: DeploymentWaitType, minutes: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<true>()
  run.deployment.wait = { type, proceed: () => resolve(true) }
  try {
    return (await within(run, promise, minutes * MINUTE)) ?? false
  } finally {
    run.deployment.wait = undefined
  }
}
