import type { TaskDefinitionEdits } from '../taskdef/render.ts'

/** What was asked for: the parsed, validated inputs of one release. One field per decision, no raw text. */
export interface Settings {
  /** By name; so is the cluster. */
  readonly service: string
  readonly cluster: string
  /** Where an ARN among the inputs says that the service is; undefined: none does. */
  readonly place: Place | undefined
  readonly taskDefinition: TaskDefinitionSource
  readonly edits: TaskDefinitionEdits
  /** Whether a release that changes nothing is wanted: the running revision in new tasks. */
  readonly forceNewDeployment: boolean
  /** Undefined: found from the service (see controllers/codedeploy/discovery). */
  readonly application: string | undefined
  readonly deploymentGroup: string | undefined
  readonly appSpec: AppSpecSource
  readonly description: string | undefined
  readonly deploymentConfig: string | undefined
  /** Function name or ARN by lifecycle event. */
  readonly hooks: readonly HookInput[]
  readonly gateFunction: string | undefined
  readonly requireApproval: boolean
  /** The gate's DynamoDB table; undefined: who decided is not known to this run. */
  readonly ledgerTable: string | undefined
  /** Why a rollback asks to pass the gate without a person; undefined: it does not. */
  readonly breakGlassReason: string | undefined
  /** Where the new version can be looked at before it is released. */
  readonly testUrl: string | undefined
  /** Path of a verification file within the workspace; undefined: green is not verified. */
  readonly verificationPath: string | undefined
  /** Of the k6 that load scripts run with; undefined: the one on the PATH. */
  readonly k6Path: string | undefined
  /**
   * The Lambda function, by name or ARN, that asks green from inside the VPC;
   * undefined: this job asks. With it, production is observed from there too.
   */
  readonly verifyFunction: string | undefined
  readonly waitFor: WaitFor
  /** Undefined: worked out from hook limits, waits and the shift (release/wait-limit.ts). */
  readonly waitForMinutes: number | undefined
  readonly onActiveDeployment: OnActiveDeployment
  readonly onCancel: OnInterrupt
  readonly onTimeout: OnInterrupt
  /** A GitHub deployment that follows the release; undefined: none. */
  readonly github: GitHubSettings | undefined
  readonly roleToAssume: string | undefined
  readonly roleSessionName: string
  readonly region: string | undefined
  readonly showValues: boolean
  readonly dryRun: boolean
  /** Retries after the first attempt of one API call. */
  readonly maxRetries: number
}

/** Calls have to go to this region and account. */
export interface Place {
  /** The input that says so, and the ARN that it holds. */
  readonly input: string
  readonly arn: string
  readonly partition: string
  readonly region: string
  readonly account: string
}

export type AppSpecSource =
  | { readonly kind: 'file'; readonly path: string }
  /** From what serves now; `why` is for the line that says so. */
  | { readonly kind: 'generate'; readonly why: string }
  /** The official deploy action's: `appspec.yaml` of the workspace. Where there is none, generated. */
  | { readonly kind: 'default' }

export interface GitHubSettings {
  readonly token: string
  readonly environment: string
  readonly environmentUrl: string | undefined
}

export type TaskDefinitionSource =
  | { readonly kind: 'file'; readonly path: string }
  /**
   * ARN, `family` or `family:revision`; with `mayBePath` it could name a file
   * of the workspace as well, if there is one.
   */
  | { readonly kind: 'reference'; readonly reference: string; readonly mayBePath?: true }
  /** What the service runs now. */
  | { readonly kind: 'running' }
  /** Another revision of the running family. */
  | { readonly kind: 'revision'; readonly revision: number }
  /** What served before what runs now. */
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
