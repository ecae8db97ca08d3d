import type {
  DeploymentConfigInfo,
  DeploymentGroupInfo,
  DeploymentInfo,
  LifecycleEvent
} from '@aws-sdk/client-codedeploy'
import type { StoredTaskSet } from '../ecs/state.ts'

/** Applications, groups, configurations and deployments of one emulated account. */
export interface CodeDeployState {
  readonly applications: Map<string, StoredApplication>
  /** By name, the five ECS built-ins included. */
  readonly configs: Map<string, DeploymentConfigInfo>
  /** By id, in order of creation. */
  readonly deployments: Map<string, StoredDeployment>
}

export interface StoredApplication {
  readonly name: string
  readonly id: string
  readonly createdAt: number
  readonly groups: Map<string, DeploymentGroupInfo>
}

export interface StoredDeployment {
  /** What GetDeployment answers. */
  info: DeploymentInfo
  readonly events: LifecycleEvent[]
  blue: StoredTaskSet | undefined
  green: StoredTaskSet | undefined
  /** Percent of production traffic on green, 0 to 100. */
  greenWeight: number
  targetStatus: 'Pending' | 'InProgress' | 'Succeeded' | 'Failed' | 'Skipped' | 'Unknown' | 'Ready'
  lastUpdatedAt: number
  /** Hook execution ids by event name, and those already answered. */
  readonly hookExecutions: Map<string, { readonly event: string; status: 'Pending' | 'Succeeded' | 'Failed' }>
}
