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
import type { Change, CheckResult, Diagnosis, Drained, OldTasks, Where } from '../release/report.ts'
import type { Settings } from '../release/settings.ts'
import type { Stage } from '../release/snapshot.ts'
import type { Verification } from '../verification/file/model.ts'
import type { Fleet } from '../verification/recovery/fleet.ts'
import type { SideNames, Sides } from '../verification/metrics-reader.ts'

/** What a control plane needs to read one deployment. */
export interface ControllerContext {
  readonly clients: Clients
  readonly optionalReads: OptionalReads
  readonly clock: Clock
  /** Name or ARN. */
  readonly cluster: string
  readonly service: string
  /** What the control plane has kept of the deployment (Followed); undefined if nothing. */
  readonly kept?: string | undefined
}

/** What a control plane needs for a release. */
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

/**
 * The files that the inputs name, read and parsed. `own` is what only this control plane
 * has; for CodeDeploy it is the AppSpec.
 */
export interface Documents<Own = unknown> {
  readonly taskDefinition: Mapping | undefined
  readonly verification: Verification | undefined
  readonly own: Own
}

/** How a listener answers. */
export type Listener =
  | 'plain'
  /**
   * It speaks TLS, and its certificate is not for the load balancer's own name, so that name
   * cannot be asked.
   */
  | 'tls'
  /**
   * It leads to the service only by a rule that wants more of a request than its path, such as a
   * host or a header, which a request to the load balancer's own name does not have.
   */
  | 'by-rule'
  | 'none'

/** What the release would do. At this point nothing has been written. */
export interface Plan<Own = unknown> {
  /** Undefined if the control plane registers no task definition. */
  readonly revision: RevisionPlan | undefined
  /**
   * What the control plane would be sent, for people to read, with this revision in it;
   * undefined if there is nothing to show.
   */
  readonly shown: (revision: string | undefined) => string | undefined
  /** Lines of the pre-flight, in the order in which they are printed. */
  readonly checks: readonly CheckResult[]
  /** A deployment that is under way already. */
  readonly active: ActiveDeployment | undefined
  /**
   * The name by which the gate policy's `watch` knows the place that is deployed to; undefined
   * if it is not known.
   */
  readonly watchedAs: string | undefined
  /** How long the release may take until the goal, in minutes. */
  readonly longestMinutes: number
  /** A listener that is not known counts as `plain`. */
  readonly listeners: { readonly test: Listener; readonly production: Listener }
  readonly following: Pick<Followed, 'gate' | 'onlyHook' | 'hooks' | 'rollsBackOn' | 'kept'>
  /** The stage after whose end green can be asked; absent if the test listener and the hooks say it. */
  readonly askAfter?: Stage
  /** What the control plane itself needs in `start`. */
  readonly own: Own
}

/** The revision that the release would register or reuse. */
export interface RevisionPlan {
  /** What to register, as RegisterTaskDefinition takes it. */
  readonly registration: RegisterTaskDefinitionCommandInput
  /** ARN of an existing revision with the same content; undefined if there is none. */
  readonly reuse: string | undefined
  readonly runningArn: string | undefined
  readonly changes: readonly Change[]
}

export interface ActiveDeployment {
  readonly id: string
  /**
   * Resolves with why the deployment differs from what this plan would start; undefined if it
   * does not. Errors: Refused.
   */
  readonly differs: () => Promise<string | undefined>
}

export interface Started {
  readonly deploymentId: string
  /**
   * The answer of the call that creates the deployment was lost, and the deployment was found
   * again.
   */
  readonly recovered: boolean
}

/** The control plane has started nothing, as far as is known. */
export class NotStarted extends Error {
  /**
   * True if the control plane has refused; false if it may have started the deployment all the
   * same.
   */
  readonly isCertain: boolean

  constructor(message: string, isCertain: boolean, options?: ErrorOptions) {
    super(message, options)
    this.name = 'NotStarted'
    this.isCertain = isCertain
  }
}

/** Where green and production can be asked and measured. */
export interface Green {
  /** Origin of a listener; undefined if it is not known. Errors: those of AWS. */
  readonly origin: (listener: 'test' | 'production') => Promise<string | undefined>
  /**
   * Where CloudWatch has the metrics of blue and green; a text says why that is not known.
   * Never rejects.
   */
  readonly sides: (names: SideNames) => Promise<Sides | string>
  /** What a recovery may stop a task of. */
  readonly fleets: Readonly<Record<'green' | 'blue', Fleet>>
  /** The images that green's running tasks run; empty if they are not known. Never rejects. */
  readonly images: () => Promise<readonly RunningImage[]>
}

/** How long a control plane waits for what it does not do itself, for people to read. */
export interface Limits {
  /** Who waits, as people know it. */
  readonly by: string
  /** How long it waits for green to become healthy; then the deployment fails. */
  readonly greenMinutes: number
  /** How long somebody may answer at the gate, from when its function is called. */
  readonly gateMinutes: number
  /** A command that stops the deployment, with a rollback. */
  readonly stopWith: (deploymentId: string) => string
}

/**
 * A control plane that moves traffic, as the job uses it. Each has a folder of its own,
 * which alone knows its API. `Facts`, `OwnFiles` and `Own` are types of that folder; no
 * other code looks into them.
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
   * Returns what is wrong with the documents by themselves, before AWS is asked anything. A
   * document that could not be read is undefined.
   */
  check(documents: Documents<OwnFiles | undefined>): readonly string[]
  /** Reads what exists in the account. Errors: only those of credentials and network. */
  survey(): Promise<{ readonly where: Where; readonly facts: Facts }>
  /** Works out and checks what the release would do. Writes nothing. Errors: Refused. */
  plan(facts: Facts, documents: Documents<OwnFiles>): Promise<Plan<Own>>
  /**
   * Starts the deployment, once. `description` marks it as created by this run, in at most 256
   * characters. Errors: NotStarted; those of the network.
   */
  start(plan: Plan<Own>, revision: string | undefined, description: string): Promise<Started>
  /** How people find the deployment: `where` with the links that exist now, and a command. */
  placed(
    where: Where,
    deployment: Pick<Followed, 'deploymentId' | 'revision' | 'hooks'>
  ): Pick<Followed, 'where' | 'lookWith'>
  /** The deployment's page in the console. */
  urlOf(deploymentId: string): string
  green(followed: Followed): Green
  /**
   * Lets no traffic move before this has settled. Absent if the control plane holds traffic back
   * by itself, or cannot do it.
   */
  holdFor?(asked: Promise<unknown>): void
  /** Undefined if it waits for nothing by itself. */
  readonly limits?: Limits
  /** What ECS says about a failure. `since` is in milliseconds since the epoch. Never rejects. */
  explain(
    followed: Followed,
    since: number
  ): Promise<Pick<Diagnosis, 'stoppedTasks' | 'serviceEvents'>>
  /**
   * What has become of the tasks that served before, after a deployment that has completed;
   * undefined if that is not known. `since` is in milliseconds since the epoch. Never rejects.
   */
  oldTasks(since: number): Promise<OldTasks | undefined>
  /**
   * When a side that has been left at weight 0 had its last requests, after a release that has
   * completed; undefined if no side was. It waits for that no longer than the last step was
   * watched. Absent if there are no sides. Never rejects.
   */
  drained?(cancelled: AbortSignal): Promise<Drained | undefined>
}

/** How a control plane is opened. */
export interface PlaneFactory {
  readonly kind: string
  /**
   * The `deploymentController` of the services that this control plane releases, as ECS names
   * it; undefined if the inputs choose this control plane, whatever controls a service.
   */
  readonly deploymentController: string | undefined
  /** Makes no call. */
  open(context: PlaneContext): ControlPlane | Promise<ControlPlane>
  /** For a caller that only follows a deployment that exists. */
  openController(context: ControllerContext): Controller | Promise<Controller>
}
