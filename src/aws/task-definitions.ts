import {
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  type Tag,
  type TaskDefinition
} from '@aws-sdk/client-ecs'
import { withBackoff, type Backoff } from './backoff.ts'
import type { Clients } from './clients.ts'
import { errorName, kindOf } from './errors.ts'
import { say } from '../words/say.ts'

export interface DescribedTaskDefinition {
  readonly arn: string
  readonly taskDefinition: TaskDefinition
  /**
   * DescribeTaskDefinition returns tags beside the definition, and only on request
   * (aws-semantics 3.1).
   */
  readonly tags: readonly Tag[]
}

/** Errors: ClientException if there is no such revision. */
export async function describeTaskDefinition(
  clients: Clients,
  reference: string,
  abortSignal?: AbortSignal
): Promise<DescribedTaskDefinition> {
  const answer = await clients.ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: reference, include: ['TAGS'] }),
    abortSignal === undefined ? {} : { abortSignal }
  )
  const taskDefinition = answer.taskDefinition
  if (taskDefinition?.taskDefinitionArn === undefined) {
    throw new Error(say`DescribeTaskDefinition of ${reference} answered without a task definition`)
  }
  return { arn: taskDefinition.taskDefinitionArn, taskDefinition, tags: answer.tags ?? [] }
}

/**
 * RegisterTaskDefinition is throttled at one call a second, and the SDK gives up within
 * seconds.
 */
export const REGISTER_LIMIT_MS = 120_000

/**
 * AWS's message if two registrations of one family run at the same time. The SDK does not
 * retry it (aws-semantics 3.1).
 */
const TOO_MANY = /Too many concurrent attempts to create a new revision/i

/**
 * Registers a revision and returns its ARN. If AWS throttles the call, it is repeated for up
 * to two minutes. Errors: the last one of RegisterTaskDefinition.
 */
export async function registerTaskDefinition(
  clients: Clients,
  input: RegisterTaskDefinitionCommandInput,
  backoff: Omit<Backoff, 'limitMs'>
): Promise<string> {
  const answer = await withBackoff(
    () => clients.ecs.send(new RegisterTaskDefinitionCommand(input)),
    (error) => kindOf(error) === 'throttled' || isTooMany(error),
    { ...backoff, limitMs: REGISTER_LIMIT_MS }
  )
  const arn = answer.taskDefinition?.taskDefinitionArn
  if (arn === undefined) throw new Error(say`RegisterTaskDefinition answered without an ARN`)
  return arn
}

function isTooMany(error: unknown): boolean {
  return (
    errorName(error) === 'ClientException' && error instanceof Error && TOO_MANY.test(error.message)
  )
}
