import { readRow, ROW_ATTRIBUTES, type StoredRow } from '../../ledger/decision-row.ts'
import { formatHistory } from '../../ledger/history-formats.ts'
import { historyOf } from '../../ledger/history.ts'
import { CHAIN, chainPartition } from '../../ledger/keys.ts'
import type { Seal } from '../../ledger/seal.ts'
import type { Item, Table } from '../../ledger/table.ts'
import { verifyChain } from '../../ledger/verify-chain.ts'
import { parseCommand, USAGE } from './arguments.ts'

export interface CliPorts {
  readonly table: (name: string) => Table
  readonly seal: (key: string) => Seal
  readonly write: (text: string) => void
}

/**
 * Runs one command. Returns the exit code: 0, or 1 where a chain is damaged.
 * Errors: UsageError, and those of AWS.
 */
export async function runCli(
  args: readonly string[],
  { table, seal, write }: CliPorts
): Promise<0 | 1> {
  const command = parseCommand(args)
  switch (command.name) {
    case 'help':
      write(USAGE)
      return 0
    case 'history': {
      const items = await table(command.table).scan(CHAIN, ROW_ATTRIBUTES)
      write(formatHistory(historyOf(rowsIn(items), command), command.format))
      return 0
    }
    case 'verify': {
      const { service, head, key } = command
      const rows = rowsIn(await table(command.table).query(chainPartition(service)))
      const faults = await verifyChain(rows, head, key === undefined ? undefined : seal(key))
      for (const { number, kind, detail } of faults) write(`row ${number}: ${kind}: ${detail}\n`)
      const all = `${rows.length} ${rows.length === 1 ? 'row' : 'rows'} of ${service}`
      const found = `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}`
      const seals = key === undefined ? ', seals not checked' : ', every seal is ours'
      write(
        faults.length === 0
          ? `ok: ${all}, none edited, removed, reordered or cut off${seals}\n`
          : `DAMAGED: ${found} in ${all}\n`
      )
      return faults.length === 0 ? 0 : 1
    }
  }
}

function rowsIn(items: readonly Item[]): StoredRow[] {
  return items.flatMap((item) => readRow(item) ?? [])
}
