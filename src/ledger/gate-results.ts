import {
  storable,
  type AvailabilityFacts,
  type Effect,
  type Entry,
  type Gate,
  type Place,
  type ResultEntry,
  type Rollback,
  type TrafficResult
} from './gate.ts'
import type { Hold } from './gate-facts.ts'
import { step } from './gate-step.ts'
import type { Condition, Table } from './table.ts'

// What follows a decision: its rows in the chain, the answers to the holds, and what became of the traffic.

/** Where a gate's item has the place of each of its rows. */
const CLAIMS = {
  decision: 'claim',
  shifted: 'shiftedClaim',
  rollback: 'rollbackClaim',
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

/** Notes a person's decision to roll back, once, and not after the end. */
export function noteRollback(
  table: Table,
  gate: Gate,
  rollback: Rollback
): Promise<Gate | undefined> {
  return step(table, gate, { set: { rollback: storable(rollback) } }, [
    { is: 'equal', path: 'state', value: 'APPROVED' },
    { is: 'absent', path: 'rollback' },
    NOT_ENDED
  ])
}

/** Notes that the plane has been told of it. */
export function noteRollbackEffect(
  table: Table,
  gate: Gate,
  effect: Exclude<Effect, 'NONE'>
): Promise<Gate | undefined> {
  return step(table, gate, { set: { rollbackEffect: effect } }, [])
}

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
