import { serviceId } from './keys.ts'

/**
 * One deployment that waits for the gate's answer. It is readable by jobs, so the token with which
 * it is answered stands elsewhere (hold.ts). Times are milliseconds since the epoch.
 */
export interface Hold {
  /** The kind of control plane that waits (gate/runtime/planes.ts). */
  readonly plane: string
  /** What the plane calls the deployment. */
  readonly deploymentId: string
  readonly cluster: string
  readonly service: string
  readonly openedAt: number
  /** When the plane stops waiting and decides by itself. */
  readonly expiresAt: number
}

/** The holds of a gate: one for each service of the release, in the order in which they are answered. */
export type Holds = readonly [Hold, ...Hold[]]

/** What is known when the gate opens. It is written once. Times are milliseconds since the epoch. */
export interface GateFacts {
  /** `<release id>#<hash of the holds' tokens>` (keys.ts). */
  readonly id: string
  /** The release of one service has its deployment's id. */
  readonly releaseId: string
  readonly holds: Holds
  readonly region: string
  /** When the deployment was created. */
  readonly createdAt: number
  /** Where people see the deployment; undefined if its plane has no page for it. */
  readonly consoleUrl: string | undefined
  /** What the plane calls the things that it releases to. */
  readonly names: Readonly<Record<string, string>>
  readonly openedAt: number
  /** When the gate's functions say no, before the first of the holds runs out. */
  readonly expiresAt: number
  readonly requester: RequesterFacts
  readonly release: ReleaseFacts
  readonly health: HealthFacts
  /** Absent if the plane did not say. */
  readonly shift?: ShiftFacts
}

/**
 * The service under whose rules the gate is decided and in whose chain the decision stands:
 * `cluster/service` of the first hold.
 */
export function serviceOf({ holds: [first] }: Pick<GateFacts, 'holds'>): string {
  return serviceId(first.cluster, first.service)
}

export interface RequesterFacts {
  readonly verified: boolean
  /** Why the requester is not verified, in words for the card and the ledger. */
  readonly why: string | undefined
  readonly logins: readonly string[]
  /** The Slack users to whom the policy maps these logins. */
  readonly users: readonly string[]
  /** Logins that the policy does not map. */
  readonly unmapped: readonly string[]
}

/** Stands for green's revision if AWS did not say which it is. */
export const UNREAD_REVISION = 'not known'

/**
 * Why green's health is not known before the plane has given green a target
 * group. The card replaces it by its own words in the policy's language.
 */
export const NO_TARGET_GROUP = 'green has no target group yet'

/** What is released, from AWS and, if there is one, the release's record. */
export interface ReleaseFacts {
  /** SHA-256 of the record as it was read; undefined if there is none. */
  readonly recordDigest: string | undefined
  readonly revision: { readonly before: string | undefined; readonly after: string }
  readonly images: readonly ImageFacts[]
  readonly changes: readonly ChangeFacts[] | undefined
  readonly repository: string | undefined
  readonly commit: { readonly sha: string; readonly url: string | undefined } | undefined
  readonly run: { readonly label: string; readonly url: string | undefined } | undefined
  readonly testUrl: string | undefined
  readonly evidence: readonly EvidenceFacts[]
  /** `true` if evidence of production will arrive after the decision. */
  readonly availability?: true | undefined
  /** The job's reason for passing without a person; undefined if it does not ask to. */
  readonly breakGlass: string | undefined
}

export interface ImageFacts {
  readonly container: string
  readonly before: string | undefined
  readonly after: string
  /** `sha256:...` of the new image; undefined if it is not known. */
  readonly digest: string | undefined
}

export interface ChangeFacts {
  readonly path: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly before?: string
  readonly after?: string
}

export interface EvidenceFacts {
  readonly name: string
  /** `pending`: announced, but not arrived yet. `unknown`: it could not be measured. */
  readonly verdict: 'passed' | 'failed' | 'warning' | 'unknown' | 'pending'
  readonly required: boolean
  readonly summary: string
  /** `tasks`: green's tasks were asked directly. Absent: they were asked at an address that people use. */
  readonly asked?: 'tasks'
  /** `job`: CI says that it has measured it. Absent: it has not arrived, or an older gate did not note it. */
  readonly measuredBy?: 'job' | 'function'
}

/** A target of green, as the load balancer has it. */
export interface TargetFacts {
  /** `address:port` */
  readonly id: string
  readonly state: string
  /** The load balancer's own code and words; absent for a healthy target. */
  readonly reason?: string
  readonly description?: string
}

export interface HealthFacts {
  readonly targetGroup: string | undefined
  /** Number of targets by state as ELB names it (`healthy`, `unused`, `initial`, ...). */
  readonly states: Readonly<Record<string, number>>
  /** The first 100 targets; absent in gates of earlier versions. `states` counts all. */
  readonly targets?: readonly TargetFacts[]
  /** Why the health could not be read; undefined if it could. */
  readonly unavailable: string | undefined
}

/** Why a rollback that asked to pass without a person has to wait for one (docs/gate-policy.md). */
export const BREAK_GLASS_REFUSALS = [
  'not-allowed',
  'not-proven',
  'revision-unread',
  'chain-damaged',
  'never-decided',
  'not-approved',
  'seal-broken',
  'seal-unread',
  'gone-back-from',
  'result-unknown',
  'late',
  'failed',
  'stopped',
  'rolled-back',
  'digest-not-recorded',
  'digest-not-known',
  'digest-differs'
] as const

export interface BreakGlassRefusal {
  readonly why: (typeof BREAK_GLASS_REFUSALS)[number]
  /** The row, state, deployment or container that it is about; empty if there is none. */
  readonly about: string
}

/** How the plane will move traffic once the gate has said yes. */
export type ShiftFacts =
  | { readonly kind: 'all-at-once' }
  /** A first share at once, the rest after so many minutes. */
  | { readonly kind: 'canary'; readonly percentage: number; readonly minutes: number }
  /** The same share again after every so many minutes, the first at once. */
  | { readonly kind: 'linear'; readonly percentage: number; readonly minutes: number }
  /**
   * Rising shares, each watched for so many minutes, to one of two sides that have names. A person
   * is asked again before `asksBefore` percent; absent: before none.
   */
  | {
      readonly kind: 'steps'
      readonly shares: readonly number[]
      readonly from: string
      readonly to: string
      readonly minutes: number
      readonly asksBefore?: number
    }
