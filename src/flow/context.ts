import type { Clients } from '../aws/clients.ts'
import type { OptionalReads } from '../aws/optional-reads.ts'
import type { Clock } from '../release/clock.ts'
import type { GateDecision } from '../release/decision.ts'
import type { Controller } from '../release/control-plane.ts'
import type { Draft } from '../release/draft.ts'
import type { AvailabilityEvidence, Evidence } from '../release/evidence.ts'
import type { CheckResult } from '../release/report.ts'
import type { Settings } from '../release/settings.ts'
import type { TimelineEvent } from '../release/timeline.ts'
import type { Logger } from '../release/logger.ts'
import type { Verification } from '../verification/file/model.ts'
import type { Subject, Verifier } from '../verification/run-verification.ts'
import type { Files } from './documents.ts'

/** What the function that observes production tells of itself. */
export interface Observation {
  /** Undefined until it has ended. */
  readonly evidence: AvailabilityEvidence | undefined
  /** Why it has stopped the deployment; undefined: it has not. */
  readonly stopped: string | undefined
}

/** Everything a release works with. */
export interface ReleaseContext {
  readonly settings: Settings
  readonly clients: Clients
  readonly controller: Controller
  readonly optionalReads: OptionalReads
  readonly clock: Clock
  /** 0 to 1. */
  readonly random: () => number
  readonly cancelled: AbortSignal
  readonly logger: Logger
  /** Grows as the release goes on. */
  readonly draft: Draft
  readonly region: string
  readonly emit: (event: TimelineEvent) => void
  readonly files: Files
  /** Marks the deployment as this run's: at most 256 characters (aws-semantics 1.5). */
  readonly description: string
  /** What the job itself can say about a wait this long. */
  readonly checkJob: (longestWaitMinutes: number) => CheckResult[]
  /** What can be said of the ledger before anything is written, and of who watches the group that a hook gates. */
  readonly checkLedger: (
    gated: { readonly application: string; readonly deploymentGroup: string } | undefined
  ) => Promise<CheckResult[]>
  /** What the ledger says of a deployment's gate; undefined without a ledger. Never throws. */
  readonly decision: (deploymentId: string) => Promise<GateDecision | undefined>
  /** Which of these pieces of evidence a function has written to the ledger by now. Never throws. */
  readonly evidence: (deploymentId: string, names: readonly string[]) => Promise<Evidence[]>
  /** What the function that observes production has found and done by now. Never throws. */
  readonly observation: (deploymentId: string) => Promise<Observation>
  /** Begins to ask green, once it is told that green can be asked. */
  readonly verifier: (subject: Subject) => Promise<Verifier>
  /** Told of the deployment as soon as it exists, and of what is verified where this run has created it. */
  readonly onDeployment: (verification: Verification | undefined) => Promise<void>
}
