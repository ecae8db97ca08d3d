import { claimOf, claimPlace, noteResultHead } from './gate-results.ts'
import { findGate } from './gates.ts'
import {
  GENESIS,
  headOf,
  isRowOf,
  readRow,
  rowItem,
  rowOf,
  sealRow,
  type Placed
} from './decision-row.ts'
import type { Entry, Gate, Place, ResultEntry } from './gate.ts'
import { serviceOf } from './gate-facts.ts'
import { chainKey, chainPartition } from './keys.ts'
import { resultRowOf, type Observed } from './result-row.ts'
import type { Seal } from './seal.ts'
import type { Table } from './table.ts'

/**
 * Puts a closed gate's decision on record as one row in its service's chain. There
 * is never a second row, whichever functions reconcile the gate, however often, and
 * wherever one of them stops.
 *
 * DynamoDB's transactions are not needed for it: the gate first claims a place
 * in its own item, and the row is created there only if there is none. A claim
 * moves on only when another row stands in its place, and then nobody can create
 * this one there any more.
 *
 * Returns the gate with its `head`, which is stored with the effect.
 * Errors: those of the table and of KMS. Nothing is lost: call it again.
 */
export async function record(table: Table, seal: Seal, gate: Gate): Promise<Recorded> {
  if (isRecorded(gate)) return gate
  const entered = await enter(table, seal, gate, 'decision', (current, place) =>
    rowOf(current, place.number, place.previous)
  )
  return { ...entered.gate, head: entered.head }
}

/**
 * Puts on record, in the same way and after the decision, what became of the release.
 * What is on record already stays as it is. Returns the gate as it is then.
 * Errors: those of the table and of KMS. Nothing is lost: call it again.
 */
export async function recordResult(
  table: Table,
  seal: Seal,
  gate: Recorded,
  entry: ResultEntry,
  observed: Observed
): Promise<Gate> {
  if (gate.results[entry]?.head !== undefined) return gate
  const entered = await enter(table, seal, gate, entry, (current, place) =>
    resultRowOf({ ...current, head: gate.head }, entry, place, observed)
  )
  return (await noteResultHead(table, entered.gate, entry, entered.head)) ?? entered.gate
}

async function enter(
  table: Table,
  seal: Seal,
  gate: Gate,
  entry: Entry,
  make: (gate: Gate, place: Place) => Placed
): Promise<{ readonly gate: Gate; readonly head: string }> {
  const service = serviceOf(gate.facts)
  let current = gate
  for (;;) {
    const place = claimOf(current, entry)
    if (place === undefined) {
      current = await claim(table, current, await nextPlace(table, service), entry)
      continue
    }
    const row = await sealRow(make(current, place), seal)
    const { id } = current.facts
    if (await table.create(rowItem(row, id, entry))) return { gate: current, head: headOf(row) }
    const item = await table.get(chainKey(service, place.number))
    const standing = item && readRow(item)
    if (item && standing && isRowOf(item, id, entry)) {
      return { gate: current, head: headOf(standing) }
    }
    current = await claim(table, current, await nextPlace(table, service), entry)
  }
}

/** A gate whose decision is on record. */
export type Recorded = Gate & { readonly head: string }

/**
 * Returns the place after the last row of the service's chain. It belongs to the gate whose row is
 * created there first.
 * Errors: those of the table; a chain that ends in something else.
 */
export async function nextPlace(table: Table, service: string): Promise<Place> {
  const item = await table.last(chainPartition(service))
  if (!item) return FIRST
  const last = readRow(item)
  if (!last) throw new Error(`the last item of ${service}'s chain is no decision row`)
  return { number: last.number + 1, previous: last.digest }
}

const FIRST: Place = { number: 1, previous: GENESIS }

/** Returns the gate after the claim, or, if another function was first, as that one left it. */
async function claim(table: Table, gate: Gate, place: Place, entry: Entry): Promise<Gate> {
  const claimed =
    (await claimPlace(table, gate, place, entry)) ?? (await findGate(table, gate.facts.id))
  if (!claimed) throw new Error(`gate ${gate.facts.id} is gone`)
  return claimed
}

function isRecorded(gate: Gate): gate is Recorded {
  return gate.head !== undefined
}
