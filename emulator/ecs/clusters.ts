import type {
  Cluster,
  CreateClusterRequest,
  CreateClusterResponse,
  DescribeClustersRequest,
  DescribeClustersResponse
} from '@aws-sdk/client-ecs'
import type { EcsContext } from './context.ts'
import type { StoredCluster } from './state.ts'

/** Creating a cluster that exists answers with it, as on AWS. */
export function createCluster(
  context: EcsContext,
  { clusterName: name = 'default' }: CreateClusterRequest
): CreateClusterResponse {
  const { state, arn } = context
  const cluster = state.clusters.get(name) ?? { name, arn: arn(`cluster/${name}`) }
  state.clusters.set(name, cluster)
  return { cluster: show(context, cluster) }
}

export function describeClusters(
  context: EcsContext,
  { clusters = ['default'] }: DescribeClustersRequest
): DescribeClustersResponse {
  const { state, arn } = context
  const asked = clusters.map((each) => each.slice(each.lastIndexOf('/') + 1))
  return {
    clusters: asked.flatMap((name) => {
      const cluster = state.clusters.get(name)
      return cluster ? [show(context, cluster)] : []
    }),
    failures: asked
      .filter((name) => !state.clusters.has(name))
      .map((name) => ({ arn: arn(`cluster/${name}`), reason: 'MISSING' }))
  }
}

function show({ state }: EcsContext, cluster: StoredCluster): Cluster {
  const services = [...state.services.values()].filter((each) => each.cluster === cluster)
  const tasks = [...state.tasks.values()].filter((task) => task.taskSet.service.cluster === cluster)
  const count = (status: string): number =>
    tasks.filter((task) => task.lastStatus === status).length
  return {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: 'ACTIVE',
    registeredContainerInstancesCount: 0,
    runningTasksCount: count('RUNNING'),
    pendingTasksCount: count('PENDING'),
    activeServicesCount: services.filter(({ status }) => status === 'ACTIVE').length,
    statistics: [],
    tags: [],
    settings: [{ name: 'containerInsights', value: 'disabled' }],
    capacityProviders: [],
    defaultCapacityProviderStrategy: []
  }
}
