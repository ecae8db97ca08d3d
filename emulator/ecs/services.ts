import type {
  CreateServiceRequest,
  CreateServiceResponse,
  DeleteServiceRequest,
  DeleteServiceResponse,
  DescribeServicesRequest,
  DescribeServicesResponse,
  DescribeTaskSetsRequest,
  DescribeTaskSetsResponse,
  ListServicesRequest,
  ListServicesResponse,
  TaskDefinition
} from '@aws-sdk/client-ecs'
import { AwsError } from '../errors.ts'
import type { EcsContext } from './context.ts'
import { page } from './paging.ts'
import { clusterOf, findService, runnableTaskDefinition, serviceOf } from './references.ts'
import { capacity, showService, showTaskSet } from './show.ts'
import type { StoredService } from './state.ts'
import { addTaskSet, removeTaskSet } from './task-sets.ts'

/** A service starts with one PRIMARY task set, the only one without an externalId. */
export function createService(
  context: EcsContext,
  request: CreateServiceRequest
): CreateServiceResponse {
  const { state, arn, clock } = context
  const cluster = clusterOf(state, request.cluster)
  const { serviceName: name = '', desiredCount = 0 } = request
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) throw refused('Service name is not valid.')
  if (findService(state, cluster, name)?.status === 'ACTIVE')
    throw refused('Creation of service was not idempotent.')
  const { definition } = runnableTaskDefinition(state, request.taskDefinition)
  checkLaunchType(request, definition)
  const balancer = readLoadBalancer(context, request, definition)
  const service: StoredService = {
    cluster,
    name,
    arn: arn(`service/${cluster.name}/${name}`),
    status: 'ACTIVE',
    controller: request.deploymentController?.type ?? 'ECS',
    desiredCount,
    createdAt: clock.now(),
    serving: {
      ...balancer,
      taskDefinitionArn: definition.taskDefinitionArn ?? '',
      launchType: request.launchType,
      platformVersion: request.platformVersion,
      networkConfiguration: request.networkConfiguration,
      capacityProviderStrategy: request.capacityProviderStrategy ?? []
    },
    healthCheckGracePeriodSeconds: request.healthCheckGracePeriodSeconds,
    deploymentConfiguration: {
      maximumPercent: 200,
      minimumHealthyPercent: 100,
      ...request.deploymentConfiguration
    },
    completed: undefined,
    taskSets: [],
    events: [],
    tags: [...(request.tags ?? [])]
  }
  // An EXTERNAL service starts empty: its task sets are made by whoever deploys it.
  if (service.controller !== 'EXTERNAL') addTaskSet(context, service, service.serving, 'PRIMARY')
  state.services.set(`${cluster.name}/${name}`, service)
  return { service: showService(context, service) }
}

/** Refused while tasks are wanted, unless forced; INACTIVE once the last task is gone. */
export function deleteService(
  context: EcsContext,
  request: DeleteServiceRequest
): DeleteServiceResponse {
  const { state } = context
  const service = serviceOf(state, clusterOf(state, request.cluster), request.service)
  if (service.desiredCount > 0 && !request.force)
    throw refused('The service cannot be stopped while it is scaled above 0.')
  service.status = 'DRAINING'
  const removed = service.taskSets.map((taskSet) => removeTaskSet(context, service, taskSet))
  void Promise.all(removed).then(
    () => (service.status = 'INACTIVE'),
    () => undefined // the emulator closes first
  )
  return { service: showService(context, service) }
}

/** What is missing is told in `failures`, with status 200. */
export function describeServices(
  context: EcsContext,
  { cluster: clusterName, services = [], include = [] }: DescribeServicesRequest
): DescribeServicesResponse {
  const { state, arn } = context
  const cluster = clusterOf(state, clusterName)
  if (services.length === 0) throw refused('Services cannot be empty.')
  if (services.length > 10) throw refused('Services cannot have more than 10 elements.')
  const asked = services.map((name) => ({ name, found: findService(state, cluster, name) }))
  return {
    services: asked.flatMap(({ found }) => {
      if (!found) return []
      const shown = showService(context, found)
      return [include.includes('TAGS') ? { ...shown, tags: found.tags } : shown]
    }),
    failures: asked
      .filter(({ found }) => !found)
      .map(({ name }) => ({
        arn: name.startsWith('arn:') ? name : arn(`service/${cluster.name}/${name}`),
        reason: 'MISSING'
      }))
  }
}

export function listServices(
  context: EcsContext,
  { cluster: clusterName, launchType, maxResults = 10, nextToken }: ListServicesRequest
): ListServicesResponse {
  const { state } = context
  const cluster = clusterOf(state, clusterName)
  const arns = [...state.services.values()]
    .filter((service) => service.cluster === cluster && service.status !== 'INACTIVE')
    .filter(
      ({ serving }) =>
        launchType === undefined || capacity(context, serving).launchType === launchType
    )
    .map(({ arn }) => arn)
  const { items, ...more } = page(arns, nextToken, maxResults)
  return { serviceArns: items, ...more }
}

export function describeTaskSets(
  context: EcsContext,
  request: DescribeTaskSetsRequest
): DescribeTaskSetsResponse {
  const { state } = context
  const service = serviceOf(state, clusterOf(state, request.cluster), request.service)
  const asked = request.taskSets ?? service.taskSets.map(({ arn }) => arn)
  const found = service.taskSets.filter(({ id, arn }) => asked.includes(id) || asked.includes(arn))
  return {
    taskSets: found.map((taskSet) => showTaskSet(context, taskSet)),
    failures: asked
      .filter((name) => !found.some(({ id, arn }) => name === id || name === arn))
      .map((name) => ({ arn: name, reason: 'MISSING' }))
  }
}

interface LoadBalancerFields {
  readonly targetGroupArn: string
  readonly containerName: string
  readonly containerPort: number
}

function checkLaunchType(
  { launchType, capacityProviderStrategy }: CreateServiceRequest,
  { compatibilities = [] }: TaskDefinition
): void {
  if (launchType === undefined) return
  if (capacityProviderStrategy !== undefined)
    throw refused(
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.'
    )
  if (!compatibilities.includes(launchType))
    throw refused(`Task definition does not support launch_type ${launchType}.`)
}

/** Every emulated service is behind one target group: traffic is what the emulator is about. */
function readLoadBalancer(
  { elb }: EcsContext,
  request: CreateServiceRequest,
  { networkMode = 'bridge' }: TaskDefinition
): LoadBalancerFields {
  const [balancer, ...others] = request.loadBalancers ?? []
  const { targetGroupArn, containerName, containerPort } = balancer ?? {}
  if (
    others.length > 0 ||
    targetGroupArn === undefined ||
    containerName === undefined ||
    containerPort === undefined
  )
    throw refused(
      'An emulated service needs exactly one load balancer with targetGroupArn, containerName and containerPort.'
    )
  const group = elb.targetGroups.get(targetGroupArn)
  if (!group) throw refused(`The target group ${targetGroupArn} does not exist.`)
  if (group.loadBalancerArns.size === 0)
    throw refused(
      `The target group with targetGroupArn ${targetGroupArn} does not have an associated load balancer.`
    )
  // Word for word as people have seen it (terraform-aws-ecs-gitlab#5, terraform#24266).
  if ((group.targetType === 'ip') !== (networkMode === 'awsvpc'))
    throw refused(
      `The provided target group ${targetGroupArn} has target type ${group.targetType}, which is incompatible with the ${networkMode} network mode specified in the task definition.`
    )
  return { targetGroupArn, containerName, containerPort }
}

function refused(message: string): AwsError {
  return new AwsError('InvalidParameterException', message)
}
