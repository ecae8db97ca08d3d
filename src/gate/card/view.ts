import type { AvailabilityFacts, ClosedState, Effect, TrafficResult } from '../../ledger/gate.ts'
import type {
  BreakGlassRefusal,
  ChangeFacts,
  EvidenceFacts,
  HealthFacts,
  ImageFacts,
  ShiftFacts
} from '../../ledger/gate-facts.ts'
import type { Closed } from '../policy/authorise.ts'
import type { Language } from '../../words/language.ts'

/**
 * Everything that a card shows. All texts in it are untrusted (branch names, image
 * references, reasons). Times are milliseconds since the epoch. It never contains
 * values of environment variables.
 */
export interface CardView {
  /** The value of the buttons. */
  readonly gateId: string
  readonly language: Language
  /** The time of rendering, for the countdown. */
  readonly now: number
  readonly cluster: string
  readonly service: string
  readonly deploymentId: string
  readonly consoleUrl: string | undefined
  readonly images: readonly ImageFacts[]
  /** Since when green is known to run other images than when the card was posted; undefined if it is not. */
  readonly greenChangedAt?: number | undefined
  readonly revision: { readonly before: string | undefined; readonly after: string }
  /** Differences of the task definition other than images; undefined if they are not known. */
  readonly changes: readonly ChangeFacts[] | undefined
  /** How traffic will move; undefined if the plane did not say. */
  readonly shift: ShiftFacts | undefined
  readonly commit: { readonly sha: string; readonly url: string | undefined } | undefined
  readonly run: { readonly label: string; readonly url: string | undefined } | undefined
  readonly requester: RequesterView
  readonly health: HealthFacts
  /** Where the new version can be tried; a link only if the policy lists its host. */
  readonly testUrl: { readonly text: string; readonly isLink: boolean } | undefined
  readonly evidence: readonly EvidenceFacts[]
  /** Other services whose gates are open or whose traffic is shifting. */
  readonly moving: readonly MovingView[]
  readonly openedAt: number
  /** When the gate expires by itself, before its plane gives up waiting. */
  readonly expiresAt: number
  readonly quorum: number
  readonly votes: readonly { readonly user: string; readonly at: number }[]
  /** Names of the freeze windows in force. If there are any, only break-glass passes. */
  readonly frozenBy: readonly string[]
  /** Why nobody can approve; undefined if somebody can. */
  readonly closedBecause: Closed | undefined
  /** Whether the policy lets somebody break the glass here. */
  readonly breakGlass: boolean
  /** Why the release has to wait for a person although it asked not to. */
  readonly breakGlassRefused: BreakGlassRefusal | undefined
  /** Undefined while the gate is open. */
  readonly decision: DecisionView | undefined
  /** What happened to the traffic; undefined until its plane has said so. */
  readonly trafficResult: TrafficResult | undefined
  /** Who has rolled it back while its traffic moved; undefined if nobody has. */
  readonly rollback?:
    | { readonly at: number; readonly by: string; readonly name: string }
    | undefined
  /** The deployment has just ended, so its rollback may still appear. */
  readonly awaitsRollback: boolean
  /** What production's availability was during the shift; undefined until it is known. */
  readonly availability: AvailabilityFacts | undefined
  /** The chain's head after this decision, `<number>-<sha256 hex>`. */
  readonly head: string | undefined
}

export interface RequesterView {
  /** GitHub logins of who started or re-ran the workflow. Empty if they are not known. */
  readonly logins: readonly string[]
  /** The Slack users to whom the policy maps these logins. */
  readonly users: readonly string[]
  /** Whether GitHub's token proves the logins. */
  readonly verified: boolean
}

export interface MovingView {
  /** `cluster/service` */
  readonly service: string
  readonly what: 'gate-open' | 'traffic-shifting'
  readonly since: number
}

export interface DecisionView {
  readonly state: ClosedState
  readonly at: number
  /** Slack user ids; empty if no person decided. */
  readonly by: readonly string[]
  /** Their names in the same order. */
  readonly names: readonly string[]
  readonly reason: string | undefined
  readonly breakGlass: boolean
  readonly effect: Effect
}
