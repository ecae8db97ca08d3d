import {
  BatchGetDeploymentGroupsCommand,
  GetDeploymentGroupCommand,
  ListApplicationsCommand,
  ListDeploymentGroupsCommand,
  type DeploymentGroupInfo
} from '@aws-sdk/client-codedeploy'
import { withBackoff, type Backoff } from '../../../aws/backoff.ts'
import type { CodeDeployClients } from '../clients.ts'
import { getDeployment } from '../reader/deployment.ts'
import { nameOf } from '../../../aws/console-url.ts'
import { errorName, kindOf } from '../../../aws/errors.ts'
import { say } from '../../../words/say.ts'

export interface Search {
  readonly clients: CodeDeployClients
  readonly backoff: Backoff
  readonly cluster: string
  readonly service: string
  /** As given by the inputs; each one that is given narrows the search. */
  readonly application: string | undefined
  readonly deploymentGroup: string | undefined
  /** The PRIMARY task set's externalId. */
  readonly externalId: string | undefined
}

export interface FoundGroup {
  readonly application: string
  readonly deploymentGroup: string
  readonly info: DeploymentGroupInfo
  /** How it was found, for the pre-flight line. */
  readonly how: string
}

/**
 * Finds the deployment group that owns the service: as given; else through the
 * deployment that created the live task set; else under the names that the ECS
 * console gives; else by a scan. Undefined: there is none.
 * Errors: those of GetDeploymentGroup, where the group was given by name.
 */
export async function findDeploymentGroup(search: Search): Promise<FoundGroup | undefined> {
  const { application, deploymentGroup } = search
  if (application !== undefined && deploymentGroup !== undefined) {
    const info = await getGroup(search, application, deploymentGroup)
    return { application, deploymentGroup, info, how: say`as given` }
  }
  return (
    (await tryStep(() => throughTaskSet(search))) ??
    (await tryStep(() => underDefaultNames(search))) ??
    (await scan(search))
  )
}

/** A step that is denied, or finds nothing under a name, leaves the search to the next one. */
async function tryStep(
  step: () => Promise<FoundGroup | undefined>
): Promise<FoundGroup | undefined> {
  try {
    return await step()
  } catch (error) {
    if (isDeadEnd(error)) return undefined
    throw error
  }
}

function isDeadEnd(error: unknown): boolean {
  return kindOf(error) === 'denied' || errorName(error).endsWith('DoesNotExistException')
}

async function throughTaskSet(search: Search): Promise<FoundGroup | undefined> {
  const { externalId } = search
  if (externalId === undefined || !externalId.startsWith('d-')) return undefined
  const info = await retrying(search, () => getDeployment(search.clients.codedeploy, externalId))
  const application = info.applicationName
  const deploymentGroup = info.deploymentGroupName
  if (application === undefined || deploymentGroup === undefined) return undefined
  if (!fits(search, application, deploymentGroup)) return undefined
  const group = await getGroup(search, application, deploymentGroup)
  return { application, deploymentGroup, info: group, how: say`through deployment ${externalId}` }
}

/** The names that the ECS console gives (`AppECS-<cluster>-<service>`). */
async function underDefaultNames(search: Search): Promise<FoundGroup | undefined> {
  const suffix = `${nameOf(search.cluster)}-${nameOf(search.service)}`
  const application = search.application ?? `AppECS-${suffix}`
  const deploymentGroup = search.deploymentGroup ?? `DgpECS-${suffix}`
  const info = await getGroup(search, application, deploymentGroup)
  if (!ownsService(info, search)) return undefined
  return { application, deploymentGroup, info, how: say`by its default name` }
}

/** An application that may not be looked into does not end the scan; it counts where nothing is found. */
async function scan(search: Search): Promise<FoundGroup | undefined> {
  const deadEnds: unknown[] = []
  for (const application of await applications(search)) {
    try {
      const found = await scanApplication(search, application)
      if (found) return found
    } catch (error) {
      if (!isDeadEnd(error)) throw error
      deadEnds.push(error)
    }
  }
  if (deadEnds.length > 0) throw deadEnds[0]
  return undefined
}

async function scanApplication(
  search: Search,
  application: string
): Promise<FoundGroup | undefined> {
  for (const page of pages(await groupNames(search, application), GROUPS_PER_CALL)) {
    const answer = await retrying(search, () =>
      search.clients.codedeploy.send(
        new BatchGetDeploymentGroupsCommand({
          applicationName: application,
          deploymentGroupNames: page
        })
      )
    )
    const info = answer.deploymentGroupsInfo?.find((group) => ownsService(group, search))
    const deploymentGroup = info?.deploymentGroupName
    if (info && deploymentGroup !== undefined && fits(search, application, deploymentGroup)) {
      return { application, deploymentGroup, info, how: say`by a scan of all groups` }
    }
  }
  return undefined
}

/** BatchGetDeploymentGroups takes up to 100 names. */
const GROUPS_PER_CALL = 100

async function applications(search: Search): Promise<string[]> {
  if (search.application !== undefined) return [search.application]
  const names: string[] = []
  let nextToken: string | undefined
  do {
    const token = nextToken
    const answer = await retrying(search, () =>
      search.clients.codedeploy.send(new ListApplicationsCommand({ nextToken: token }))
    )
    names.push(...(answer.applications ?? []))
    nextToken = answer.nextToken
  } while (nextToken !== undefined)
  return names
}

async function groupNames(search: Search, applicationName: string): Promise<string[]> {
  const names: string[] = []
  let nextToken: string | undefined
  do {
    const token = nextToken
    const answer = await retrying(search, () =>
      search.clients.codedeploy.send(
        new ListDeploymentGroupsCommand({ applicationName, nextToken: token })
      )
    )
    names.push(...(answer.deploymentGroups ?? []))
    nextToken = answer.nextToken
  } while (nextToken !== undefined)
  return names
}

async function getGroup(
  search: Search,
  applicationName: string,
  deploymentGroupName: string
): Promise<DeploymentGroupInfo> {
  const answer = await retrying(search, () =>
    search.clients.codedeploy.send(
      new GetDeploymentGroupCommand({ applicationName, deploymentGroupName })
    )
  )
  return answer.deploymentGroupInfo ?? {}
}

/** Whether the group deploys this service of this cluster. */
export function ownsService(
  group: DeploymentGroupInfo,
  { cluster, service }: { readonly cluster: string; readonly service: string }
): boolean {
  return (group.ecsServices ?? []).some(
    (owned) =>
      owned.serviceName === nameOf(service) && (owned.clusterName ?? 'default') === nameOf(cluster)
  )
}

function fits(search: Search, application: string, deploymentGroup: string): boolean {
  return (
    (search.application ?? application) === application &&
    (search.deploymentGroup ?? deploymentGroup) === deploymentGroup
  )
}

function retrying<T>(search: Search, call: () => Promise<T>): Promise<T> {
  return withBackoff(call, (error) => kindOf(error) === 'throttled', search.backoff)
}

function pages<T>(items: readonly T[], size: number): T[][] {
  const found: T[][] = []
  for (let at = 0; at < items.length; at += size) found.push(items.slice(at, at + size))
  return found
}
