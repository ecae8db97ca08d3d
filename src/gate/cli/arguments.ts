import { parseArgs } from 'node:util'
import { ProblemsError } from '../../documents/problems.ts'
import { FORMATS, type Format } from '../../ledger/history-formats.ts'
import { isHead } from '../../ledger/verify-chain.ts'

export const USAGE = `Usage:
  ledger history --table T [--service CLUSTER/SERVICE] [--since TIME] [--state STATE] [--format table|json|csv]
  ledger verify  --table T --service CLUSTER/SERVICE --head H [--key K | --no-seal]

history  who let what through, when, why and with which evidence; newest first
verify   whether any decision row was edited, removed, reordered or cut off;
         H is the head on the card or in the job summary, at least its first 12 hex digits
--key    the KMS key of the seals (id, alias or ARN); needs kms:VerifyMac
Credentials and region come from the environment, as for the AWS CLI.
`

export type Command =
  | {
      readonly name: 'history'
      readonly table: string
      readonly service: string | undefined
      readonly since: string | undefined
      readonly state: string | undefined
      readonly format: Format
    }
  | {
      readonly name: 'verify'
      readonly table: string
      readonly service: string
      readonly head: string
      /** Undefined: the seals are not checked, because that was asked for. */
      readonly key: string | undefined
    }
  | { readonly name: 'help' }

export class UsageError extends ProblemsError {
  override readonly name = 'UsageError'
}

const STATES = ['APPROVED', 'REJECTED', 'EXPIRED', 'FAILED', 'WITHDRAWN']

/** Throws a UsageError with every problem. */
export function parseCommand(args: readonly string[]): Command {
  const problems: string[] = []
  const given = parse()
  const { positionals } = given
  const values: Readonly<Record<string, string | boolean | undefined>> = given.values
  if (values['help'] === true) return { name: 'help' }
  const [name, ...rest] = positionals
  if (rest.length > 0) problems.push(`unexpected: ${rest.join(' ')}`)
  const text = (option: string): string | undefined => {
    const value = values[option]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const need = (option: string): string => {
    const value = text(option)
    if (value === undefined) problems.push(`--${option} is required`)
    return value ?? ''
  }
  const service = text('service')
  if (service !== undefined && !/^[^/\s]+\/[^/\s]+$/.test(service)) {
    problems.push(`--service: "${service}" is not CLUSTER/SERVICE`)
  }
  const command = name === 'history' ? history() : name === 'verify' ? verify() : undefined
  if (!command) problems.push(`wanted history or verify, found ${name ?? 'neither'}`)
  if (!command || problems.length > 0) throw new UsageError(problems)
  return command

  function parse() {
    try {
      return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    } catch (error) {
      throw new UsageError([error instanceof Error ? error.message : String(error)])
    }
  }

  function history(): Command {
    const format = FORMATS.find((known) => known === (text('format') ?? 'table'))
    if (!format) problems.push(`--format: wanted one of ${FORMATS.join(', ')}`)
    const state = text('state')?.toUpperCase()
    if (state !== undefined && !STATES.includes(state)) {
      problems.push(`--state: wanted one of ${STATES.join(', ')}`)
    }
    return {
      name: 'history',
      table: need('table'),
      service,
      since: since(),
      state,
      format: format ?? 'table'
    }
  }

  function since(): string | undefined {
    const value = text('since')
    if (value === undefined) return undefined
    const at = new Date(value)
    if (!Number.isNaN(at.getTime())) return at.toISOString()
    problems.push(`--since: "${value}" is no time; wanted ISO 8601, such as 2026-11-01T00:00Z`)
    return undefined
  }

  function verify(): Command {
    const head = need('head')
    if (head !== '' && !isHead(head)) {
      problems.push(
        `--head: "${head}" is no head; wanted its number, a dash and 12 to 64 hex digits`
      )
    }
    const key = text('key')
    if (key === undefined && values['no-seal'] !== true) {
      problems.push('--key is required; --no-seal leaves the seals unchecked')
    }
    return { name: 'verify', table: need('table'), service: need('service'), head, key }
  }
}

const OPTIONS = {
  table: { type: 'string' },
  service: { type: 'string' },
  since: { type: 'string' },
  state: { type: 'string' },
  format: { type: 'string' },
  head: { type: 'string' },
  key: { type: 'string' },
  'no-seal': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' }
} as const
