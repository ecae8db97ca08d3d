import type {
  CapacityProviderStrategyItem,
  ContainerOverride,
  LaunchType,
  Tag,
  TaskManagedEBSVolumeConfiguration
} from '@aws-sdk/client-ecs'
import type { TaskDefinitionEdits } from '../taskdef/render.ts'
import type { Language } from '../words/language.ts'

/** The parsed and validated inputs of one release: one field for each decision, and no raw text. */
export interface Settings {
  /** Service and cluster are names, not ARNs. */
  readonly service: string
  readonly cluster: string
  /** A failover between two production groups; undefined if the service's controller moves the traffic. */
  readonly failover?: FailoverSettings | undefined
  /** The region and account of the ARNs among the inputs; undefined if no input is an ARN. */
  readonly place: Place | undefined
  readonly taskDefinition: TaskDefinitionSource
  readonly edits: TaskDefinitionEdits
  /** The task that has to succeed before the deployment is started; undefined if there is none. */
  readonly oneOffTask: OneOffTaskSettings | undefined
  /** Whether to release even if nothing changes, so that the running revision gets new tasks. */
  readonly forceNewDeployment: boolean
  /** Undefined if it is to be found from the service (see controllers/codedeploy/discovery). */
  readonly application: string | undefined
  readonly deploymentGroup: string | undefined
  readonly appSpec: AppSpecSource
  readonly description: string | undefined
  readonly deploymentConfig: string | undefined
  /** The function's name or ARN, by lifecycle event. */
  readonly hooks: readonly HookInput[]
  readonly gateFunction: string | undefined
  readonly requireApproval: boolean
  /** The gate's DynamoDB table. If it is undefined, this run cannot know who decided. */
  readonly ledgerTable: string | undefined
  /**
   * Why a rollback asks to pass the gate without a person; undefined if it does not ask for
   * that.
   */
  readonly breakGlassReason: string | undefined
  /** Where people can look at the new version before it is released. */
  readonly testUrl: string | undefined
  /** Path of a verification file within the workspace; undefined if green is not verified. */
  readonly verificationPath: string | undefined
  /** Path of the k6 that runs load scripts; undefined for the one on the PATH. */
  readonly k6Path: string | undefined
  /**
   * Name or ARN of the Lambda function that asks green from inside the VPC. If it is set,
   * production is observed from inside the VPC too. If it is undefined, this job asks green.
   */
  readonly verifyFunction: string | undefined
  readonly waitFor: WaitFor
  /**
   * If it is undefined, it is derived from hook limits, waits and the shift
   * (release/wait-limit.ts).
   */
  readonly waitForMinutes: number | undefined
  readonly onActiveDeployment: OnActiveDeployment
  readonly onCancel: OnInterrupt
  readonly onTimeout: OnInterrupt
  /**
   * After how many minutes without a healthy green the job stops the deployment; undefined if
   * it waits for as long as the control plane does.
   */
  readonly greenUnhealthyAfter: number | undefined
  /** The GitHub deployment that mirrors the release; undefined if there is none. */
  readonly github: GitHubSettings | undefined
  readonly roleToAssume: string | undefined
  readonly roleSessionName: string
  readonly region: string | undefined
  /**
   * The language of log, summary and report. Undefined if the gate's policy is to say it, and
   * without a ledger English.
   */
  readonly language: Language | undefined
  readonly showValues: boolean
  /** Whether the last log lines of green's stopped tasks are printed. */
  readonly showLogs: boolean
  readonly dryRun: boolean
  /** Retries after the first attempt of one API call. */
  readonly maxRetries: number
}

/** A failover between two production groups, as the inputs ask for it. */
export interface FailoverSettings {
  readonly listener: ListenerName
  /** ARN or priority of a rule; undefined for the listener's default action. */
  readonly rule: string | undefined
  readonly sides: readonly [SideSettings, SideSettings]
  /** Percent of new requests, rising, the last 100. */
  readonly shares: readonly number[]
  readonly bakeMs: number
  /** Before which steps a person is asked. */
  readonly asks: 'once' | 'every-step' | readonly number[]
  readonly finish: 'switched' | 'balanced'
  readonly deploy: 'ecs' | 'none'
  /** Name of the side that gets all traffic first, if both have some at the start. */
  readonly first: string | undefined
  /** Healthy targets that a side needs before it gets traffic; undefined: as many as the live one has. */
  readonly minHealthy: number | undefined
  readonly rehearsedOn:
    | { readonly listener: ListenerName; readonly rule: string | undefined }
    | undefined
}

export interface SideSettings {
  readonly name: string
  /** Name or ARN. */
  readonly targetGroup: string
  /** The ECS service whose tasks the target group has; undefined if nothing is deployed. */
  readonly service: string | undefined
  /** Where this side alone can be asked, whatever the weights are; undefined if nobody says. */
  readonly url: string | undefined
}

/** A listener by its ARN, or by the name of its load balancer and its port. */
export type ListenerName =
  | { readonly arn: string }
  | { readonly loadBalancer: string; readonly port: number }

/** One task of the revision that is to be released, as RunTask starts it. */
export interface OneOffTaskSettings {
  readonly containerOverrides: readonly ContainerOverride[]
  /** Empty if no network is configured. */
  readonly subnets: readonly string[]
  readonly securityGroups: readonly string[]
  readonly assignPublicIp: 'ENABLED' | 'DISABLED'
  readonly capacityProviderStrategy: readonly CapacityProviderStrategyItem[]
  /** Undefined if there is a strategy. */
  readonly launchType: LaunchType | undefined
  readonly startedBy: string
  readonly tags: readonly Tag[]
  /** Whether ECS adds its own tags; undefined leaves it to the account. */
  readonly managedTags: boolean | undefined
  readonly volume:
    | { readonly name: string; readonly configuration: TaskManagedEBSVolumeConfiguration }
    | undefined
}

/** The region and account that calls have to go to. */
export interface Place {
  /** The input that holds the ARN. */
  readonly input: string
  readonly arn: string
  readonly partition: string
  readonly region: string
  readonly account: string
}

export type AppSpecSource =
  | { readonly kind: 'file'; readonly path: string }
  /** Generated from what serves now; `why` is for the line of the pre-flight that says so. */
  | { readonly kind: 'generate'; readonly why: string }
  /**
   * `appspec.yaml` in the workspace, as in the official deploy action. If there is no such
   * file, the AppSpec is generated.
   */
  | { readonly kind: 'default' }

export interface GitHubSettings {
  readonly token: string
  readonly environment: string
  readonly environmentUrl: string | undefined
}

export type TaskDefinitionSource =
  | { readonly kind: 'file'; readonly path: string }
  /**
   * ARN, `family` or `family:revision`. If `mayBePath` is set, the workspace may hold a file
   * of that name; the release is then refused, because it is not clear which one is meant.
   */
  | { readonly kind: 'reference'; readonly reference: string; readonly mayBePath?: true }
  /** The revision that the service runs now. */
  | { readonly kind: 'running' }
  /** Another revision of the running family. */
  | { readonly kind: 'revision'; readonly revision: number }
  /** The revision that served before the running one. */
  | { readonly kind: 'previous' }

export interface HookInput {
  readonly event: string
  readonly function: string
}

export const WAIT_FOR = [
  'started',
  'test-traffic',
  'approval',
  'traffic-shifted',
  'completed'
] as const
export type WaitFor = (typeof WAIT_FOR)[number]

export const ON_ACTIVE_DEPLOYMENT = ['fail', 'wait', 'stop', 'attach'] as const
export type OnActiveDeployment = (typeof ON_ACTIVE_DEPLOYMENT)[number]

export const ON_INTERRUPT = ['stop-and-rollback', 'stop', 'leave'] as const
export type OnInterrupt = (typeof ON_INTERRUPT)[number]
