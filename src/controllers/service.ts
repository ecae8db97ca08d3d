import {
  DescribeServicesCommand,
  ListClustersCommand,
  ListServicesCommand,
  type Service
} from '@aws-sdk/client-ecs'
import type { Clients } from '../aws/clients.ts'
import { nameOf } from '../aws/console-url.ts'
import { describeError, errorName, kindOf } from '../aws/errors.ts'
import { explain } from '../aws/next-step.ts'
import { closest } from '../documents/closest.ts'
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
    if (errorName(error) === 'ClusterNotFoundException') throw error
    const kind = kindOf(error)
    if (kind === 'denied' || kind === 'refused') return { missing: explain(error) }
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
    const what = say`service "${service}" in cluster "${cluster}": ${reason}${looked}`
    throw new NotFound([what, await closeServices(ecs, cluster, service)].join('; '))
  }).catch(async (error: unknown) => {
    if (errorName(error) !== 'ClusterNotFoundException') throw error
    const what = say`cluster "${cluster}": ${describeError(error).replace(/\.$/, '')}`
    return { missing: [what, await closeClusters(ecs, cluster)].join('; ') }
  })
}

/** What to do about a service that ECS does not know. Never rejects. */
async function closeServices(
  ecs: Clients['ecs'],
  cluster: string,
  service: string
): Promise<string> {
  const names = await namesIn(() => listServices(ecs, cluster))
  if (names === undefined) return CHECK_PLACE()
  if (names.length === 0) return say`the cluster "${cluster}" has no services; ${CHECK_PLACE()}`
  const near = closest(service, names)
  if (near !== undefined) return say`did you mean "${near}"? The cluster has it`
  return say`the cluster has the services ${some(names)}; ${CHECK_PLACE()}`
}

/** The same about a cluster. */
async function closeClusters(ecs: Clients['ecs'], cluster: string): Promise<string> {
  const names = await namesIn(() => listClusters(ecs))
  if (names === undefined) return CHECK_PLACE()
  if (names.length === 0) return say`the account has no clusters in this region; ${CHECK_PLACE()}`
  const near = closest(nameOf(cluster), names)
  if (near !== undefined) return say`did you mean "${near}"? The account has it in this region`
  return say`the account has the clusters ${some(names)} in this region; ${CHECK_PLACE()}`
}

const CHECK_PLACE = (): string =>
  say`check the inputs cluster and service, the region (aws-region), and the account of the credentials`

const SHOWN = 10

function some(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).join(', ')
  const left = names.length - SHOWN
  return left > 0 ? say`${shown} and ${left} more` : shown
}

/** A role need not have the right to list; then nothing is suggested. */
async function namesIn(
  list: () => Promise<readonly string[]>
): Promise<readonly string[] | undefined> {
  try {
    return (await list()).map(nameOf).sort()
  } catch {
    return undefined
  }
}

/** Enough for "did you mean", and five calls at most. */
const MOST_PAGES = 5

async function listServices(ecs: Clients['ecs'], cluster: string): Promise<readonly string[]> {
  const found: string[] = []
  let nextToken: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await ecs.send(
      new ListServicesCommand({ cluster, maxResults: 100, ...(nextToken && { nextToken }) })
    )
    found.push(...(answer.serviceArns ?? []))
    nextToken = answer.nextToken
    if (nextToken === undefined) break
  }
  return found
}

async function listClusters(ecs: Clients['ecs']): Promise<readonly string[]> {
  const found: string[] = []
  let nextToken: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await ecs.send(
      new ListClustersCommand({ maxResults: 100, ...(nextToken && { nextToken }) })
    )
    found.push(...(answer.clusterArns ?? []))
    nextToken = answer.nextToken
    if (nextToken === undefined) break
  }
  return found
}

/** Services of the ECS controller may carry no `deploymentController` at all (aws-semantics 3.2). */
export function controllerOf({ deploymentController }: Service): string {
  return deploymentController?.type ?? 'ECS'
}
