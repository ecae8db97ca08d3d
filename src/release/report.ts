import type { Evidence } from './evidence.ts'
import type { GateDecision } from './decision.ts'
import type { ApprovalStatus, Outcome, Rollback } from './outcome.ts'
import type { SideShares, Snapshot, Step, TargetHealth } from './snapshot.ts'
import type { TimelineEvent } from './timeline.ts'

/**
 * Everything that is known of one release, for the JSON report and the job summary. It is
 * written whenever a release ends, even after a refusal, so most parts may be absent. Times
 * are milliseconds since the epoch; the JSON file writes them as ISO 8601.
 */
export interface Report {
  readonly outcome: Outcome
  readonly rollback: Rollback
  readonly approval: ApprovalStatus
  /** Undefined if no ledger could be read, or no gate was opened. */
  readonly decision: GateDecision | undefined
  /** One sentence that says what happened. */
  readonly headline: string
  /** For a failure: the probable cause in one paragraph, and where to look. */
  readonly diagnosis: Diagnosis | undefined
  readonly problems: readonly string[]
  /** What was measured, in the order in which it came. */
  readonly evidence: readonly Evidence[]
  /**
   * What the verification file announces for the decision. If one of these is not in
   * `evidence`, it never came.
   */
  readonly announced: readonly Pick<Evidence, 'name' | 'required'>[]
  readonly warnings: readonly string[]
  readonly trigger: Trigger
  readonly where: Where
  readonly taskDefinition: TaskDefinitionReport | undefined
  /** Undefined if none was asked for, or if it did not come to that. */
  readonly oneOffTask: OneOffTaskReport | undefined
  readonly preflight: readonly CheckResult[]
  readonly appSpec: string | undefined
  readonly deployment: DeploymentReport | undefined
  readonly rollbackDeployment: DeploymentReport | undefined
  readonly timeline: readonly TimelineEvent[]
  readonly startedAt: number
  readonly endedAt: number
}

/** Who and what started the release, from GitHub's own variables. */
export interface Trigger {
  readonly actor: string | undefined
  /** Who re-ran the workflow, if that is another person. */
  readonly triggeringActor: string | undefined
  readonly repository: string | undefined
  readonly ref: string | undefined
  readonly sha: string | undefined
  readonly event: string | undefined
  readonly runId: string | undefined
  readonly runAttempt: string | undefined
  readonly runUrl: string | undefined
  readonly commitUrl: string | undefined
}

export interface Where {
  readonly region: string | undefined
  readonly cluster: string
  readonly service: string
  readonly application: string | undefined
  readonly deploymentGroup: string | undefined
  readonly deploymentConfig: string | undefined
  readonly hasTestListener: boolean | undefined
  /** Whether all production traffic moves in one step. */
  readonly allAtOnce: boolean | undefined
  readonly consoleLinks: readonly { readonly label: string; readonly url: string }[]
  /** Names of the two production groups of a failover; absent if the release is none. */
  readonly sides?: readonly string[] | undefined
}

export interface TaskDefinitionReport {
  readonly runningArn: string | undefined
  readonly arn: string | undefined
  readonly reused: boolean
  /** Values of environment variables are absent unless `show-values` was set. */
  readonly changes: readonly Change[]
}

/** The task that has to succeed before the deployment is started. */
export interface OneOffTaskReport {
  readonly taskArn: string
  /** ECS's `lastStatus`; STOPPED is the last one. */
  readonly status: string
  readonly createdAt: number | undefined
  readonly startedAt: number | undefined
  readonly stoppedAt: number | undefined
  readonly stopCode: string | undefined
  readonly stoppedReason: string | undefined
  readonly containers: StoppedTask['containers']
  readonly consoleUrl: string
}

/** One difference, by a readable path such as `containerDefinitions[app].image`. */
export interface Change {
  readonly path: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly before?: string
  readonly after?: string
}

export interface CheckResult {
  readonly name: string
  readonly verdict: 'OK' | 'NG' | 'SKIP' | 'WARN'
  readonly reason: string
}

export interface DeploymentReport {
  readonly id: string
  readonly state: Snapshot['state']
  /** The control plane's own word. It is shown, but never compared. */
  readonly status: string
  readonly error: { readonly code: string | undefined; readonly message: string } | undefined
  readonly createdAt: number | undefined
  readonly completedAt: number | undefined
  readonly steps: readonly Step[]
  /** When all production traffic was on green. */
  readonly trafficShiftedAt: number | undefined
  readonly traffic: { readonly blue: number; readonly green: number } | undefined
  /** Green's targets as they were last seen; undefined if they could not be read. */
  readonly targets: readonly TargetHealth[] | undefined
  /** What became of the tasks that served before; undefined if it is not known. */
  readonly oldTasks: OldTasks | undefined
  /** The sides of a failover and their shares, as they were last seen. */
  readonly sides?: SideShares | undefined
  /** What is known of the requests of the side that a failover has left at weight 0. */
  readonly drained?: Drained | undefined
  readonly consoleUrl: string | undefined
}

/** The tasks that served before a release, once the control plane ends them. */
export interface OldTasks {
  /** How many ECS has been told to stop. */
  readonly told: number
  readonly stopped: number
  /** When ECS was told of the first one. */
  readonly toldAt: number | undefined
  /** When the last one had stopped; undefined while one of them still runs. */
  readonly stoppedAt: number | undefined
}

/** The side that a failover has left at weight 0, by CloudWatch's RequestCount. */
export interface Drained {
  readonly side: string
  /** `not-yet`: no whole minute without requests was shown before the job ended. */
  readonly state: 'zero' | 'not-yet' | 'unread'
  /** The begin of the last minute with requests; undefined if none is shown. */
  readonly lastRequestAt: number | undefined
}

export interface Diagnosis {
  readonly cause: string
  /** The clause of it that the headline says; absent if the headline says the control plane's. */
  readonly finding?: string | undefined
  readonly whereToLook: readonly { readonly label: string; readonly url: string }[]
  readonly stoppedTasks: readonly StoppedTask[]
  readonly targets: readonly TargetHealth[]
  /** The service's last events, newest first. */
  readonly serviceEvents: readonly { readonly at: number; readonly message: string }[]
}

export interface StoppedTask {
  readonly taskArn: string
  readonly stopCode: string | undefined
  readonly stoppedReason: string | undefined
  readonly containers: readonly {
    readonly name: string
    readonly exitCode: number | undefined
    readonly reason: string | undefined
  }[]
}
