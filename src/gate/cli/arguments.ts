import { parseArgs } from 'node:util'
import { closest } from '../../documents/closest.ts'
import { ProblemsError } from '../../documents/problems.ts'
import { FORMATS, type Format } from '../../ledger/history-formats.ts'
import { isHead } from '../../ledger/verify-chain.ts'
import { LANGUAGES, type Language } from '../../words/language.ts'
import type { CodeOptions } from './setup/code.ts'
import type { SlackOptions } from './setup/slack.ts'
import { readTime, type Named } from './time.ts'

export const USAGE = `Usage:
  gate history --table T [--service SERVICE] [--since TIME] [--state STATE] [--format table|json|csv]
  gate history --table T --at TIME [--service SERVICE] [--format table|json|csv]
  gate verify  --table T --service CLUSTER/SERVICE --head H [--key K | --no-seal]
  gate policy check FILE
  gate setup code  --from FOLDER [--bucket B] [--create-bucket] [--set NAME=VALUE]...
  gate setup slack --channel ID --approvers ID[,ID]... < slack.json
  gate --version

history       who asked for what, who let it through, when, why, on which evidence, and
              what became of it; newest first
  --at        who was moving what at this time, all services
verify        whether any row of a service was edited, removed, reordered or cut off;
              H is a head from the card, the job summary or history, at least its
              first 12 hex digits
policy check  every problem of a policy document, with line and column; asks nobody
setup code    puts gate.zip of a release, whose checksum it compares, into a bucket of the
              stack's region, and notes CodeBucket and CodeKey for the stack
setup slack   stores Slack's token and signing secret, and the smallest policy, and notes
              SlackSecretArn and PolicyParameter for the stack; what is there stays

--service     CLUSTER/SERVICE; for history also SERVICE, in any cluster
TIME          2026-11-30, 2026-11-30T08:56 or 2026-11-30T08:56:30, the day, the minute or
              the second; with Z or an offset such as +09:00, without it in UTC
--state       APPROVED, REJECTED, EXPIRED, FAILED or WITHDRAWN
--key         the KMS key of the seals (id, alias or ARN); needs kms:VerifyMac
--prefix      what the gate's names begin with (release-gate)
--parameters  the file in which setup notes parameters (gate.json)
--region      the stack's region; without it that of the AWS CLI, which setup calls
--language    en or ko; for setup slack that of the gate

Credentials and region come from the environment, as for the AWS CLI.
Exit code: 0; 1 if a row is damaged or cannot be read, or the policy has problems;
2 if the command could not be carried out.
`

export type Command =
  | {
      readonly name: 'history'
      readonly table: string
      readonly service: string | undefined
      readonly since: Named | undefined
      readonly at: Named | undefined
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
  | { readonly name: 'policy check'; readonly file: string }
  | ({ readonly name: 'setup code' } & CodeOptions)
  | ({ readonly name: 'setup slack' } & Omit<SlackOptions, 'language'>)
  | { readonly name: 'version' }
  | { readonly name: 'help' }

export type SpokenCommand = Command & { readonly language: Language }

export class UsageError extends ProblemsError {
  override readonly name = 'UsageError'
}

const STATES = ['APPROVED', 'REJECTED', 'EXPIRED', 'FAILED', 'WITHDRAWN']

/** Which options each command takes, besides --help and --language. */
const TAKES = {
  history: ['table', 'service', 'since', 'at', 'state', 'format'],
  verify: ['table', 'service', 'head', 'key', 'no-seal'],
  'policy check': [],
  'setup code': ['from', 'bucket', 'create-bucket', 'set', 'prefix', 'parameters', 'region'],
  'setup slack': ['channel', 'approvers', 'prefix', 'parameters', 'region']
} as const satisfies Readonly<Record<string, readonly string[]>>

/** Throws a UsageError with every problem. */
export function parseCommand(args: readonly string[]): SpokenCommand {
  const problems: string[] = []
  const given = parse()
  const { positionals } = given
  const values: Readonly<Record<string, string | boolean | string[] | undefined>> = given.values
  const language = LANGUAGES.find((known) => known === (text('language') ?? 'en'))
  if (!language) problems.push(`--language: wanted one of ${LANGUAGES.join(', ')}`)
  if (values['help'] === true) return { name: 'help', language: language ?? 'en' }
  if (values['version'] === true) return { name: 'version', language: language ?? 'en' }
  const name = nameIn()
  const readers = {
    history,
    verify,
    'policy check': policyCheck,
    'setup code': setupCode,
    'setup slack': setupSlack
  }
  const command = name && readers[name]()
  if (!command || !language || problems.length > 0) throw new UsageError(problems)
  return { ...command, language }

  function parse() {
    try {
      return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    } catch (error) {
      throw new UsageError([error instanceof Error ? error.message : String(error)])
    }
  }

  function nameIn(): keyof typeof TAKES | undefined {
    const [first = '', second = ''] = positionals
    const isOfTwo = first === 'policy' || first === 'setup'
    const given = isOfTwo ? `${first} ${second}`.trim() : first
    const known = Object.keys(TAKES) as (keyof typeof TAKES)[]
    const named = known.find((each) => each === given)
    if (named) {
      const rest = positionals.slice(named === 'policy check' ? 3 : isOfTwo ? 2 : 1)
      if (rest.length > 0) problems.push(`unexpected: ${rest.join(' ')}`)
      const takes: readonly string[] = TAKES[named]
      for (const option of Object.keys(values)) {
        if (option === 'language' || takes.includes(option)) continue
        problems.push(`--${option} means nothing to ${named}`)
      }
      return named
    }
    const near = closest(given, known)
    const hint = near === undefined ? '' : `; did you mean ${near}?`
    problems.push(`wanted ${known.join(', ')}, found ${given || 'no command'}${hint}`)
    return undefined
  }

  function text(option: string): string | undefined {
    const value = values[option]
    return typeof value === 'string' && value !== '' ? value : undefined
  }

  function need(option: string): string {
    const value = text(option)
    if (value === undefined) problems.push(`--${option} is required`)
    return value ?? ''
  }

  function history(): Command {
    const service = text('service')
    if (service !== undefined && !/^[^/\s]+(\/[^/\s]+)?$/.test(service)) {
      problems.push(`--service: "${service}" is not CLUSTER/SERVICE or SERVICE`)
    }
    const format = FORMATS.find((known) => known === (text('format') ?? 'table'))
    if (!format) problems.push(`--format: wanted one of ${FORMATS.join(', ')}`)
    const state = text('state')?.toUpperCase()
    if (state !== undefined && !STATES.includes(state)) {
      problems.push(`--state: wanted one of ${STATES.join(', ')}`)
    }
    const [since, at] = [time('since'), time('at')]
    for (const other of ['since', 'state']) {
      if (text('at') !== undefined && text(other) !== undefined) {
        problems.push(`--at and --${other} exclude each other`)
      }
    }
    const table = need('table')
    return { name: 'history', table, service, since, at, state, format: format ?? 'table' }
  }

  function time(option: string): Named | undefined {
    const value = text(option)
    if (value === undefined) return undefined
    const named = readTime(value)
    if (!named) {
      problems.push(`--${option}: "${value}" is no time; wanted one such as 2026-11-30T08:56Z`)
    }
    return named
  }

  function verify(): Command {
    const service = text('service')
    if (service !== undefined && !/^[^/\s]+\/[^/\s]+$/.test(service)) {
      problems.push(`--service: "${service}" is not CLUSTER/SERVICE`)
    }
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

  function policyCheck(): Command {
    const [, , file = ''] = positionals
    if (file === '') problems.push('policy check: wanted the path of a policy document')
    return { name: 'policy check', file }
  }

  function setupCode(): Command {
    const bucket = text('bucket')
    // S3, "General purpose bucket naming rules".
    if (bucket !== undefined && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
      problems.push(`--bucket: "${bucket}" is no name of a bucket`)
    }
    const set = [values['set'] ?? []].flat().map((each) => {
      const [, name = '', value = ''] = /^([A-Za-z0-9]+)=(.*)$/s.exec(String(each)) ?? []
      if (name === '') problems.push(`--set: "${String(each)}" is not NAME=VALUE`)
      return [name, value] as const
    })
    return {
      name: 'setup code',
      from: need('from'),
      bucket,
      createsBucket: values['create-bucket'] === true,
      set: Object.fromEntries(set),
      ...ofStack()
    }
  }

  function setupSlack(): Command {
    const channel = need('channel')
    if (channel !== '' && !/^[CG][A-Z0-9]{2,}$/.test(channel)) {
      problems.push(`--channel: "${channel}" is no id of a channel, such as C012AB3CD`)
    }
    const approvers = need('approvers')
      .split(',')
      .filter((each) => each !== '')
    for (const each of approvers) {
      if (!/^[UW][A-Z0-9]{2,}$/.test(each)) {
        problems.push(`--approvers: "${each}" is no id of a person, such as U0ANN2AB3`)
      }
    }
    return { name: 'setup slack', channel, approvers, ...ofStack() }
  }

  function ofStack(): Pick<SlackOptions, 'prefix' | 'parameters' | 'region'> {
    const prefix = text('prefix') ?? 'release-gate'
    // As infra/gate.yaml has it.
    if (!/^[a-z][a-z0-9-]{2,30}$/.test(prefix)) {
      problems.push('--prefix: wanted 3 to 31 lower case letters, digits and hyphens')
    }
    return { prefix, parameters: text('parameters') ?? 'gate.json', region: text('region') }
  }
}

const OPTIONS = {
  table: { type: 'string' },
  service: { type: 'string' },
  since: { type: 'string' },
  at: { type: 'string' },
  state: { type: 'string' },
  format: { type: 'string' },
  head: { type: 'string' },
  key: { type: 'string' },
  'no-seal': { type: 'boolean' },
  from: { type: 'string' },
  bucket: { type: 'string' },
  'create-bucket': { type: 'boolean' },
  set: { type: 'string', multiple: true },
  channel: { type: 'string' },
  approvers: { type: 'string' },
  prefix: { type: 'string' },
  parameters: { type: 'string' },
  region: { type: 'string' },
  language: { type: 'string' },
  version: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' }
} as const
