import type { AutoRollbackEvent } from '@aws-sdk/client-codedeploy'

/** What the ready-made worlds can vary. */
export interface WorldOptions {
  readonly deploymentConfig?: string
  /** Production waits for ContinueDeployment this long; without it it does not wait. */
  readonly readyWaitMinutes?: number
  /** How long blue is kept after the shift, or that it is never terminated. */
  readonly terminationWaitMinutes?: number | 'keep-alive'
  /** Every event (true), none (false), or these. */
  readonly autoRollback?: boolean | readonly AutoRollbackEvent[]
  readonly testListener?: boolean
  /** Of the load balancer; `internal`: its name leads somewhere inside the VPC only. */
  readonly scheme?: 'internet-facing' | 'internal'
  /** Alarms of the group, all in state OK. */
  readonly alarms?: readonly string[]
  readonly desiredCount?: number
  /** Of version 1; a task definition's image is `<service>:<version>`. */
  readonly version?: string
  readonly healthCheckIntervalSeconds?: number
  readonly deregistrationDelaySeconds?: number
  /** The group's role holds only AWSCodeDeployRoleForECSLimited. */
  readonly limitedRole?: boolean
}

export const ROLLBACK_EVENTS: readonly AutoRollbackEvent[] = [
  'DEPLOYMENT_FAILURE',
  'DEPLOYMENT_STOP_ON_ALARM',
  'DEPLOYMENT_STOP_ON_REQUEST'
]

/** The events an option stands for. */
export function rollbackEvents(option: WorldOptions['autoRollback'] = true): AutoRollbackEvent[] {
  if (typeof option === 'boolean') return option ? [...ROLLBACK_EVENTS] : []
  return [...option]
}
