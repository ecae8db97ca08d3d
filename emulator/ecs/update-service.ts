import type { UpdateServiceRequest, UpdateServiceResponse } from '@aws-sdk/client-ecs'
import { AwsError } from '../errors.ts'
import { notEmulated } from '../operation.ts'
import type { EcsContext } from './context.ts'
import { clusterOf, runnableTaskDefinition, serviceOf } from './references.ts'
import { startRollOut } from './roll-out.ts'
import { showService } from './show.ts'
import type { Serving, StoredService } from './state.ts'

/** Observed on AWS word for word: what CodeDeploy moves, UpdateService leaves alone. */
const USE_CODEDEPLOY =
  'on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.'

/**
 * Changes the count, the grace period and the deployment configuration. What rolls out a new
 * version is refused under CODE_DEPLOY and starts a rolling deployment under ECS; the change to
 * another controller is not emulated.
 */
export function updateService(
  context: EcsContext,
  request: UpdateServiceRequest
): UpdateServiceResponse {
  const { state, scheduler } = context
  const service = serviceOf(state, clusterOf(state, request.cluster), request.service)
  const { type: controller = service.controller } = request.deploymentController ?? {}
  if (controller !== service.controller)
    throw notEmulated(
      'ecs:UpdateService',
      `'deploymentController.type' "${controller}": a service keeps its controller ${service.controller}`
    )
  if (service.controller === 'CODE_DEPLOY') refuseForCodeDeploy(request)
  else if (rollsOut(request) && service.controller !== 'ECS')
    throw notEmulated(
      'ecs:UpdateService',
      `a roll-out of a service whose controller is ${service.controller}`
    )
  else if (request.loadBalancers !== undefined)
    throw notEmulated('ecs:UpdateService', "'loadBalancers': a service keeps its target group")
  const wanted = rollsOut(request) ? servingAfter(context, service, request) : undefined
  const { desiredCount, healthCheckGracePeriodSeconds } = request
  if (desiredCount !== undefined && desiredCount < 0)
    throw invalid('desiredCount cannot be less than 0.')
  service.desiredCount = desiredCount ?? service.desiredCount
  service.healthCheckGracePeriodSeconds =
    healthCheckGracePeriodSeconds ?? service.healthCheckGracePeriodSeconds
  service.deploymentConfiguration = {
    ...service.deploymentConfiguration,
    ...request.deploymentConfiguration
  }
  if (wanted) startRollOut(context, service, wanted)
  for (const taskSet of service.taskSets) scheduler.reconcile(taskSet)
  return { service: showService(context, service) }
}

function refuseForCodeDeploy(request: UpdateServiceRequest): void {
  if (request.taskDefinition !== undefined)
    throw invalid(`Unable to update task definition ${USE_CODEDEPLOY}`)
  if (request.networkConfiguration !== undefined || request.platformVersion !== undefined)
    throw invalid(`Unable to update network parameters ${USE_CODEDEPLOY}`)
  if (request.forceNewDeployment) throw invalid(`Cannot force a new deployment ${USE_CODEDEPLOY}`)
  if (request.capacityProviderStrategy !== undefined || request.loadBalancers !== undefined)
    throw invalid(`Unable to update capacity or load balancers ${USE_CODEDEPLOY}`)
}

function rollsOut(request: UpdateServiceRequest): boolean {
  return (
    request.taskDefinition !== undefined ||
    request.networkConfiguration !== undefined ||
    request.platformVersion !== undefined ||
    request.capacityProviderStrategy !== undefined ||
    request.loadBalancers !== undefined ||
    request.forceNewDeployment === true
  )
}

/** What the service runs after the roll-out: what the request leaves out stays. */
function servingAfter(
  { state }: EcsContext,
  { serving }: StoredService,
  request: UpdateServiceRequest
): Serving {
  const { definition } = runnableTaskDefinition(
    state,
    request.taskDefinition ?? serving.taskDefinitionArn
  )
  return {
    ...serving,
    taskDefinitionArn: definition.taskDefinitionArn ?? '',
    networkConfiguration: request.networkConfiguration ?? serving.networkConfiguration,
    platformVersion: request.platformVersion ?? serving.platformVersion,
    capacityProviderStrategy: request.capacityProviderStrategy ?? serving.capacityProviderStrategy
  }
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message)
}
