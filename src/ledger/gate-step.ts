import { readGate, type Gate } from './gate.ts'
import { gateKey } from './keys.ts'
import type { Change, Condition, Item, Key, Table } from './table.ts'

/*
 * Every step in the life of a gate is one conditional write: if two functions try
 * it at once, one wins and the other is told (security.md, "Exactly once"). A step
 * returns undefined if the table refused it by its condition, because another
 * function was first or the time was over. Whoever needs to know what became of
 * the gate reads it again.
 */

export const PENDING: Condition = { is: 'equal', path: 'state', value: 'PENDING' }

/** One step in the life of a gate; undefined if the table refused it by a condition. Errors: those of the table. */
export async function step(
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
