import { canonical } from './canonical.ts'
import { withinBudget } from './evidence-budget.ts'
import { keepToken } from './hold.ts'
import { GATE, gateKey, gatePartition } from './keys.ts'
import {
  newGate,
  readGate,
  storable,
  type AvailabilityFacts,
  type Card,
  type ClosedState,
  type Decision,
  type Digest,
  type Effect,
  type Entry,
  type TrafficResult,
  type Gate,
  type GreenFacts,
  type Place,
  type ResultEntry,
  type Vote
} from './gate.ts'
import type { BreakGlassRefusal, GateFacts, Hold } from './gate-facts.ts'
import type { Change, Condition, Item, Key, Table, Value } from './table.ts'

/*
 * Every step in the life of a gate is one conditional write: if two functions try
 * it at once, one wins and the other is told (security.md, "Exactly once"). A step
 * returns undefined if the table refused it by its condition, because another
 * function was first or the time was over. Whoever needs to know what became of
 * the gate reads it again.
 */

const PENDING: Condition = { is: 'equal', path: 'state', value: 'PENDING' }

function beforeExpiry(now: number): Condition {
  return { is: 'at-least', path: 'expiresAt', value: now + 1 }
}

/** What green runs is what it was when the gate was read: what was compared or judged then, still holds. */
function sameGreen({ green }: Gate): Condition {
  return green === undefined
    ? { is: 'absent', path: 'green' }
    : { is: 'equal', path: 'green', value: canonical(green) }
}

/**
 * Opens the gate, or returns the one that is there: a redelivered event changes
 * nothing. The tokens of its holds, in their order, are kept first: a gate without
 * them could not be carried out.
 */
export async function openGate(
  table: Table,
  facts: GateFacts,
  tokens: readonly string[]
): Promise<{ readonly gate: Gate; readonly opened: boolean }> {
  const item = newGate(facts)
  for (const [index, hold] of facts.holds.entries()) {
    const token = tokens[index]
    if (token === undefined) throw new TypeError(`no token of ${hold.deploymentId}`)
    await keepToken(table, facts, hold, token)
  }
  if (await table.create(item)) return { gate: readGate(item), opened: true }
  const gate = await findGate(table, facts.id)
  if (!gate) throw new Error(`gate ${facts.id} exists and cannot be read`)
  return { gate, opened: false }
}

/** Reads a gate; undefined if the id is not valid or names no gate. */
export async function findGate(table: Table, id: string): Promise<Gate | undefined> {
  const key = gateKey(id)
  const item = key && (await table.get(key))
  return item && readGate(item)
}

/**
 * Reads again a gate that somebody else has just changed.
 *
 * @throws Error if there is no such gate; errors of the table.
 */
export async function readAgain(table: Table, { facts }: Gate): Promise<Gate> {
  const found = await findGate(table, facts.id)
  if (!found) throw new Error(`gate ${facts.id} is gone`)
  return found
}

/** The gates of one release: one, unless its plane has asked more than once. */
export async function gatesOf(table: Table, releaseId: string): Promise<Gate[]> {
  return (await table.query(gatePartition(releaseId))).map(readGate)
}

/** Every gate with something left to do. */
export async function openGates(table: Table): Promise<Gate[]> {
  return (await table.open(GATE)).map(readGate)
}

/** Adds an approval. A second one of the same person is refused. */
export function castVote(table: Table, gate: Gate, vote: Vote): Promise<Gate | undefined> {
  return step(table, gate, { set: voteOf(vote) }, [
    PENDING,
    beforeExpiry(vote.at),
    sameGreen(gate),
    { is: 'absent', path: `votes.${vote.user}` }
  ])
}

function voteOf({ user, ...rest }: Vote): Record<string, Value> {
  return { [`votes.${user}`]: storable(rest) }
}

/** Notes the evidence that has arrived while the gate is open, with texts that the item has room for. */
export function noteEvidence(
  table: Table,
  gate: Gate,
  evidence: Gate['evidence']
): Promise<Gate | undefined> {
  const conditions = [PENDING, sameGreen(gate)]
  return step(table, gate, { set: { evidence: stored(evidence) } }, conditions)
}

function stored(evidence: Gate['evidence']): Value[] {
  return withinBudget(evidence).map(storable)
}

/**
 * Notes that green runs something else than the card shows. Who has voted has voted on what it
 * showed, and evidence was measured on that: neither counts any more. `why` becomes the summary of
 * such evidence.
 */
export function noteGreen(
  table: Table,
  gate: Gate,
  green: GreenFacts,
  why: string
): Promise<Gate | undefined> {
  const evidence = gate.evidence.map((each) =>
    each.verdict === 'pending' ? each : { ...each, verdict: 'unknown' as const, summary: why }
  )
  const set = { green: canonical(green), votes: {}, evidence: stored(evidence) }
  return step(table, gate, { set }, [PENDING, sameGreen(gate)])
}

/** Notes once why the release has to wait for a person although it asked not to. */
export function noteBreakGlassRefusal(
  table: Table,
  gate: Gate,
  refusal: BreakGlassRefusal
): Promise<Gate | undefined> {
  return step(table, gate, { set: { breakGlassRefused: storable(refusal) } }, [
    PENDING,
    { is: 'absent', path: 'breakGlassRefused' }
  ])
}

/** What a gate is closed with. */
export interface Closing {
  readonly decision: Decision
  /** The place of the decision's row in the chain, if the caller has looked it up. If not, it is claimed afterwards. */
  readonly place?: Place | undefined
}

/** Closes by approval once this many have voted for it. */
export function approve(
  table: Table,
  gate: Gate,
  closing: Closing,
  quorum: number
): Promise<Gate | undefined> {
  return close(table, gate, 'APPROVED', closing, [
    beforeExpiry(closing.decision.at),
    sameGreen(gate),
    { is: 'size-at-least', path: 'votes', value: quorum }
  ])
}

/** Adds an approval and closes with it, unless anybody has voted since the gate was read. */
export function approveWith(
  table: Table,
  gate: Gate,
  closing: Closing,
  vote: Vote
): Promise<Gate | undefined> {
  const conditions: Condition[] = [
    beforeExpiry(closing.decision.at),
    sameGreen(gate),
    { is: 'size', path: 'votes', value: gate.votes.length },
    { is: 'absent', path: `votes.${vote.user}` }
  ]
  return close(table, gate, 'APPROVED', closing, conditions, voteOf(vote))
}

/** Closes because one person, who may break the glass, says so in spite of quorum and freeze. */
export function breakGlass(table: Table, gate: Gate, closing: Closing): Promise<Gate | undefined> {
  return close(table, gate, 'APPROVED', closing, [beforeExpiry(closing.decision.at)])
}

export function reject(table: Table, gate: Gate, closing: Closing): Promise<Gate | undefined> {
  return close(table, gate, 'REJECTED', closing, [beforeExpiry(closing.decision.at)])
}

/** Closes at the end of its time, not before. */
export function expire(table: Table, gate: Gate, closing: Closing): Promise<Gate | undefined> {
  const over: Condition = { is: 'below', path: 'expiresAt', value: closing.decision.at + 1 }
  return close(table, gate, 'EXPIRED', closing, [over])
}

/** Closes because nobody can be asked, or nobody needs to be asked any more. */
export function giveUp(
  table: Table,
  gate: Gate,
  state: 'FAILED' | 'WITHDRAWN',
  closing: Closing
): Promise<Gate | undefined> {
  return close(table, gate, state, closing, [])
}

function close(
  table: Table,
  gate: Gate,
  state: ClosedState,
  { decision, place }: Closing,
  conditions: readonly Condition[],
  further: Readonly<Record<string, Value>> = {}
): Promise<Gate | undefined> {
  const claim = place && { claim: storable(place) }
  const set = { state, decision: storable(decision), ...claim, ...further }
  return step(table, gate, { set }, [PENDING, ...conditions])
}

/** Where a gate's item has the place of each of its rows. */
const CLAIMS = {
  decision: 'claim',
  shifted: 'shiftedClaim',
  ended: 'endedClaim'
} as const satisfies Record<Entry, string>

/** The place that a row of the gate has claimed. */
export function claimOf(gate: Gate, entry: Entry): Place | undefined {
  return entry === 'decision' ? gate.claim : gate.results[entry]?.claim
}

/** Takes a place in the chain for a row of the gate, or changes it for another. */
export function claimPlace(
  table: Table,
  gate: Gate,
  place: Place,
  entry: Entry = 'decision'
): Promise<Gate | undefined> {
  const claim = claimOf(gate, entry)
  const path = CLAIMS[entry]
  const still: Condition =
    claim === undefined
      ? { is: 'absent', path }
      : { is: 'equal', path: `${path}.number`, value: claim.number }
  return step(table, gate, { set: { [path]: storable(place) } }, [still])
}

/** Notes that a row of what became of the release stands in the chain. */
export function noteResultHead(
  table: Table,
  gate: Gate,
  entry: ResultEntry,
  head: string
): Promise<Gate | undefined> {
  return step(table, gate, { set: { [`${entry}Head`]: head } }, [])
}

/**
 * Marks a hold as answered, with a decision that is on record, as the gate's `head` says. Each hold
 * is marked by itself, so that after a crash between two the second is still to be answered.
 */
export function markAnswered(
  table: Table,
  gate: Gate & { readonly head: string },
  { deploymentId }: Hold,
  effect: Exclude<Effect, 'NONE'>
): Promise<Gate | undefined> {
  const path = `effects.${deploymentId}`
  return step(table, gate, { set: { [path]: effect, head: gate.head } }, [
    { is: 'equal', path, value: 'NONE' }
  ])
}

/** Leases the card. Only the process that has the lease may send the card to Slack. */
export function leaseCard(
  table: Table,
  gate: Gate,
  now: number,
  until: number
): Promise<Gate | undefined> {
  return step(table, gate, { set: { 'card.lease': until } }, [
    { is: 'below', path: 'card.lease', value: now + 1 }
  ])
}

/** Ends the lease and notes what the card shows now. */
export function returnCard(
  table: Table,
  gate: Gate,
  card: Omit<Card, 'lease'>
): Promise<Gate | undefined> {
  return step(table, gate, { set: { card: { ...card, lease: 0 } } }, [
    { is: 'equal', path: 'card.lease', value: gate.card.lease }
  ])
}

/** Leases the digest. Only the process that has the lease may post it. */
export function leaseDigest(
  table: Table,
  gate: Gate,
  channel: string,
  now: number,
  until: number
): Promise<Gate | undefined> {
  const { digest } = gate
  const free: Condition = digest
    ? { is: 'below', path: 'digest.lease', value: now + 1 }
    : { is: 'absent', path: 'digest' }
  const set = { channel, ts: '', details: '', ...digest, lease: until }
  return step(table, gate, { set: { digest: set } }, [free, ...sameDigest(digest)])
}

/** Notes what of the digest is posted. A lease of 0 ends the lease. */
export function noteDigest(
  table: Table,
  gate: Gate & { readonly digest: Digest },
  digest: Digest
): Promise<Gate | undefined> {
  return step(table, gate, { set: { digest: { ...digest } } }, [
    { is: 'equal', path: 'digest.lease', value: gate.digest.lease }
  ])
}

/** Whoever leases it has read what was posted last, and posts none of it again. */
function sameDigest(digest: Digest | undefined): Condition[] {
  if (!digest) return []
  return [
    { is: 'equal', path: 'digest.ts', value: digest.ts },
    { is: 'equal', path: 'digest.details', value: digest.details }
  ]
}

/** Notes one more reminder. The process whose write succeeds sends it. */
export function takeReminder(table: Table, gate: Gate): Promise<Gate | undefined> {
  return step(table, gate, { set: { reminded: gate.reminded + 1 } }, [
    PENDING,
    { is: 'equal', path: 'reminded', value: gate.reminded }
  ])
}

export function noteTrafficResult(
  table: Table,
  gate: Gate,
  { deploymentId }: Hold,
  trafficResult: TrafficResult
): Promise<Gate | undefined> {
  const path = `trafficResults.${deploymentId}`
  return step(table, gate, { set: { [path]: storable(trafficResult) } }, [NOT_ENDED])
}

/** The end goes on record as the gate has it then, and the two agree from then on. */
const NOT_ENDED: Condition = { is: 'absent', path: 'endedClaim' }

export function noteAvailability(
  table: Table,
  gate: Gate,
  availability: AvailabilityFacts
): Promise<Gate | undefined> {
  return step(table, gate, { set: { availability: storable(availability) } }, [NOT_ENDED])
}

/** Takes the gate out of the index of open gates, because nothing is left to do for it. */
export function settle(table: Table, gate: Gate): Promise<Gate | undefined> {
  return step(table, gate, { remove: ['open'] }, [])
}

async function step(
  table: Table,
  gate: Gate,
  change: Change,
  conditions: readonly Condition[]
): Promise<Gate | undefined> {
  const item: Item | undefined = await table.update(keyOf(gate), change, conditions)
  return item && readGate(item)
}

function keyOf({ facts }: Gate): Key {
  const key = gateKey(facts.id)
  if (!key) throw new TypeError(`no gate id: ${facts.id}`)
  return key
}
