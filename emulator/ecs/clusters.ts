import type {
  Cluster,
  ClusterField,
  ClusterSetting,
  CreateClusterRequest,
  CreateClusterResponse,
  DescribeClustersRequest,
  DescribeClustersResponse,
  ListClustersRequest,
  ListClustersResponse
} from '@aws-sdk/client-ecs'
import { notEmulated } from '../operation.ts'
import type { EcsContext } from './context.ts'
import { page } from './paging.ts'
import { clusterOfTask } from './references.ts'
import type { StoredCluster } from './state.ts'

/** Creating a cluster that exists answers with it, as on AWS. */
export function createCluster(
  context: EcsContext,
  { clusterName: name = 'default', settings = [], tags = [] }: CreateClusterRequest
): CreateClusterResponse {
  const { state, arn } = context
  const existing = state.clusters.get(name)
  if (existing && settings.length + tags.length > 0)
    throw notEmulated('ecs:CreateCluster', `settings or tags of the cluster ${name}, which exists`)
  const cluster = existing ?? {
    name,
    arn: arn(`cluster/${name}`),
    settings: [...settings],
    tags: [...tags]
  }
  state.clusters.set(name, cluster)
  return { cluster: show(context, cluster, ['SETTINGS', 'TAGS']) }
}

/** A page of 100 unless asked otherwise (API reference, ListClusters). */
export function listClusters(
  { state }: EcsContext,
  { maxResults = 100, nextToken }: ListClustersRequest
): ListClustersResponse {
  const arns = [...state.clusters.values()].map(({ arn }) => arn)
  const { items, ...more } = page(arns, nextToken, maxResults)
  return { clusterArns: items, ...more }
}

export function describeClusters(
  context: EcsContext,
  { clusters = ['default'], include = [] }: DescribeClustersRequest
): DescribeClustersResponse {
  const { state, arn } = context
  const asked = clusters.map((each) => each.slice(each.lastIndexOf('/') + 1))
  return {
    clusters: asked.flatMap((name) => {
      const cluster = state.clusters.get(name)
      return cluster ? [show(context, cluster, include)] : []
    }),
    failures: asked
      .filter((name) => !state.clusters.has(name))
      .map((name) => ({ arn: arn(`cluster/${name}`), reason: 'MISSING' }))
  }
}

const DEFAULTS: ClusterSetting[] = [{ name: 'containerInsights', value: 'disabled' }]

/** Settings and tags only where they are asked for (API reference, DescribeClusters). */
function show(
  { state }: EcsContext,
  cluster: StoredCluster,
  include: readonly ClusterField[]
): Cluster {
  const services = [...state.services.values()].filter((each) => each.cluster === cluster)
  const tasks = [...state.tasks.values()].filter((task) => clusterOfTask(task) === cluster)
  const count = (status: string): number =>
    tasks.filter((task) => task.lastStatus === status).length
  const settings = [
    ...DEFAULTS.filter(({ name }) => !cluster.settings.some((given) => given.name === name)),
    ...cluster.settings
  ]
  return {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: 'ACTIVE',
    registeredContainerInstancesCount: 0,
    runningTasksCount: count('RUNNING'),
    pendingTasksCount: count('PENDING'),
    activeServicesCount: services.filter(({ status }) => status === 'ACTIVE').length,
    statistics: [],
    tags: include.includes('TAGS') ? cluster.tags : [],
    settings: include.includes('SETTINGS') ? settings : [],
    capacityProviders: [],
    defaultCapacityProviderStrategy: []
  }
}
