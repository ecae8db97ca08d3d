import type {
  DeploymentConfigInfo,
  DeploymentGroupInfo,
  DeploymentInfo,
  DeploymentWaitType,
  LifecycleEvent
} from '@aws-sdk/client-codedeploy'
import type { Clock } from '../clock.ts'
import type { StoredTaskSet } from '../ecs/state.ts'
import { builtInConfigs } from './built-in-configs.ts'
import type { Plan } from './plan.ts'

/** Applications, groups, configurations and deployments of one emulated account. */
export interface CodeDeployState {
  readonly applications: Map<string, StoredApplication>
  /** By name, the five ECS built-ins included. */
  readonly configs: Map<string, DeploymentConfigInfo>
  /** By id, in order of creation. */
  readonly deployments: Map<string, StoredDeployment>
  /** Called at every state change, as EventBridge is. */
  readonly listeners: Set<StateChangeListener>
  /** ARNs of service roles that hold only AWSCodeDeployRoleForECSLimited. */
  readonly limitedRoles: Set<string>
  /** A fault: how long CodeDeploy takes to start each lifecycle event. */
  eventStartDelayMs: number
}

export interface StoredApplication {
  readonly name: string
  readonly id: string
  readonly createdAt: number
  readonly groups: Map<string, DeploymentGroupInfo>
  /** AppSpecs by their hash, which names them. */
  readonly revisions: Map<string, StoredRevision>
}

export interface StoredRevision {
  readonly content: string
  readonly description: string
  /** Emulated time, milliseconds since the epoch. */
  readonly registeredAt: number
}

export interface StoredDeployment {
  /** What GetDeployment answers: its revisions are named, without their text. */
  info: DeploymentInfo
  readonly plan: Plan
  /** The group's last successful deployment when this one was created. */
  readonly previous: StoredDeployment | undefined
  readonly events: LifecycleEvent[]
  blue: StoredTaskSet | undefined
  green: StoredTaskSet | undefined
  /** The target group that the test listener pointed to before AllowTestTraffic. */
  formerTestGroup: string | undefined
  /** Percent of production traffic on green, 0 to 100. */
  greenWeight: number
  targetStatus: 'Pending' | 'InProgress' | 'Succeeded' | 'Failed' | 'Ready'
  lastUpdatedAt: number
  /** By execution id. */
  readonly hookExecutions: Map<string, HookExecution>
  /** Ends the deployment early: aborted with a Halt as its reason. */
  readonly halting: AbortController
  /** The wait it is in, and how to end it early. */
  wait: { readonly type: DeploymentWaitType; readonly proceed: () => void } | undefined
}

export interface HookExecution {
  readonly event: string
  /** `Abandoned`: the deployment ended without this verdict. */
  status: 'Pending' | 'Succeeded' | 'Failed' | 'TimedOut' | 'Abandoned'
  readonly decide: (verdict: 'Succeeded' | 'Failed') => void
}

/** What EventBridge's `CodeDeploy Deployment State-change Notification` says. */
export interface StateChange {
  readonly state: 'START' | 'SUCCESS' | 'FAILURE' | 'STOP' | 'READY'
  /** Emulated time, milliseconds since the epoch. */
  readonly at: number
  readonly deploymentId: string
  readonly application: string
  readonly deploymentGroup: string
}

export type StateChangeListener = (change: StateChange) => void

/** CodeDeploy in a new account: nothing but the built-in configurations. */
export function createCodeDeployState(clock: Clock): CodeDeployState {
  const configs = builtInConfigs(new Date(clock.now()))
  return {
    applications: new Map(),
    configs: new Map(configs.map((config) => [config.deploymentConfigName ?? '', config])),
    deployments: new Map(),
    listeners: new Set(),
    limitedRoles: new Set(),
    // Between two events of a published run: 0.25 to 0.8 s.
    eventStartDelayMs: 250
  }
}
