import type {
  CapacityProviderStrategyItem,
  ClusterSetting,
  DeploymentConfiguration,
  LaunchType,
  NetworkConfiguration,
  ServiceEvent,
  Tag,
  TaskDefinition,
  TaskOverride,
  TaskStopCode,
  TaskVolumeConfiguration
} from '@aws-sdk/client-ecs'

/** Clusters, task definitions, services, task sets and tasks of one emulated account. */
export interface EcsState {
  /** By name. */
  readonly clusters: Map<string, StoredCluster>
  /** By family; index = revision - 1. */
  readonly families: Map<string, StoredTaskDefinition[]>
  /** By `cluster/service`. */
  readonly services: Map<string, StoredService>
  /** By task ARN; stopped ones stay visible for an hour. */
  readonly tasks: Map<string, StoredTask>
  /** What RunTask has answered, by `clientToken`. */
  readonly runs: Map<string, { readonly request: string; readonly taskArns: readonly string[] }>
  /** Why RunTask places no task now; undefined if it does. For tests. */
  unplaceable: string | undefined
}

export interface StoredCluster {
  readonly name: string
  readonly arn: string
  /** As given; others have their defaults. */
  readonly settings: ClusterSetting[]
  readonly tags: Tag[]
}

export interface StoredTaskDefinition {
  readonly definition: TaskDefinition
  readonly tags: Tag[]
}

export interface StoredService {
  readonly cluster: StoredCluster
  readonly name: string
  readonly arn: string
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE'
  readonly controller: 'ECS' | 'CODE_DEPLOY' | 'EXTERNAL'
  desiredCount: number
  readonly createdAt: number
  /** What the service was created with, until another task set becomes PRIMARY: it follows that one. */
  serving: Serving
  healthCheckGracePeriodSeconds: number | undefined
  /** What a rolling deployment goes by. */
  deploymentConfiguration: DeploymentConfiguration
  /** The last deployment that has completed before the current one: where the circuit breaker goes back to. */
  completed: { readonly id: string; readonly serving: Serving } | undefined
  taskSets: StoredTaskSet[]
  /** Newest first, at most 100. */
  events: ServiceEvent[]
  tags: Tag[]
}

/** What a task set runs and where; a service shows what its PRIMARY one has. */
export interface Serving {
  readonly taskDefinitionArn: string
  readonly targetGroupArn: string
  readonly containerName: string
  readonly containerPort: number
  readonly launchType: LaunchType | undefined
  readonly platformVersion: string | undefined
  readonly networkConfiguration: NetworkConfiguration | undefined
  readonly capacityProviderStrategy: CapacityProviderStrategyItem[]
}

export interface StoredTaskSet extends Serving {
  /** `ecs-svc/<19 digits>` */
  readonly id: string
  readonly arn: string
  readonly service: StoredService
  status: 'PRIMARY' | 'ACTIVE' | 'DRAINING'
  /** Absent on the very first task set of a service. */
  readonly externalId: string | undefined
  /** Percent of the service's desired count. */
  scale: number
  /** How many tasks a rolling deployment wants of it now; undefined: what `scale` says. */
  count: number | undefined
  /** Of a rolling deployment; undefined for a task set that none has made. */
  rollout: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED' | undefined
  /** What ECS says of it beside that, where it is more than that it goes on or has completed. */
  rolloutReason: string | undefined
  readonly createdAt: number
  updatedAt: number
  stabilitySince: number | undefined
}

/** A task of a service, or one that RunTask has started. */
export type StoredTask = ServiceTask | OneOffTask

export interface ServiceTask extends TaskFacts {
  readonly taskSet: StoredTaskSet
  readonly run?: undefined
}

export interface OneOffTask extends TaskFacts {
  readonly taskSet?: undefined
  readonly run: StoredRun
}

/** What RunTask was asked for. */
export interface StoredRun {
  readonly cluster: StoredCluster
  readonly taskDefinitionArn: string
  readonly group: string
  readonly startedBy: string | undefined
  readonly overrides: TaskOverride
  readonly launchType: LaunchType | undefined
  readonly platformVersion: string | undefined
  readonly networkConfiguration: NetworkConfiguration | undefined
  readonly capacityProviderStrategy: CapacityProviderStrategyItem[]
  readonly volumeConfigurations: TaskVolumeConfiguration[]
  readonly tags: Tag[]
}

interface TaskFacts {
  readonly arn: string
  /** The address of its network interface, as AWS would show it. */
  readonly privateIp: string
  /** STOPPED from the moment it is asked to end. */
  desiredStatus: 'RUNNING' | 'STOPPED'
  lastStatus: 'PROVISIONING' | 'PENDING' | 'RUNNING' | 'DEACTIVATING' | 'STOPPING' | 'STOPPED'
  /** Where its process really listens, on loopback; undefined until it does. */
  address: { readonly host: string; readonly port: number } | undefined
  readonly createdAt: number
  startedAt: number | undefined
  /** When it was asked to end. */
  stoppingAt: number | undefined
  stoppedAt: number | undefined
  stopCode: TaskStopCode | undefined
  stoppedReason: string | undefined
  /** Per container name. */
  exitCodes: Map<string, { exitCode: number | undefined; reason: string | undefined }>
}
