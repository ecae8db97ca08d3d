import type { PlaneContext, PlaneFactory } from '../controllers/control-plane.ts'
import type { Files } from '../documents/files.ts'
import type { GateDecision } from '../release/decision.ts'
import type { Draft } from '../release/draft.ts'
import type { AvailabilityEvidence, Evidence } from '../release/evidence.ts'
import type { Followed } from '../release/followed.ts'
import type { CheckResult } from '../release/report.ts'
import type { TimelineEvent } from '../release/timeline.ts'
import type { Verification } from '../verification/file/model.ts'
import type { Subject, Verifier, VerifierOptions } from '../verification/run-verification.ts'

/** What the function that observes production tells of itself. */
export interface Observation {
  /** Undefined until it has ended. */
  readonly evidence: AvailabilityEvidence | undefined
  /** Why it has stopped the deployment; undefined: it has not. */
  readonly stopped: string | undefined
}

/** What a release reads and writes of the gate's ledger. */
export interface ReleaseLedger {
  /**
   * Says, before anything is written, whether the ledger can be read and who
   * watches what a hook gates; `watchedAs` undefined: no hook gates it. Never throws.
   */
  check(watchedAs: string | undefined): Promise<CheckResult[]>
  /** What it says of a deployment's gate; undefined if there is none. Never throws. */
  decision(deploymentId: string): Promise<GateDecision | undefined>
  /** Those of these pieces of evidence that are in it by now. Never throws. */
  evidence(deploymentId: string, names: readonly string[]): Promise<Evidence[]>
  /** What the function that observes production has found and done by now. Never throws. */
  observation(deploymentId: string): Promise<Observation>
  /** What the job that started this deployment has kept of it; undefined if it is not there. Never throws. */
  followed(deploymentId: string): Promise<Followed | undefined>
  /** `file` is the verification file's SHA-256. Errors: those of DynamoDB. */
  writeEvidence(deploymentId: string, evidence: Evidence, file: string): Promise<void>
}

/** How a deployment has come into this run's hands. */
export interface Begun {
  readonly followed: Followed
  /** Undefined: nothing is verified. */
  readonly verification: Verification | undefined
  /** This run has not started it, and follows it as the run that did. */
  readonly isAttached: boolean
}

/** Everything a release works with. */
export interface ReleaseContext extends PlaneContext {
  readonly planes: readonly PlaneFactory[]
  /** Undefined without `ledger-table`. */
  readonly ledger: ReleaseLedger | undefined
  /** Grows as the release goes on. */
  readonly draft: Draft
  readonly emit: (event: TimelineEvent) => void
  readonly files: Files
  /** Marks the deployment as this run's: at most 256 characters (aws-semantics 1.5). */
  readonly description: string
  /** What the job itself can say about a wait this long. */
  readonly checkJob: (longestWaitMinutes: number) => CheckResult[]
  /** Begins to ask green, once it is told that green can be asked. */
  readonly startVerifier: (
    subject: Subject,
    told: Pick<VerifierOptions, 'onEvidence' | 'onBreach'>
  ) => Promise<Verifier>
  /** Told of the deployment as soon as it exists. */
  readonly onDeployment: (begun: Begun) => Promise<void>
}
