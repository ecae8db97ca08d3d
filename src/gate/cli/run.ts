import { membersOf, readRow, ROW_ATTRIBUTES, type StoredRow } from '../../ledger/decision-row.ts'
import { formatHistory, formatUnderway } from '../../ledger/history-formats.ts'
import { historyOf, isNamed } from '../../ledger/history.ts'
import { CHAIN, chainKey, chainPartition } from '../../ledger/keys.ts'
import { movesTraffic, underwayAt } from '../../ledger/moment.ts'
import { isResult } from '../../ledger/result-row.ts'
import type { Seal } from '../../ledger/seal.ts'
import type { Item, Table } from '../../ledger/table.ts'
import { verifyChain } from '../../ledger/verify-chain.ts'
import { VERSION } from '../../release/version.ts'
import type { Language } from '../../words/language.ts'
import { say, speaking } from '../../words/say.ts'
import { parseCommand, USAGE, type Command } from './arguments.ts'
import { policyProblems } from './check-policy.ts'
import type { SetupPorts } from './setup/ports.ts'
import type { Named } from './time.ts'

export interface CliPorts {
  readonly table: (name: string) => Table
  readonly seal: (key: string) => Seal
  readonly readFile: (path: string) => Promise<string>
  readonly write: (text: string) => void
  /** Standard error, so that what reads the output as JSON or CSV is not disturbed. */
  readonly warn: (text: string) => void
  readonly setup: SetupPorts
}

type HistoryCommand = Extract<Command, { name: 'history' }>
type VerifyCommand = Extract<Command, { name: 'verify' }>

/**
 * Runs one command. Returns the exit code: 0, or 1 if a chain is damaged, an item in it cannot be
 * read, or a policy has problems.
 * Errors: UsageError, those of AWS and of reading the file.
 */
export function runCli(args: readonly string[], ports: CliPorts): Promise<0 | 1> {
  const command = parseCommand(args)
  const { language } = command
  return speaking(language, () => runCommand(command, ports, language))
}

async function runCommand(command: Command, ports: CliPorts, language: Language): Promise<0 | 1> {
  switch (command.name) {
    case 'help':
      ports.write(USAGE)
      return 0
    case 'version':
      ports.write(`${VERSION}\n`)
      return 0
    case 'setup code': {
      const { setupCode } = await import('./setup/code.ts')
      await setupCode(ports.setup, command)
      return 0
    }
    case 'setup slack': {
      const { setupSlack } = await import('./setup/slack.ts')
      await setupSlack(ports.setup, { ...command, language })
      return 0
    }
    case 'history':
      return history(command, ports)
    case 'verify':
      return verify(command, ports)
    case 'policy check': {
      const { file } = command
      const problems = await policyProblems(await ports.readFile(file), file)
      for (const problem of problems) ports.write(`${problem}\n`)
      const count = problems.length
      ports.write(
        count === 0
          ? `${say`${file}: ok, the gate's functions take it as it is`}\n`
          : `${say`${file}: problems: ${count}. The gate stays closed with it.`}\n`
      )
      return count === 0 ? 0 : 1
    }
  }
}

async function history(command: HistoryCommand, ports: CliPorts): Promise<0 | 1> {
  const { at, since, service, state, format } = command
  const { write, warn } = ports
  const items = await ports.table(command.table).scan(CHAIN, ROW_ATTRIBUTES)
  const { rows, unreadable } = rowsIn(items)
  for (const named of [at, since]) {
    if (named?.isUtcUnsaid) warn(`${say`Taken as UTC: ${utc(named.from)}`}\n`)
  }
  if (at) {
    const all = underwayAt(historyOf(rows, {}), at)
    const own = all.filter(({ entry }) => service === undefined || isNamed(entry.service, service))
    if (format === 'table') write(`${momentText(at)}\n\n`)
    write(formatUnderway(own, format))
    const others = all.filter((each) => !own.includes(each))
    if (format === 'table' && others.length > 0) {
      write(`\n${say`Other services at this time:`}\n${formatUnderway(others, 'table')}`)
    }
    if (format === 'table' && !all.some(movesTraffic)) {
      write(`\n${say`No release with a gate moved traffic at this time.`}\n`)
    }
  } else {
    const from = since && isoOf(since.from)
    write(formatHistory(historyOf(rows, { service, since: from, state }), format))
  }
  const all = [...unreadable, ...rows.filter((row) => !membersOf(row)).map(nameOf)]
  for (const name of all) warn(`${say`${name}: cannot be read as a row of the record`}\n`)
  return all.length === 0 ? 0 : 1
}

/** Which time was asked for, so that nobody reads the answer as one in a time zone of their own. */
function momentText({ from, until }: Named): string {
  return say`From ${utc(from)} to ${utc(until - 1)} UTC:`
}

function utc(ms: number): string {
  return isoOf(ms).replace('T', ' ').slice(0, 19)
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString()
}

async function verify(command: VerifyCommand, ports: CliPorts): Promise<0 | 1> {
  const { service, head, key } = command
  const { write } = ports
  const items = await ports.table(command.table).query(chainPartition(service))
  const { rows, unreadable } = rowsIn(items)
  const faults = await verifyChain(rows, head, key === undefined ? undefined : ports.seal(key))
  for (const name of unreadable) write(`${name}: unreadable: it is no row of the record\n`)
  for (const { number, kind, detail } of faults) write(`row ${number}: ${kind}: ${detail}\n`)
  const results = rows.filter(isResult).length
  const decisions = rows.length - results
  const told = decisions === 1 ? '1 decision' : `${decisions} decisions`
  const ofThem = decisions === 1 ? 'it' : 'them'
  const rest = results === 0 ? '' : ` (${told}, ${results} of what became of ${ofThem})`
  const all = `${rows.length} ${rows.length === 1 ? 'row' : 'rows'} of ${service}${rest}`
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
