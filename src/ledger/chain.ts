import { claimNumber, findGate, recorded } from './gates.ts'
import {
  GENESIS,
  headOf,
  readRow,
  rowItem,
  rowOf,
  sealRow,
  type StoredRow
} from './decision-row.ts'
import type { Gate } from './gate.ts'
import { chainKey, chainPartition, serviceId } from './keys.ts'
import type { Seal } from './seal.ts'
import type { Table } from './table.ts'

/**
 * Puts a closed gate's decision on record: one row in its service's chain, and
 * never a second one, whoever drives it, however often, and wherever one of
 * them stops.
 *
 * DynamoDB's transactions are not needed for it: the gate first claims a number
 * in its own item, and the row is created under that number only if there is
 * none. A claim moves on only when another gate's row stands under its number,
 * and then nobody can create a row there for this gate any more.
 *
 * Returns the gate with its `head`.
 * Errors: those of the table and of KMS. Nothing is lost: call it again.
 */
export async function record(table: Table, seal: Seal, gate: Gate): Promise<Gate> {
  const service = serviceId(gate.facts.cluster, gate.facts.service)
  let current = gate
  let before: StoredRow | undefined
  for (;;) {
    if (current.head !== undefined) return current
    if (current.claim === undefined) {
      before = await lastRow(table, service)
      current = await claim(table, current, (before?.number ?? 0) + 1)
      continue
    }
    const number = current.claim
    if (before?.number !== number - 1) before = await rowAt(table, service, number - 1)
    const row = await sealRow(rowOf(current, number, before?.digest ?? GENESIS), seal)
    if (await table.create(rowItem(row, current.facts.id))) return finish(table, current, row)
    const item = await table.get(chainKey(service, number))
    const standing = item && readRow(item)
    if (item && standing && item['gate'] === current.facts.id) {
      return finish(table, current, standing)
    }
    before = await lastRow(table, service)
    current = await claim(table, current, (before?.number ?? 0) + 1)
  }
}

/** The gate after the claim, or, where somebody else was first, as that one left it. */
async function claim(table: Table, gate: Gate, number: number): Promise<Gate> {
  return (await claimNumber(table, gate, number)) ?? (await again(table, gate))
}

async function finish(table: Table, gate: Gate, row: StoredRow): Promise<Gate> {
  return (await recorded(table, gate, headOf(row))) ?? (await again(table, gate))
}

async function again(table: Table, gate: Gate): Promise<Gate> {
  const found = await findGate(table, gate.facts.id)
  if (!found) throw new Error(`gate ${gate.facts.id} is gone`)
  return found
}

async function lastRow(table: Table, service: string): Promise<StoredRow | undefined> {
  const item = await table.last(chainPartition(service))
  return item && readRow(item)
}

async function rowAt(
  table: Table,
  service: string,
  number: number
): Promise<StoredRow | undefined> {
  const item = await table.get(chainKey(service, number))
  return item && readRow(item)
}
