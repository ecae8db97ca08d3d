import { claimPlace, findGate } from './gates.ts'
import {
  GENESIS,
  headOf,
  readRow,
  rowItem,
  rowOf,
  sealRow,
  type StoredRow
} from './decision-row.ts'
import { serviceOf, type Gate, type Place } from './gate.ts'
import { chainKey, chainPartition } from './keys.ts'
import type { Seal } from './seal.ts'
import type { Table } from './table.ts'

/**
 * Puts a closed gate's decision on record as one row in its service's chain. There
 * is never a second row, whichever functions reconcile the gate, however often, and
 * wherever one of them stops.
 *
 * DynamoDB's transactions are not needed for it: the gate first claims a place
 * in its own item, and the row is created there only if there is none. A claim
 * moves on only when another gate's row stands in its place, and then nobody
 * can create a row there for this gate any more.
 *
 * Returns the gate with its `head`, which is stored with the effect.
 * Errors: those of the table and of KMS. Nothing is lost: call it again.
 */
export async function record(table: Table, seal: Seal, gate: Gate): Promise<Recorded> {
  const service = serviceOf(gate.facts)
  let current = gate
  for (;;) {
    if (isRecorded(current)) return current
    if (current.claim === undefined) {
      current = await claim(table, current, await nextPlace(table, service))
      continue
    }
    const { number, previous } = current.claim
    const row = await sealRow(rowOf(current, number, previous), seal)
    if (await table.create(rowItem(row, current.facts.id))) return recorded(current, row)
    const item = await table.get(chainKey(service, number))
    const standing = item && readRow(item)
    if (item && standing && item['gate'] === current.facts.id) return recorded(current, standing)
    current = await claim(table, current, await nextPlace(table, service))
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
async function claim(table: Table, gate: Gate, place: Place): Promise<Gate> {
  const claimed = (await claimPlace(table, gate, place)) ?? (await findGate(table, gate.facts.id))
  if (!claimed) throw new Error(`gate ${gate.facts.id} is gone`)
  return claimed
}

function isRecorded(gate: Gate): gate is Recorded {
  return gate.head !== undefined
}

function recorded(gate: Gate, row: StoredRow): Recorded {
  return { ...gate, head: headOf(row) }
}
