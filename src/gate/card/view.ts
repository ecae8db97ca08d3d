import type { BreakGlassRefusal } from '../../ledger/gate.ts'
import type { Closed } from '../policy/authorise.ts'
import type { Language } from '../policy/policy.ts'

/**
 * Everything a card shows, worked out beforehand. All texts in it are untrusted
 * (branch names, image references, reasons). Times are milliseconds since the
 * epoch. Values of environment variables are never in it.
 */
export interface CardView {
  /** What the buttons carry. */
  readonly gateId: string
  readonly language: Language
  /** The time of rendering, for the countdown. */
  readonly now: number
  readonly cluster: string
  readonly service: string
  readonly deploymentId: string
  readonly consoleUrl: string | undefined
  readonly images: readonly ImageChange[]
  readonly revision: { readonly before: string | undefined; readonly after: string }
  /** Differences of the task definition other than images; undefined where they are not known. */
  readonly changes: readonly DefinitionChange[] | undefined
  readonly commit: { readonly sha: string; readonly url: string | undefined } | undefined
  readonly run: { readonly label: string; readonly url: string | undefined } | undefined
  readonly requester: RequesterView
  readonly health: HealthView
  readonly testUrl: string | undefined
  readonly evidence: readonly EvidenceView[]
  /** What else is moving now: other services' open gates and shifting traffic. */
  readonly moving: readonly MovingView[]
  readonly openedAt: number
  /** When the gate expires by itself (55 minutes), before CodeDeploy gives up (60). */
  readonly expiresAt: number
  readonly quorum: number
  readonly votes: readonly { readonly user: string; readonly at: number }[]
  /** Names of freeze windows in force: only break-glass passes. */
  readonly frozenBy: readonly string[]
  /** Why nobody can approve at all; undefined: somebody can. */
  readonly closedBecause: Closed | undefined
  /** Whether the policy lets somebody break the glass here. */
  readonly breakGlass: boolean
  /** Why the release has to wait for a person although it asked not to. */
  readonly breakGlassRefused: BreakGlassRefusal | undefined
  /** Undefined while the gate is open. */
  readonly decision: DecisionView | undefined
  /** What became of the traffic, once CodeDeploy has said so. */
  readonly fate: FateView | undefined
  /** What production has shown through the shift, once that is known. */
  readonly availability: AvailabilityView | undefined
  /** The chain's head after this decision, `<number>-<sha256 hex>`. */
  readonly head: string | undefined
}

export interface ImageChange {
  readonly container: string
  readonly before: string | undefined
  readonly after: string
  /** `sha256:...` of the new image, where it is known. */
  readonly digest: string | undefined
}

export interface DefinitionChange {
  readonly path: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly before?: string
  readonly after?: string
}

export interface RequesterView {
  /** GitHub logins, the one who re-ran included. Empty: nobody knows. */
  readonly logins: readonly string[]
  /** Slack users they are, where the policy's map says so. */
  readonly users: readonly string[]
  /** Whether a token of GitHub proves it. */
  readonly verified: boolean
}

export interface HealthView {
  readonly targetGroup: string | undefined
  /** Number of targets by state as ELB names it (`healthy`, `unused`, `initial`, ...). */
  readonly states: Readonly<Record<string, number>>
  /** Undefined: could be read. */
  readonly unavailable: string | undefined
}

export interface EvidenceView {
  readonly name: string
  readonly verdict: 'passed' | 'failed' | 'warning' | 'unknown' | 'pending'
  readonly required: boolean
  readonly summary: string
  /** `tasks`: not by way of a load balancer. */
  readonly asked?: 'tasks'
}

export interface MovingView {
  /** `cluster/service` */
  readonly service: string
  readonly what: 'gate-open' | 'traffic-shifting'
  readonly since: number
}

export interface DecisionView {
  readonly state: 'APPROVED' | 'REJECTED' | 'EXPIRED' | 'FAILED' | 'WITHDRAWN'
  readonly at: number
  /** Slack user ids; empty where no person decided. */
  readonly by: readonly string[]
  readonly reason: string | undefined
  readonly breakGlass: boolean
  /** NONE: CodeDeploy has not heard of it yet. LATE: it had ended before. */
  readonly effect: 'NONE' | 'APPLIED' | 'LATE'
}

export interface FateView {
  readonly status: 'shifting' | 'released' | 'failed' | 'stopped'
  readonly rollback: 'none' | 'in-progress' | 'succeeded' | 'failed'
  readonly at: number
}

export interface AvailabilityView {
  readonly verdict: 'passed' | 'failed' | 'unknown'
  /** Requests. */
  readonly total: number
  readonly failed: number
  readonly summary: string
}
