import type { Item, Value } from './table.ts'
import { GATE, gateKey } from './keys.ts'
import { storedUntil } from './stored.ts'

/**
 * PENDING until one conditional write closes it, for good. FAILED: nobody could
 * be asked, so it failed closed. WITHDRAWN: the deployment ended, or a newer
 * one took its place, before anyone decided.
 */
export type GateState = 'PENDING' | ClosedState
export type ClosedState = 'APPROVED' | 'REJECTED' | 'EXPIRED' | 'FAILED' | 'WITHDRAWN'

/** Whether CodeDeploy has been told. LATE: it had gone on, or ended, without us. */
export type Effect = 'NONE' | 'APPLIED' | 'LATE'

/** What is known when the gate opens, written once. Times are milliseconds since the epoch. */
export interface GateFacts {
  /** `<deployment id>#<hash of the execution id>` (keys.ts). */
  readonly id: string
  readonly deploymentId: string
  readonly region: string
  readonly cluster: string
  readonly service: string
  readonly application: string
  readonly deploymentGroup: string
  readonly deploymentCreatedAt: number
  readonly openedAt: number
  /** When we say no ourselves, before CodeDeploy's hour is over. */
  readonly expiresAt: number
  readonly requester: RequesterFacts
  readonly release: ReleaseFacts
  readonly health: HealthFacts
}

export interface RequesterFacts {
  readonly verified: boolean
  /** Why not, in words for the card and the ledger. */
  readonly why: string | undefined
  readonly logins: readonly string[]
  /** Slack users they are, by the policy's map. */
  readonly users: readonly string[]
  /** Logins without an entry in that map. */
  readonly unmapped: readonly string[]
}

/** In place of green's revision where AWS did not say which it is. */
export const UNREAD_REVISION = 'not known'

/**
 * Why green's health is not known before CodeDeploy has given green a target
 * group. The card replaces it by its own words in the policy's language.
 */
export const NO_TARGET_GROUP = 'green has no target group yet'

/** What is released, from the release's record where there is one, else from AWS alone. */
export interface ReleaseFacts {
  /** SHA-256 of the record as it was read; undefined: there is none. */
  readonly recordDigest: string | undefined
  readonly revision: { readonly before: string | undefined; readonly after: string }
  readonly images: readonly ImageFacts[]
  readonly changes: readonly ChangeFacts[] | undefined
  readonly repository: string | undefined
  readonly commit: { readonly sha: string; readonly url: string | undefined } | undefined
  readonly run: { readonly label: string; readonly url: string | undefined } | undefined
  readonly testUrl: string | undefined
  readonly evidence: readonly EvidenceFacts[]
  /** Evidence of production is to come, after the decision. */
  readonly availability?: true | undefined
  /** Why the runner asks to pass without a person; undefined: it does not. */
  readonly breakGlass: string | undefined
}

export interface ImageFacts {
  readonly container: string
  readonly before: string | undefined
  readonly after: string
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
  /** `pending`: announced, and not there yet. `unknown`: it could not be found out. */
  readonly verdict: 'passed' | 'failed' | 'warning' | 'unknown' | 'pending'
  readonly required: boolean
  readonly summary: string
  /** `tasks`: asked of green's tasks themselves; absent: at an address that people use. */
  readonly asked?: 'tasks'
}

export interface HealthFacts {
  readonly targetGroup: string | undefined
  /** Number of targets by ELB's state. */
  readonly states: Readonly<Record<string, number>>
  readonly unavailable: string | undefined
}

/** A Slack user: the id decides, the name is as it was then, for people to read. */
export interface Person {
  readonly id: string
  readonly name: string
}

export interface Vote {
  /** Slack's user id. */
  readonly user: string
  readonly name: string
  readonly at: number
  /** Undefined: named in the policy. Else the user group that counted, and who was in it. */
  readonly group: { readonly id: string; readonly members: readonly string[] } | undefined
}

export interface Decision {
  readonly at: number
  /** Empty where no person decided. */
  readonly by: readonly Person[]
  readonly reason: string | undefined
  readonly breakGlass: boolean
  /** Digest of the policy it was taken under; undefined where none could be read. */
  readonly policy: string | undefined
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
  /** The row, state, deployment or container that it is about; empty where there is none. */
  readonly about: string
}

/** A place in a service's chain of decisions. */
export interface Place {
  readonly number: number
  /** Digest of the row before. */
  readonly previous: string
}

/** The one Slack message of a gate. */
export interface Card {
  readonly channel: string
  /** Empty until it is posted. */
  readonly ts: string
  /** Digest of what it shows. */
  readonly shown: string
  /** Until when one process alone may touch it; 0: nobody does. */
  readonly lease: number
}

/** What became of the traffic, as CodeDeploy says. */
export interface Fate {
  readonly status: 'shifting' | 'released' | 'failed' | 'stopped'
  readonly rollback: 'none' | 'in-progress' | 'succeeded' | 'failed'
  readonly at: number
}

/** What production has shown through the shift; it comes after the decision, so no decision row has it. */
export interface AvailabilityFacts {
  readonly verdict: 'passed' | 'failed' | 'unknown'
  /** Requests. */
  readonly total: number
  readonly failed: number
  readonly summary: string
}

/** The working item of one gate. */
export interface Gate {
  readonly facts: GateFacts
  readonly state: GateState
  readonly votes: readonly Vote[]
  /** As far as it is there; what the record announces is `pending` until then. */
  readonly evidence: readonly EvidenceFacts[]
  readonly decision: Decision | undefined
  /** Undefined: it did not ask to pass without a person, or it has passed. */
  readonly breakGlassRefused: BreakGlassRefusal | undefined
  /** Where its decision row stands, or will stand. */
  readonly claim: Place | undefined
  /** The chain's head with its row, `<number>-<digest>`; undefined: not known to be on record. */
  readonly head: string | undefined
  readonly effect: Effect
  readonly card: Card
  /** How many reminders were sent. */
  readonly reminded: number
  readonly fate: Fate | undefined
  /** Undefined until it is known. */
  readonly availability: AvailabilityFacts | undefined
  /** Whether something is left to do about it. */
  readonly open: boolean
}

export function newGate(facts: GateFacts): Item {
  const key = gateKey(facts.id)
  if (!key) throw new TypeError(`no gate id: ${facts.id}`)
  return {
    ...key,
    facts: JSON.stringify(facts),
    state: 'PENDING',
    expiresAt: facts.expiresAt,
    votes: {},
    effect: 'NONE',
    card: { channel: '', ts: '', shown: '', lease: 0 },
    reminded: 0,
    open: 'yes',
    ttl: storedUntil(facts.openedAt)
  }
}

/**
 * The gate in an item. Only the gate's own functions can write under
 * `gate#` (infra/gate.yaml), so the item is what `newGate` and the changes of
 * gates.ts made of it.
 */
export function readGate(item: Item): Gate {
  if (!item.pk.startsWith(GATE)) throw new TypeError(`no gate under ${item.pk}`)
  const stored = item as unknown as Stored
  const facts = JSON.parse(stored.facts) as GateFacts
  return {
    facts,
    state: stored.state,
    votes: Object.entries(stored.votes)
      .map(([user, vote]) => ({ user, name: vote.name, at: vote.at, group: vote.group }))
      .sort((a, b) => a.at - b.at || (a.user < b.user ? -1 : 1)),
    evidence: stored.evidence ?? facts.release.evidence,
    decision: stored.decision && {
      ...stored.decision,
      reason: stored.decision.reason ?? undefined,
      policy: stored.decision.policy ?? undefined
    },
    breakGlassRefused: stored.breakGlassRefused,
    claim: stored.claim,
    head: stored.head,
    effect: stored.effect,
    card: stored.card,
    reminded: stored.reminded,
    fate: stored.fate,
    availability: stored.availability,
    open: stored.open !== undefined
  }
}

interface Stored {
  readonly facts: string
  readonly state: GateState
  readonly votes: Readonly<Record<string, Omit<Vote, 'user' | 'group'> & { group?: Vote['group'] }>>
  readonly evidence?: readonly EvidenceFacts[]
  readonly decision?: Decision
  readonly breakGlassRefused?: BreakGlassRefusal
  readonly claim?: Place
  readonly head?: string
  readonly effect: Effect
  readonly card: Card
  readonly reminded: number
  readonly fate?: Fate
  readonly availability?: AvailabilityFacts
  readonly open?: string
}

/** A value as the table takes it: without members that are undefined. */
export function storable(value: object): Value {
  return JSON.parse(JSON.stringify(value)) as Value
}
