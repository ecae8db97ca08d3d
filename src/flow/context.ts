import type { PlaneContext, PlaneFactory } from '../controllers/control-plane.ts'
import type { Files } from '../documents/files.ts'
import type { GateDecision } from '../release/decision.ts'
import type { EventWords } from '../release/event-words.ts'
import type { Draft } from '../release/draft.ts'
import type { AvailabilityEvidence, Evidence } from '../release/evidence.ts'
import type { Followed } from '../release/followed.ts'
import type { CheckResult } from '../release/report.ts'
import type { TimelineEvent } from '../release/timeline.ts'
import type { Verification } from '../verification/file/model.ts'
import type { Subject, Verifier, VerifierOptions } from '../verification/run-verification.ts'

/** What the function that observes production has written to the ledger. */
export interface Observation {
  /** Undefined until the function has ended. */
  readonly evidence: AvailabilityEvidence | undefined
  /** Why the function has stopped the deployment; undefined if it has not. */
  readonly stopped: string | undefined
}

/** What a release reads from the gate's ledger and writes to it. */
export interface ReleaseLedger {
  /**
   * Checks, before anything is written, whether the ledger can be read and whether the gate's
   * watchdog looks after the deployments of `watchedAs`, which is undefined if no hook gates
   * the deployment. Never throws.
   */
  check(watchedAs: string | undefined): Promise<CheckResult[]>
  /**
   * What the ledger says of the deployment's gate; undefined if no gate was opened. Never
   * throws.
   */
  decision(deploymentId: string): Promise<GateDecision | undefined>
  /** The evidence with these names that the ledger holds by now. Never throws. */
  evidence(deploymentId: string, names: readonly string[]): Promise<Evidence[]>
  /** What the function that observes production has found and done by now. Never throws. */
  observation(deploymentId: string): Promise<Observation>
  /**
   * The record that the job that started this deployment has left; undefined if there is none.
   * Never throws.
   */
  followed(deploymentId: string): Promise<Followed | undefined>
  /** `file` is the verification file's SHA-256. Errors: those of DynamoDB. */
  writeEvidence(deploymentId: string, evidence: Evidence, file: string): Promise<void>
}

/** A deployment that this run has started, or to which it has attached. */
export interface Begun {
  readonly followed: Followed
  /** Undefined if nothing is verified. */
  readonly verification: Verification | undefined
  /** Another run has started the deployment, and this run follows it as that run would have. */
  readonly isAttached: boolean
}

/** Everything that a release works with. */
export interface ReleaseContext extends PlaneContext {
  readonly planes: readonly PlaneFactory[]
  /** Undefined without `ledger-table`. */
  readonly ledger: ReleaseLedger | undefined
  /** Filled step by step as the release goes on. */
  readonly draft: Draft
  readonly emit: (event: TimelineEvent) => void
  /** Writes a line to the log that is no event of the release, such as what is still waited for. */
  readonly tell: (words: EventWords) => void
  /** When the last line was written to the log, in milliseconds since the epoch. */
  readonly lastLineAt: () => number
  readonly files: Files
  /** Marks the deployment as created by this run, in at most 256 characters (aws-semantics 1.5). */
  readonly description: string
  /** Checks whether the job itself can wait this long. */
  readonly checkJob: (longestWaitMinutes: number) => CheckResult[]
  /** Starts the verifier, which asks green as soon as a snapshot shows that green can be asked. */
  readonly startVerifier: (
    subject: Subject,
    told: Pick<VerifierOptions, 'onEvidence' | 'onBreach' | 'onMetricsBreach'>
  ) => Promise<Verifier>
  /** Called as soon as the one-off task exists, and when nothing is left to do about it. */
  readonly onOneOffTask: (taskArn: string, state: 'running' | 'ended') => void
  /** Called as soon as the deployment exists. */
  readonly onDeployment: (begun: Begun) => Promise<void>
}
