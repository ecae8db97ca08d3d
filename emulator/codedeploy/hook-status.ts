import type {
  PutLifecycleEventHookExecutionStatusInput,
  PutLifecycleEventHookExecutionStatusOutput
} from '@aws-sdk/client-codedeploy'
import { AwsError } from '../errors.ts'
import type { World } from '../world.ts'
import { requireDeployment } from './refusals.ts'

/** A hook's verdict: the only thing that ends the event it was asked about, besides time. */
export function putLifecycleEventHookExecutionStatus(
  input: PutLifecycleEventHookExecutionStatusInput,
  world: World
): PutLifecycleEventHookExecutionStatusOutput {
  const { lifecycleEventHookExecutionId: id = '', status } = input
  const deployment = requireDeployment(world, input.deploymentId)
  if (status !== 'Succeeded' && status !== 'Failed') {
    const message = `The status ${status ?? ''} is not one of Succeeded, Failed`
    throw new AwsError('InvalidLifecycleEventHookExecutionStatusException', message)
  }
  const execution = deployment.hookExecutions.get(id)
  if (!execution) throw unknownExecution()
  if (execution.status === 'Abandoned' && !answersCompleted(world)) throw unknownExecution()
  if (execution.status !== 'Pending') {
    const message = 'The status of this lifecycle event has already been reported.'
    throw new AwsError('LifecycleEventAlreadyCompletedException', message)
  }
  execution.status = status
  execution.decide(status)
  return { lifecycleEventHookExecutionId: id }
}

function answersCompleted({ switches }: World): boolean {
  return switches.putAfterStop === 'LifecycleEventAlreadyCompletedException'
}

function unknownExecution(): AwsError {
  const message = 'The lifecycle event hook execution ID is not valid for this deployment.'
  return new AwsError('InvalidLifecycleEventHookExecutionIdException', message)
}
