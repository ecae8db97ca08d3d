import { AwsError } from '../errors.ts'
import type {
  EcsState,
  StoredCluster,
  StoredService,
  StoredTask,
  StoredTaskDefinition
} from './state.ts'

/** The cluster with this name or ARN; AWS calls the one without a name `default`. */
export function clusterOf(state: EcsState, cluster = 'default'): StoredCluster {
  const found = state.clusters.get(lastPart(cluster))
  if (!found) throw new AwsError('ClusterNotFoundException', 'Cluster not found.')
  return found
}

export function clusterOfTask({ taskSet, run }: StoredTask): StoredCluster {
  return taskSet ? taskSet.service.cluster : run.cluster
}

/** The service with this name or ARN in the cluster, in whatever status. */
export function findService(
  state: EcsState,
  cluster: StoredCluster,
  service: string
): StoredService | undefined {
  return state.services.get(`${cluster.name}/${lastPart(service)}`)
}

/** The service, or AWS's refusal: it says so when it was there once. */
export function serviceOf(state: EcsState, cluster: StoredCluster, service = ''): StoredService {
  const found = findService(state, cluster, service)
  if (!found) throw new AwsError('ServiceNotFoundException', 'Service not found.')
  if (found.status !== 'ACTIVE')
    throw new AwsError('ServiceNotActiveException', 'Service was not ACTIVE.')
  return found
}

/** An ARN, `family:revision`, or `family` for its newest ACTIVE revision. */
export function findTaskDefinition(
  state: EcsState,
  reference: string
): StoredTaskDefinition | undefined {
  const [family = '', revision] = lastPart(reference).split(':')
  const revisions = state.families.get(family) ?? []
  if (revision === undefined)
    return revisions.findLast(({ definition }) => definition.status === 'ACTIVE')
  return /^[1-9]\d*$/.test(revision) ? revisions[Number(revision) - 1] : undefined
}

/** For what is to run it: unlike a description, that takes an ACTIVE revision. */
export function runnableTaskDefinition(state: EcsState, reference = ''): StoredTaskDefinition {
  const found = findTaskDefinition(state, reference)
  if (!found) throw new AwsError('ClientException', 'TaskDefinition not found.')
  if (found.definition.status !== 'ACTIVE')
    throw new AwsError('ClientException', 'TaskDefinition is inactive')
  return found
}

/** `name` of `arn:aws:ecs:region:account:kind/cluster/name` and of `name` itself. */
function lastPart(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1)
}
