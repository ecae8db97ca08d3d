import type {
  ContinueDeploymentInput,
  StopDeploymentInput,
  StopDeploymentOutput
} from '@aws-sdk/client-codedeploy'
import { AwsError } from '../errors.ts'
import type { World } from '../world.ts'
import { isActive } from './active.ts'
import { Halt } from './engine/halt.ts'
import { requireDeployment } from './refusals.ts'
import type { StoredDeployment } from './state.ts'

/** Ends a deployment early. `autoRollbackEnabled` overrules the configuration either way. */
export function stopDeployment(input: StopDeploymentInput, world: World): StopDeploymentOutput {
  const deployment = requireActive(world, input.deploymentId)
  const { manualStopCode, stopWithoutFlag } = world.switches
  const configured =
    stopWithoutFlag === 'follows-configuration' ? 'DEPLOYMENT_STOP_ON_REQUEST' : false
  const information =
    manualStopCode === 'MANUAL_STOP'
      ? ({ code: 'MANUAL_STOP', message: 'The deployment was stopped on request.' } as const)
      : undefined
  const rollback = input.autoRollbackEnabled ?? configured
  deployment.halting.abort(new Halt('Stopped', information, rollback))
  return {
    status: 'Succeeded',
    statusMessage: 'No more commands will be scheduled for execution in the deployment instances'
  }
}

/** Ends the wait the deployment is in: for approval, or with blue kept. */
export function continueDeployment(
  input: ContinueDeploymentInput,
  world: World
): Record<string, never> {
  const type: string = input.deploymentWaitType ?? 'READY_WAIT'
  if (type !== 'READY_WAIT' && type !== 'TERMINATION_WAIT')
    throw new AwsError('InvalidDeploymentWaitTypeException', `Invalid wait type: ${type}`)
  const { wait } = requireActive(world, input.deploymentId)
  if (wait?.type === type) wait.proceed()
  else if (type === 'READY_WAIT') {
    const message = 'The deployment does not have a status of Ready and can’t continue yet.'
    throw new AwsError('DeploymentIsNotInReadyStateException', message)
  } else {
    const message = 'The deployment does not wait to terminate its original task set.'
    throw new AwsError('InvalidDeploymentStatusException', message)
  }
  return {}
}

function requireActive(world: World, id: string | undefined): StoredDeployment {
  const deployment = requireDeployment(world, id)
  if (!isActive(deployment.info) || deployment.halting.signal.aborted) {
    const message = `The deployment ${id ?? ''} is already complete.`
    throw new AwsError('DeploymentAlreadyCompletedException', message)
  }
  return deployment
}
