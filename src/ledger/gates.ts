import { canonical } from './canonical.ts'
import { withinBudget } from './evidence-budget.ts'
import { keepToken } from './hold.ts'
import { GATE, gateKey, gatePartition } from './keys.ts'
import {
  newGate,
  readGate,
  storable,
  type ClosedState,
  type Decision,
  type Gate,
  type GreenFacts,
  type Place,
  type Vote
} from './gate.ts'
import { PENDING, step } from './gate-step.ts'
import type { BreakGlassRefusal, GateFacts } from './gate-facts.ts'
import type { Condition, Table, Value } from './table.ts'

// A gate from its opening until it is closed: how it is found, what it notes, and who closes it.

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
export async function findGate(table: Pick<Table, 'get'>, id: string): Promise<Gate | undefined> {
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
