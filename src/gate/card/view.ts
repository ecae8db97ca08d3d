import type { BreakGlassRefusal } from '../../ledger/gate.ts'
import type { Closed } from '../policy/authorise.ts'
import type { Language } from '../policy/policy.ts'

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
  readonly images: readonly ImageChange[]
  readonly revision: { readonly before: string | undefined; readonly after: string }
  /** Differences of the task definition other than images; undefined if they are not known. */
  readonly changes: readonly DefinitionChange[] | undefined
  readonly commit: { readonly sha: string; readonly url: string | undefined } | undefined
  readonly run: { readonly label: string; readonly url: string | undefined } | undefined
  readonly requester: RequesterView
  readonly health: HealthView
  readonly testUrl: string | undefined
  readonly evidence: readonly EvidenceView[]
  /** Other services whose gates are open or whose traffic is shifting. */
  readonly moving: readonly MovingView[]
  readonly openedAt: number
  /** When the gate expires by itself (55 minutes), before CodeDeploy gives up (60). */
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
  /** What happened to the traffic; undefined until CodeDeploy has said so. */
  readonly fate: FateView | undefined
  /** What production's availability was during the shift; undefined until it is known. */
  readonly availability: AvailabilityView | undefined
  /** The chain's head after this decision, `<number>-<sha256 hex>`. */
  readonly head: string | undefined
}

export interface ImageChange {
  readonly container: string
  readonly before: string | undefined
  readonly after: string
  /** `sha256:...` of the new image; undefined if it is not known. */
  readonly digest: string | undefined
}

export interface DefinitionChange {
  readonly path: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly before?: string
  readonly after?: string
}

export interface RequesterView {
  /** GitHub logins of who started or re-ran the workflow. Empty if they are not known. */
  readonly logins: readonly string[]
  /** The Slack users to whom the policy maps these logins. */
  readonly users: readonly string[]
  /** Whether GitHub's token proves the logins. */
  readonly verified: boolean
}

export interface HealthView {
  readonly targetGroup: string | undefined
  /** Number of targets by state as ELB names it (`healthy`, `unused`, `initial`, ...). */
  readonly states: Readonly<Record<string, number>>
  /** Why the health could not be read; undefined if it could. */
  readonly unavailable: string | undefined
}

export interface EvidenceView {
  readonly name: string
  readonly verdict: 'passed' | 'failed' | 'warning' | 'unknown' | 'pending'
  readonly required: boolean
  readonly summary: string
  /** `tasks`: the tasks were asked directly, without a load balancer. */
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
  /** Slack user ids; empty if no person decided. */
  readonly by: readonly string[]
  readonly reason: string | undefined
  readonly breakGlass: boolean
  /** NONE: CodeDeploy has not been told yet. LATE: the deployment had ended before. */
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
