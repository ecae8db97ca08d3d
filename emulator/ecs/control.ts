import type { StoredService, StoredTaskSet } from './state.ts'

/** What CodeDeploy does to ECS with its own role. The CodeDeploy engine uses ECS through this alone. */
export interface EcsControl {
  /** The ACTIVE service, or undefined. `service` is a name or an ARN. */
  findService(cluster: string, service: string): StoredService | undefined
  /** Creates a task set at 100 % of the service's desired count and starts its tasks; returns at once, status ACTIVE. */
  createTaskSet(service: StoredService, wanted: NewTaskSet): StoredTaskSet
  /**
   * STEADY_STATE: running == computed, pending 0, and every task that a listener
   * checks is healthy (a target group no listener uses is `unused` and counts as good).
   */
  stability(taskSet: StoredTaskSet): 'STABILIZING' | 'STEADY_STATE'
  /** Makes this task set PRIMARY and the former one ACTIVE; the service shows what the new one runs and where. */
  setPrimary(service: StoredService, taskSet: StoredTaskSet): void
  /** Scales to `percent`; below 100 the surplus tasks are deregistered, drained and stopped, and at 0 the set is DRAINING. */
  scale(taskSet: StoredTaskSet, percent: number): void
  /** Removes the task set once its tasks are gone. */
  deleteTaskSet(service: StoredService, taskSet: StoredTaskSet): Promise<void>
  /** Appends a service event (`(service x) ...`), newest first in DescribeServices. */
  addEvent(service: StoredService, message: string): void
}

export interface NewTaskSet {
  /** ARN with revision. */
  readonly taskDefinitionArn: string
  /** The CodeDeploy deployment's id. */
  readonly externalId: string
  readonly targetGroupArn: string
  readonly containerName: string
  readonly containerPort: number
  readonly platformVersion?: string | undefined
  readonly networkConfiguration?: import('@aws-sdk/client-ecs').NetworkConfiguration | undefined
  readonly capacityProviderStrategy?:
    | import('@aws-sdk/client-ecs').CapacityProviderStrategyItem[]
    | undefined
}
