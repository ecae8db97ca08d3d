import {
  DescribeServicesCommand,
  UpdateServiceCommand,
  type Deployment,
  type Service
} from '@aws-sdk/client-ecs'
import type { Clients } from '../../../aws/clients.ts'
import { say } from '../../../words/say.ts'

/** Where a rolling deployment is deployed to. */
export interface Place {
  readonly cluster: string
  readonly service: string
}

/** A rolling deployment of ECS, as it was last seen. */
export interface Rollout {
  /** ECS's id, which its tasks carry as `startedBy`. */
  readonly id: string | undefined
  readonly state: 'running' | 'completed' | 'failed'
  /** Why it has failed; undefined if it has not. */
  readonly reason: string | undefined
  readonly desired: number
  readonly pending: number
  readonly running: number
}

/**
 * Deploys a revision to a service, and returns the id of its deployment. If the service runs the
 * revision already, ECS starts no deployment unless one is forced, and the id is that of the
 * deployment that it has. Errors: those of UpdateService.
 */
export async function startRollout(
  { ecs }: Pick<Clients, 'ecs'>,
  { cluster, service }: Place,
  taskDefinition: string,
  forceNewDeployment: boolean
): Promise<string | undefined> {
  const answer = await ecs.send(
    new UpdateServiceCommand({
      cluster,
      service,
      taskDefinition,
      ...(forceNewDeployment && { forceNewDeployment })
    })
  )
  return answer.service?.deployments?.find(({ status }) => status === 'PRIMARY')?.id
}

/**
 * Reads the deployment with this id. `revision`: what it deploys. Errors: those of
 * DescribeServices.
 */
export async function readRollout(
  { ecs }: Pick<Clients, 'ecs'>,
  { cluster, service }: Place,
  id: string | undefined,
  revision: string
): Promise<Rollout> {
  const answer = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }))
  return rolloutOf(answer.services?.[0], id, revision)
}

/**
 * A deployment ends with the rollout state COMPLETED, or FAILED by the circuit breaker or an
 * alarm, whose rollback takes its place as PRIMARY (ECS API reference, Deployment). A deployment
 * that is not PRIMARY any more was replaced by somebody else.
 */
export function rolloutOf(
  found: Service | undefined,
  id: string | undefined,
  revision: string
): Rollout {
  const nothing = { id, desired: 0, pending: 0, running: 0 }
  if (!found || found.status !== 'ACTIVE') {
    return { ...nothing, state: 'failed', reason: say`the service is gone` }
  }
  const deployments = found.deployments ?? []
  const primary = deployments.find(({ status }) => status === 'PRIMARY')
  const own = id === undefined ? primary : deployments.find((each) => each.id === id)
  if (!own || own !== primary) {
    const why = own?.rolloutState === 'FAILED' ? own.rolloutStateReason : undefined
    const other = primary?.taskDefinition?.split('/').at(-1) ?? '?'
    return {
      ...nothing,
      state: 'failed',
      reason:
        why ?? rollingBack(primary) ?? say`another deployment has taken its place, with ${other}`
    }
  }
  const seen = {
    id: own.id,
    desired: own.desiredCount ?? 0,
    pending: own.pendingCount ?? 0,
    running: own.runningCount ?? 0
  }
  if (own.taskDefinition !== revision) {
    const other = own.taskDefinition?.split('/').at(-1) ?? '?'
    return { ...seen, state: 'failed', reason: say`it runs ${other} instead` }
  }
  switch (own.rolloutState) {
    case 'FAILED':
      return {
        ...seen,
        state: 'failed',
        reason: own.rolloutStateReason ?? say`ECS gives no reason`
      }
    case 'COMPLETED':
      // The tasks of the deployment before may still drain, which takes nothing from the new ones.
      return {
        ...seen,
        state: seen.running >= seen.desired ? 'completed' : 'running',
        reason: undefined
      }
    default:
      return { ...seen, state: 'running', reason: undefined }
  }
}

/** What ECS says of a deployment that it has made to roll another one back (ECS developer guide, "deployment circuit breaker"). */
function rollingBack(primary: Deployment | undefined): string | undefined {
  const said = primary?.rolloutStateReason
  return said !== undefined && /rolling back|roll back|rollback/i.test(said) ? said : undefined
}
