import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import type { Clients } from '../aws/clients.ts'
import type { OptionalReads } from '../aws/optional-reads.ts'
import type { Files } from '../documents/files.ts'
import type { Mapping } from '../documents/mapping.ts'
import type { Clock } from '../release/clock.ts'
import type { Controller } from '../release/controller.ts'
import type { RunningImage } from '../release/evidence.ts'
import type { Followed } from '../release/followed.ts'
import type { Logger } from '../release/logger.ts'
import type { Change, CheckResult, Diagnosis, Where } from '../release/report.ts'
import type { Settings } from '../release/settings.ts'
import type { Verification } from '../verification/file/model.ts'
import type { Fleet } from '../verification/recovery/fleet.ts'
import type { SideNames, Sides } from '../verification/metrics-reader.ts'

/** What a control plane reads one deployment with. */
export interface ControllerContext {
  readonly clients: Clients
  readonly optionalReads: OptionalReads
  readonly clock: Clock
  /** Name or ARN. */
  readonly cluster: string
  readonly service: string
}

/** What a control plane releases with. */
export interface PlaneContext {
  readonly settings: Settings
  readonly clients: Clients
  readonly optionalReads: OptionalReads
  readonly clock: Clock
  readonly region: string
  /** 0 to 1. */
  readonly random: () => number
  readonly cancelled: AbortSignal
  readonly logger: Logger
}

/** The files that the inputs name, read and parsed. `own` is the control plane's: CodeDeploy's is the AppSpec. */
export interface Documents<Own = unknown> {
  readonly taskDefinition: Mapping | undefined
  readonly verification: Verification | undefined
  readonly own: Own
}

/** How a listener answers. */
export type Listener =
  | 'plain'
  /** It speaks TLS, so nobody can ask it by the load balancer's own name. */
  | 'tls'
  | 'none'

/** What would be done. Nothing of it is written anywhere yet. */
export interface Plan<Own = unknown> {
  /** Undefined if the control plane registers no task definition. */
  readonly revision: RevisionPlan | undefined
  /** What the control plane is told, as people read it, with this revision in it; undefined if there is nothing to show. */
  readonly shown: (revision: string | undefined) => string | undefined
  /** Lines of the pre-flight, in the order in which they are printed. */
  readonly checks: readonly CheckResult[]
  /** A deployment that is under way already. */
  readonly active: ActiveDeployment | undefined
  /** The name by which the policy's `watch` knows it; undefined if nothing that a gate looks after is known. */
  readonly watchedAs: string | undefined
  /** How long the release may take until the goal, in minutes. */
  readonly longestMinutes: number
  /** A listener that is not known counts as plain. */
  readonly listeners: { readonly test: Listener; readonly production: Listener }
  readonly following: Pick<Followed, 'gate' | 'onlyHook' | 'hooks' | 'rollsBackOn'>
  /** The control plane's own, for `start`. */
  readonly own: Own
}

/** The revision that would be released. */
export interface RevisionPlan {
  /** What to register, as RegisterTaskDefinition takes it. */
  readonly registration: RegisterTaskDefinitionCommandInput
  /** ARN of the revision that already says the same. */
  readonly reuse: string | undefined
  readonly runningArn: string | undefined
  readonly changes: readonly Change[]
}

export interface ActiveDeployment {
  readonly id: string
  /** Resolves with why it is not what this plan would start; undefined if it is that. Errors: Refused. */
  readonly differs: () => Promise<string | undefined>
}

export interface Started {
  readonly deploymentId: string
  /** The answer was lost; the deployment was found again. */
  readonly recovered: boolean
}

/** Nothing was started, as far as is known. */
export class NotStarted extends Error {
  /** The control plane has said no; false: it may have started all the same. */
  readonly isCertain: boolean

  constructor(message: string, isCertain: boolean, options?: ErrorOptions) {
    super(message, options)
    this.name = 'NotStarted'
    this.isCertain = isCertain
  }
}

/** Where green and production can be asked and measured. */
export interface Green {
  /** Origin of a listener; undefined if it is not known. Rejects with errors of AWS. */
  readonly origin: (listener: 'test' | 'production') => Promise<string | undefined>
  /** Where CloudWatch has blue and green; a text is why that is not known. Never rejects. */
  readonly sides: (names: SideNames) => Promise<Sides | string>
  readonly fleet: Fleet
  /** What green's running tasks run; empty if that cannot be told. Never rejects. */
  readonly images: () => Promise<readonly RunningImage[]>
}

/**
 * A control plane that moves traffic, as the job uses it. Each stands in a
 * folder of its own, the only one that knows its API. `Facts`, `OwnFiles` and
 * `Own` are its own types, which nobody else looks into.
 */
export interface ControlPlane<
  Facts = unknown,
  OwnFiles = unknown,
  Own = unknown
> extends Controller {
  readonly kind: string
  /** Reads the files that only this control plane has. Errors: ProblemsError. */
  readFiles(files: Files): Promise<OwnFiles>
  /**
   * What is wrong with the documents by themselves, before anything is asked; one that
   * could not be read is undefined. It goes to people with the problems of those.
   */
  check(documents: Documents<OwnFiles | undefined>): readonly string[]
  /** Reads what stands in the account. Errors: credentials and network only. */
  survey(): Promise<{ readonly where: Where; readonly facts: Facts }>
  /** Works out and checks what would be done, and writes nothing. Errors: Refused. */
  plan(facts: Facts, documents: Documents<OwnFiles>): Promise<Plan<Own>>
  /**
   * Starts the deployment, once. `description` marks it as this run's, in at most 256 characters.
   * Errors: NotStarted; those of the network.
   */
  start(plan: Plan<Own>, revision: string | undefined, description: string): Promise<Started>
  /** How people find the deployment: `where` with the links that exist now, and a command. */
  placed(
    where: Where,
    deployment: Pick<Followed, 'deploymentId' | 'revision' | 'hooks'>
  ): Pick<Followed, 'where' | 'lookWith'>
  /** The console's page of a deployment. */
  urlOf(deploymentId: string): string
  green(followed: Followed): Green
  /** What ECS says of a failure. `since` is in milliseconds since the epoch. Never rejects. */
  explain(
    followed: Followed,
    since: number
  ): Promise<Pick<Diagnosis, 'stoppedTasks' | 'serviceEvents'>>
}

/** How a control plane is opened. */
export interface PlaneFactory {
  readonly kind: string
  /** The `deploymentController` of the services that it releases, as ECS names it. */
  readonly deploymentController: string
  /** Asks nothing. */
  open(context: PlaneContext): ControlPlane
  /** For whoever only looks after a deployment that exists. */
  openController(context: ControllerContext): Controller
}
