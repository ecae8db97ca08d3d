import type { Decider } from '../release/decision.ts'
import type { Item, Value } from './table.ts'
import type { BreakGlassRefusal, EvidenceFacts, GateFacts, ImageFacts } from './gate-facts.ts'
import { GATE, gateKey } from './keys.ts'
import { expiryOf } from './ttl.ts'

/**
 * A gate is PENDING until one conditional write closes it for good. FAILED: the
 * gate closed because nobody could be asked. WITHDRAWN: the deployment ended, or a
 * newer one took its place, before anyone decided.
 */
export type GateState = 'PENDING' | ClosedState
export type ClosedState = 'APPROVED' | 'REJECTED' | 'EXPIRED' | 'FAILED' | 'WITHDRAWN'

/** Whether a hold was answered with the decision. LATE: the deployment had gone on or ended before. */
export type Effect = 'NONE' | 'APPLIED' | 'LATE'

export interface Vote {
  /** Slack's user id. */
  readonly user: string
  readonly name: string
  readonly at: number
  /** The user group through which the person may vote, and its members then; undefined if the policy names the person. */
  readonly group: { readonly id: string; readonly members: readonly string[] } | undefined
}

export interface Decision {
  readonly at: number
  /** Empty if no person decided. */
  readonly by: readonly Decider[]
  readonly reason: string | undefined
  readonly breakGlass: boolean
  /** Digest of the policy that was in force; undefined if it could not be read. */
  readonly policy: string | undefined
}

/** A person's decision that the start comes back while traffic moves. */
export interface Rollback {
  readonly at: number
  readonly by: Decider
  /** Digest of the policy that was in force. */
  readonly policy: string
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
  /** Slack's id of the message; empty until it is posted. */
  readonly ts: string
  /** Digest of the message that it shows. */
  readonly shown: string
  /** Until when only one process may send it; 0 if no process does. */
  readonly lease: number
}

/** What green was seen to run after the gate had opened. */
export interface GreenFacts {
  readonly at: number
  readonly images: readonly ImageFacts[]
}

/** What green runs as far as the gate knows, which is what the card shows and what is decided on. */
export function imagesOf({ facts, green }: Pick<Gate, 'facts' | 'green'>): readonly ImageFacts[] {
  return green?.images ?? facts.release.images
}

/**
 * What happened to the traffic of one hold, as its plane says. What a plane does not say is absent,
 * and so it is in gates of releases before this was noted.
 */
export interface TrafficResult {
  readonly status: 'shifting' | 'released' | 'failed' | 'stopped'
  readonly rollback: 'none' | 'in-progress' | 'succeeded' | 'failed'
  /** When it has ended; while it goes on, when the traffic began to move. */
  readonly at: number
  /** When the first traffic moved to green; absent if none did. */
  readonly beganAt?: number
  /** When all traffic was on green; absent if it never was. */
  readonly shiftedAt?: number
  /** When the rollback had succeeded; absent if it has not. */
  readonly rolledBackAt?: number
  /** Which of the gate's functions has stopped it; absent if none of them did. */
  readonly stoppedBy?: StoppedBy
  /** Which limit production broke, if the observer has stopped it. */
  readonly stoppedBecause?: string
  /** Why the deployment did not succeed, in the plane's own words. */
  readonly why?: string
  /** How far a plane has moved the traffic that moves it in steps; absent for any other. */
  readonly reached?: StepReached
  /** Weights that somebody else has changed; absent if nobody has. */
  readonly foreign?: ForeignWeights
}

/** Who has ended it: of the gate's functions, or, of a plane that moves in steps, whatever the mover was told. */
export type StoppedBy =
  | 'observer'
  | 'watchdog'
  | 'person'
  | 'condition'
  | 'rejected'
  | 'expired'
  | 'job'
  | 'others'

/** The share of new requests that go to a side by now. */
export interface StepReached {
  readonly share: number
  readonly side: string
  /** Percent; absent if no step follows. */
  readonly next?: number
}

/** What the plane has left, and what stands there instead. */
export interface ForeignWeights {
  readonly sides: readonly [string, string]
  readonly left: readonly [number, number]
  /** Absent if the listener or rule is gone, or forwards to other groups. */
  readonly found?: readonly [number, number]
}

/**
 * The line in the channel that says how the release has ended, and its details in the thread. It
 * is posted after everything else, once.
 */
export interface Digest {
  readonly channel: string
  /** Slack's id of the line; empty until it is posted. */
  readonly ts: string
  /** Slack's id of the details; empty until they are posted. */
  readonly details: string
  /** Until when only one process may post it; 0 if no process does. */
  readonly lease: number
}

/** Production's availability during the shift. It arrives after the decision, so no decision row contains it. */
export interface AvailabilityFacts {
  readonly verdict: 'passed' | 'failed' | 'unknown'
  /** Number of requests. */
  readonly total: number
  readonly failed: number
  readonly summary: string
  /** Who has measured it; absent in gates of an older release. */
  readonly measuredBy?: 'observer' | 'job'
}

/**
 * What goes on record of a gate, each once and as one row in its service's chain: what was decided,
 * that all traffic is on green while the deployment still goes on, that a person has rolled it
 * back, and how it ended.
 */
export const ENTRIES = ['decision', 'shifted', 'rollback', 'ended'] as const
export type Entry = (typeof ENTRIES)[number]
export type ResultEntry = Exclude<Entry, 'decision'>

/** A gate with everything that changes about it. */
export interface Gate {
  readonly facts: GateFacts
  readonly state: GateState
  readonly votes: readonly Vote[]
  /** Evidence that the record announces is `pending` until it arrives. */
  readonly evidence: readonly EvidenceFacts[]
  readonly decision: Decision | undefined
  /** Undefined if the job did not ask to pass without a person, or if it has passed. */
  readonly breakGlassRefused: BreakGlassRefusal | undefined
  /** The place of its decision row in the chain, which may not be written yet. */
  readonly claim: Place | undefined
  /** The chain's head after its row, `<number>-<digest>`; undefined until the row is known to be written. */
  readonly head: string | undefined
  /** The same two of the rows that say what became of the release; a row that is not claimed yet is absent. */
  readonly results: Readonly<
    Partial<Record<ResultEntry, { readonly claim: Place; readonly head: string | undefined }>>
  >
  /** By the hold's deployment id; `effectOf` says what it is for the gate. */
  readonly effects: Readonly<Record<string, Effect>>
  /** Undefined if nobody has rolled it back. */
  readonly rollback: Rollback | undefined
  /** Whether the plane was told of it. */
  readonly rollbackEffect: Effect
  readonly card: Card
  /** What green ran at a click, if it was not what the card showed; undefined while it is what it ran when the gate opened. */
  readonly green: GreenFacts | undefined
  /** Undefined until somebody begins to post it. */
  readonly digest: Digest | undefined
  /** How many reminders were sent. */
  readonly reminded: number
  /** By the hold's deployment id, once its plane says anything; `trafficResultOf` says what it is for the gate. */
  readonly trafficResults: Readonly<Record<string, TrafficResult>>
  /** Undefined until it is known. */
  readonly availability: AvailabilityFacts | undefined
  /** Whether the sweep still has something to do for it. */
  readonly open: boolean
}

export function newGate(facts: GateFacts): Item {
  const key = gateKey(facts.id)
  if (!key) throw new TypeError(`no gate id: ${facts.id}`)
  const effects = Object.fromEntries(
    facts.holds.map(({ deploymentId }) => [deploymentId, 'NONE' as const])
  )
  if (Object.keys(effects).length < facts.holds.length) {
    throw new TypeError(`gate ${facts.id} holds a deployment twice`)
  }
  return {
    ...key,
    facts: JSON.stringify(facts),
    state: 'PENDING',
    expiresAt: facts.expiresAt,
    votes: {},
    effects,
    trafficResults: {},
    card: { channel: '', ts: '', shown: '', lease: 0 },
    reminded: 0,
    open: 'yes',
    ttl: expiryOf(facts.openedAt)
  }
}

/**
 * Reads the gate from an item. Only the gate's functions may write under `gate#`
 * (infra/gate.yaml), so the item has the form that `newGate` and gates.ts give it.
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
    results: {
      ...(stored.shiftedClaim && {
        shifted: { claim: stored.shiftedClaim, head: stored.shiftedHead }
      }),
      ...(stored.rollbackClaim && {
        rollback: { claim: stored.rollbackClaim, head: stored.rollbackHead }
      }),
      ...(stored.endedClaim && { ended: { claim: stored.endedClaim, head: stored.endedHead } })
    },
    effects: stored.effects,
    rollback: stored.rollback,
    rollbackEffect: stored.rollbackEffect ?? 'NONE',
    card: stored.card,
    green: stored.green === undefined ? undefined : (JSON.parse(stored.green) as GreenFacts),
    digest: stored.digest,
    reminded: stored.reminded,
    trafficResults: stored.trafficResults,
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
  readonly shiftedClaim?: Place
  readonly shiftedHead?: string
  readonly rollbackClaim?: Place
  readonly rollbackHead?: string
  readonly rollback?: Rollback
  readonly rollbackEffect?: Effect
  readonly endedClaim?: Place
  readonly endedHead?: string
  readonly effects: Gate['effects']
  readonly card: Card
  /** Canonical JSON, so that a condition can compare it. */
  readonly green?: string
  readonly digest?: Digest
  readonly reminded: number
  readonly trafficResults: Gate['trafficResults']
  readonly availability?: AvailabilityFacts
  readonly open?: string
}

/** Returns the value without members that are undefined, as the table takes it. */
export function storable(value: object): Value {
  return JSON.parse(JSON.stringify(value)) as Value
}
