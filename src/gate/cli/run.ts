import { membersOf, readRow, ROW_ATTRIBUTES, type StoredRow } from '../../ledger/decision-row.ts'
import { formatHistory } from '../../ledger/history-formats.ts'
import { historyOf } from '../../ledger/history.ts'
import { CHAIN, chainKey, chainPartition } from '../../ledger/keys.ts'
import type { Seal } from '../../ledger/seal.ts'
import type { Item, Table } from '../../ledger/table.ts'
import { verifyChain } from '../../ledger/verify-chain.ts'
import { parseCommand, USAGE } from './arguments.ts'

export interface CliPorts {
  readonly table: (name: string) => Table
  readonly seal: (key: string) => Seal
  readonly write: (text: string) => void
  /** Standard error, so that what reads the output as JSON or CSV is not disturbed. */
  readonly warn: (text: string) => void
}

/**
 * Runs one command. Returns the exit code: 0, or 1 if a chain is damaged or an item
 * in it cannot be read.
 * Errors: UsageError, and those of AWS.
 */
export async function runCli(
  args: readonly string[],
  { table, seal, write, warn }: CliPorts
): Promise<0 | 1> {
  const command = parseCommand(args)
  switch (command.name) {
    case 'help':
      write(USAGE)
      return 0
    case 'history': {
      const items = await table(command.table).scan(CHAIN, ROW_ATTRIBUTES)
      const { rows, unreadable } = rowsIn(items)
      write(formatHistory(historyOf(rows, command), command.format))
      const all = [...unreadable, ...rows.filter((row) => !membersOf(row)).map(nameOf)]
      for (const name of all) warn(`${name}: cannot be read as a decision\n`)
      return all.length === 0 ? 0 : 1
    }
    case 'verify': {
      const { service, head, key } = command
      const { rows, unreadable } = rowsIn(await table(command.table).query(chainPartition(service)))
      const faults = await verifyChain(rows, head, key === undefined ? undefined : seal(key))
      for (const name of unreadable) write(`${name}: unreadable: it is no decision row\n`)
      for (const { number, kind, detail } of faults) write(`row ${number}: ${kind}: ${detail}\n`)
      const all = `${rows.length} ${rows.length === 1 ? 'row' : 'rows'} of ${service}`
      const count = faults.length + unreadable.length
      const found = `${count} ${count === 1 ? 'fault' : 'faults'}`
      const seals = key === undefined ? ', seals not checked' : ', every seal is ours'
      write(
        count === 0
          ? `ok: ${all}, none edited, removed, reordered or cut off${seals}\n`
          : `DAMAGED: ${found} in ${all}\n`
      )
      return count === 0 ? 0 : 1
    }
  }
}

/** The rows among the items of chains, and the keys of the items that are none. */
function rowsIn(items: readonly Item[]): {
  readonly rows: readonly StoredRow[]
  readonly unreadable: readonly string[]
} {
  const read = items.map((item) => ({ item, row: isNumber(item.sk) ? readRow(item) : undefined }))
  return {
    rows: read.flatMap(({ row }) => row ?? []),
    unreadable: read.flatMap(({ item, row }) => (row ? [] : [`${item.pk} ${item.sk}`]))
  }
}

function isNumber(sk: string): boolean {
  return /^\d{12}$/.test(sk)
}

function nameOf({ service, number }: StoredRow): string {
  const { pk, sk } = chainKey(service, number)
  return `${pk} ${sk}`
}
