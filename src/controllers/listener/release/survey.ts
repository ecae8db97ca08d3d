import type { Service } from '@aws-sdk/client-ecs'
import type { Clients, LoadBalancing } from '../../../aws/clients.ts'
import type { OptionalReads } from '../../../aws/optional-reads.ts'
import {
  describeTaskDefinition,
  type DescribedTaskDefinition
} from '../../../aws/task-definitions.ts'
import type { FailoverSettings, SideSettings } from '../../../release/settings.ts'
import { say } from '../../../words/say.ts'
import { readService, type Known } from '../../service.ts'
import type { FailoverFacts } from '../preflight.ts'
import { readRoute, type Route } from '../route.ts'
import { readSide } from '../side.ts'
import type { Before, Moves } from './moves.ts'

/** What stands in the account before a failover. */
export interface Facts extends FailoverFacts {
  /** In the order of the sides; undefined if nothing is deployed. */
  readonly deployed: readonly [DeployedFacts, DeployedFacts] | undefined
  /** Undefined without a ledger, or if the route is not known. */
  readonly before: Before | undefined
  /** Deployments of other control planes that move traffic of one of the target groups; undefined if they may not be read. */
  readonly moving: readonly string[] | undefined
}

export interface DeployedFacts {
  readonly service: Known<Service>
  readonly running: Known<DescribedTaskDefinition>
}

/** Finds the deployments that move traffic of one of these target groups, which it gets by name. */
export type FindMoving = (
  context: { readonly clients: Clients; readonly optionalReads: OptionalReads },
  targetGroups: readonly string[]
) => Promise<readonly string[] | undefined>

export interface Surveyor {
  readonly clients: Clients
  readonly optionalReads: OptionalReads
  readonly before: Moves['before']
  readonly findMoving: FindMoving
}

/** Reads all of it, as much as possible at once. Errors: credentials and network only. */
export async function survey(
  { clients, optionalReads, before: earlier, findMoving }: Surveyor,
  settings: FailoverSettings,
  cluster: string
): Promise<Facts> {
  const elb = await clients.loadBalancing()
  const [one, other] = settings.sides
  const route = readRoute(elb, settings.listener, settings.rule)
  const [found, before, first, second, deployed, rehearsal, moving] = await Promise.all([
    route,
    route.then(readBefore),
    readSide(elb, one),
    readSide(elb, other),
    settings.deploy === 'ecs'
      ? Promise.all([readDeployed(one), readDeployed(other)])
      : Promise.resolve(undefined),
    readRehearsal(elb, settings),
    findMoving({ clients, optionalReads }, [one, other].map(groupName))
  ])
  return { route: found, sides: [first, second], rehearsal, deployed, before, moving }

  async function readBefore(of: Known<Route>): Promise<Before | undefined> {
    return 'value' in of ? earlier?.(of.value.arn) : undefined
  }

  async function readDeployed({ service = '' }: SideSettings): Promise<DeployedFacts> {
    const known = await readService(clients, cluster, service)
    const arn = 'value' in known ? known.value.taskDefinition : undefined
    if (arn === undefined) {
      return { service: known, running: { missing: say`the service names no task definition` } }
    }
    const read = await optionalReads.read('ecs:DescribeTaskDefinition', (signal) =>
      describeTaskDefinition(clients, arn, signal)
    )
    const running = read ? { value: read } : { missing: say`${arn} could not be read` }
    return { service: known, running }
  }
}

function groupName({ targetGroup }: SideSettings): string {
  return targetGroup.startsWith('arn:') ? (targetGroup.split('/').at(-2) ?? '') : targetGroup
}

function readRehearsal(
  elb: LoadBalancing,
  { rehearsedOn }: FailoverSettings
): Promise<Known<Route> | undefined> {
  if (rehearsedOn === undefined) return Promise.resolve(undefined)
  return readRoute(elb, rehearsedOn.listener, rehearsedOn.rule)
}
