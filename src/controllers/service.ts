import { DescribeServicesCommand, type Service } from '@aws-sdk/client-ecs'
import type { Clients } from '../aws/clients.ts'
import { describeError, kindOf } from '../aws/errors.ts'
import { say } from '../words/say.ts'

/** A fact, or why it is not known. */
export type Known<T> = { readonly value: T } | { readonly missing: string }

/** AWS has answered, and what was asked for is not there. */
export class NotFound extends Error {}

/**
 * If an error concerns only this fact, it becomes the reason why the fact is not known.
 * Errors: those that concern the access to AWS as a whole.
 */
export async function known<T>(read: () => Promise<T>): Promise<Known<T>> {
  try {
    return { value: await read() }
  } catch (error) {
    if (error instanceof NotFound) return { missing: error.message }
    const kind = kindOf(error)
    if (kind === 'denied' || kind === 'refused') return { missing: describeError(error) }
    throw error
  }
}

/** The service as ECS describes it. Errors: only those of credentials and network. */
export function readService(
  { ecs }: Pick<Clients, 'ecs'>,
  cluster: string,
  service: string
): Promise<Known<Service>> {
  return known(async () => {
    const answer = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }))
    const found = answer.services?.[0]
    if (found) return found
    const { reason = say`no answer`, arn } = answer.failures?.[0] ?? {}
    // The ARN shows which account and region were read.
    const looked = arn === undefined ? '' : ` (${arn})`
    throw new NotFound(say`service "${service}" in cluster "${cluster}": ${reason}${looked}`)
  })
}

/** Services of the ECS controller may carry no `deploymentController` at all (aws-semantics 3.2). */
export function controllerOf({ deploymentController }: Service): string {
  return deploymentController?.type ?? 'ECS'
}
