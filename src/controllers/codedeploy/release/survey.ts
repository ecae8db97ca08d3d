import { GetDeploymentConfigCommand, type TrafficRoutingConfig } from '@aws-sdk/client-codedeploy'
import type { Service, TaskSet } from '@aws-sdk/client-ecs'
import type { Backoff } from '../../../aws/backoff.ts'
import { nameOf } from '../../../aws/console-url.ts'
import type { OptionalReads } from '../../../aws/optional-reads.ts'
import {
  describeTaskDefinition,
  type DescribedTaskDefinition
} from '../../../aws/task-definitions.ts'
import type { Settings } from '../../../release/settings.ts'
import { known, readService, type Known } from '../../service.ts'
import type { CodeDeployClients } from '../clients.ts'
import { findActiveDeployment, type ActiveDeployment } from './active-deployment.ts'
import { findDeploymentGroup, type FoundGroup } from './discovery.ts'
import { readListeners, type ListenerFacts } from './listeners.ts'
import { say } from '../../../words/say.ts'

/** What stands in the account before anything is written. A part that could not be had says why. */
export interface Facts {
  readonly service: Known<Service>
  /** The task set that serves; absent where the service lists none. */
  readonly primary: TaskSet | undefined
  readonly running: Known<DescribedTaskDefinition>
  readonly group: Known<FoundGroup>
  readonly active: ActiveDeployment | undefined
  /** Undefined: the role may not read it. */
  readonly routing: TrafficRoutingConfig | undefined
  readonly deploymentConfig: string | undefined
  readonly listeners: ListenerFacts | undefined
}

type AboutGroup = Pick<Facts, 'group' | 'active' | 'routing' | 'deploymentConfig' | 'listeners'>

export interface Surveyor {
  readonly clients: CodeDeployClients
  readonly optionalReads: OptionalReads
  readonly backoff: Backoff
}

/** Reads all of it, as much as possible at once. Errors: credentials and network only. */
export async function survey(
  { clients, optionalReads, backoff }: Surveyor,
  settings: Settings
): Promise<Facts> {
  const { cluster, application, deploymentGroup } = settings
  const name = nameOf(settings.service)
  const search = { clients, backoff, cluster, service: name, application, deploymentGroup }
  const service = readService(clients, cluster, name)
  const [found, running, aboutGroup] = await Promise.all([
    service,
    service.then(readRunning),
    findGroup().then(readAboutGroup)
  ])
  return { service: found, primary: primaryTaskSet(found), running, ...aboutGroup }

  /** A group that is named in full needs nothing that the service says. */
  async function findGroup(): Promise<Facts['group']> {
    const named = application !== undefined && deploymentGroup !== undefined
    const owner = named ? undefined : await service
    if (owner && !('value' in owner)) return { missing: say`the service is not known` }
    const externalId = owner && primaryTaskSet(owner)?.externalId
    return presentGroup(await known(() => findDeploymentGroup({ ...search, externalId })), settings)
  }

  async function readAboutGroup(group: Facts['group']): Promise<AboutGroup> {
    if (!('value' in group)) {
      const { deploymentConfig } = settings
      return {
        group,
        deploymentConfig,
        active: undefined,
        routing: undefined,
        listeners: undefined
      }
    }
    const deploymentConfig = settings.deploymentConfig ?? group.value.info.deploymentConfigName
    const [active, routing, listeners] = await Promise.all([
      findActiveDeployment(clients, optionalReads, group.value),
      readRouting(deploymentConfig),
      readListeners(clients, optionalReads, group.value.info)
    ])
    return { group, deploymentConfig, active, routing, listeners }
  }

  async function readRunning(owner: Facts['service']): Promise<Facts['running']> {
    const arn =
      primaryTaskSet(owner)?.taskDefinition ??
      ('value' in owner ? owner.value.taskDefinition : undefined)
    if (arn === undefined) return { missing: say`the service names no task definition` }
    const read = await optionalReads.read('ecs:DescribeTaskDefinition', (signal) =>
      describeTaskDefinition(clients, arn, signal)
    )
    return read ? { value: read } : { missing: say`${arn} could not be read` }
  }

  async function readRouting(
    deploymentConfigName: string | undefined
  ): Promise<TrafficRoutingConfig | undefined> {
    if (deploymentConfigName === undefined) return undefined
    if (deploymentConfigName === 'CodeDeployDefault.ECSAllAtOnce') return { type: 'AllAtOnce' }
    const answer = await optionalReads.read('codedeploy:GetDeploymentConfig', (abortSignal) =>
      clients.codedeploy.send(new GetDeploymentConfigCommand({ deploymentConfigName }), {
        abortSignal
      })
    )
    return answer?.deploymentConfigInfo?.trafficRoutingConfig
  }
}

/**
 * The PRIMARY task set is what serves. The service's own fields follow it (SDK:
 * UpdateServicePrimaryTaskSet), but only the task set names the deployment that made it.
 */
function primaryTaskSet(service: Facts['service']): TaskSet | undefined {
  if (!('value' in service)) return undefined
  return service.value.taskSets?.find((taskSet) => taskSet.status === 'PRIMARY')
}

function presentGroup(found: Known<FoundGroup | undefined>, settings: Settings): Facts['group'] {
  const { application, deploymentGroup, service, cluster } = settings
  const todo = say`set \`codedeploy-application\` and \`codedeploy-deployment-group\``
  if (!('value' in found)) {
    const named = application !== undefined && deploymentGroup !== undefined
    return named ? found : { missing: `${found.missing}; ${todo}` }
  }
  if (found.value) return { value: found.value }
  return {
    missing: say`no deployment group owns service "${service}" of cluster "${cluster}"; looked at the live task set, the default names and every application the role may list; ${todo}`
  }
}
