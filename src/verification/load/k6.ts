import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { Clock } from '../../release/clock.ts'
import type { ScriptFigures } from '../../release/evidence.ts'
import { K6_WORDS, meaningOfExit } from '../words/load.ts'
import { execute, type Executed } from './execute.ts'
import { GUARD } from './k6-guard.ts'
import { closingIn, ErrorLines } from './k6-output.ts'
import { K6SummaryError, LONGEST_SUMMARY, parseK6Summary, type K6Summary } from './k6-summary.ts'
import { percentilesIn } from './k6-thresholds.ts'
import { throttled } from './throttle.ts'

export interface K6Options {
  /** Path of the program, or its name on the PATH. */
  readonly path: string
  readonly script: string
  readonly target: URL
  /** Further arguments of `k6 run`. */
  readonly arguments: readonly string[]
  /** All variables for k6 and its script, besides those that a program needs to run at all. */
  readonly env: Readonly<Record<string, string>>
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly onProgress: (text: string) => void
  /** How long k6 has for its summary after it was interrupted, milliseconds. Default: 15 s. */
  readonly graceMs?: number
}

export type K6Run =
  /** There is no k6 at that path, or it does not run. */
  | { readonly kind: 'missing'; readonly reason: string }
  | {
      readonly kind: 'measured'
      readonly version: string
      readonly summary: K6Summary
      readonly said: Said
      /**
       * What k6's exit code says of its thresholds; undefined if k6 was interrupted, because
       * the code is then about that.
       */
      readonly thresholds: 'hold' | 'crossed' | undefined
      /** k6 was stopped early, so the figures are incomplete. */
      readonly interrupted: boolean
    }
  | {
      readonly kind: 'failed'
      readonly version: string
      /** One line. */
      readonly reason: string
      /** The last that k6 wrote, at most 4 KB. */
      readonly output: string
      readonly said: Said
    }

/** What k6 wrote for people to read; empty if it did not come to that. */
export type Said = Pick<ScriptFigures, 'errors' | 'closing'>

const NOTHING_SAID: Said = { errors: [], closing: '' }

type Failed = Extract<K6Run, { kind: 'failed' }>

/**
 * Variables of this process that k6 always gets: what it needs to start and to trust the
 * runner's certificates. None of them is secret. HOME is k6's own folder, so that `~` leads
 * to nobody's credentials.
 */
const HANDED_ON = ['PATH', 'TMPDIR', 'SSL_CERT_FILE', 'SSL_CERT_DIR']

/**
 * What k6 exports of each trend. `count` is the number of samples (k6 v0.26.0 and later, its
 * release notes; grafana/k6-docs#184): without it a trend that has none looks like one of
 * zeros. The percentiles beyond those of `Figures` are for scripts that compute the name of a
 * percentile, so that it cannot be found in their text.
 */
const STATISTICS = [
  ...['avg', 'min', 'med', 'max', 'count', 'p(90)', 'p(95)', 'p(99)'],
  ...[1, 5, 10, 25, 75, 80, 85, 97, 98, 99.5, 99.9, 99.95, 99.99, 99.999].map(
    (share) => `p(${share})`
  )
]

const GRACE = 15_000

/** Milliseconds that `k6 version` may take. */
const VERSION_LIMIT = 20_000

const THRESHOLDS_FAILED = 99

/**
 * Runs a k6 script against the target, in an empty folder of its own that is removed
 * afterwards. The script finds the target's origin and path in
 * `BASE_URL`, without a slash at the end. Never rejects: the result says what went wrong.
 * This action judges the script's thresholds, not k6.
 */
export async function runK6(options: K6Options): Promise<K6Run> {
  let version = 'unknown'
  let folder: string | undefined
  try {
    folder = await mkdtemp(join(tmpdir(), 'k6-'))
    const own = join(folder, 'work')
    await mkdir(own)
    const found = await readVersion(options, own)
    if (typeof found !== 'string') return found
    version = found
    // The summary is not in k6's own folder, where the script may write files by the same name.
    return await runScript(options, version, own, join(folder, 'summary.json'))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { kind: 'failed', version, reason, output: '', said: NOTHING_SAID }
  } finally {
    if (folder !== undefined) {
      await rm(folder, { recursive: true, force: true }).catch(() => undefined)
    }
  }
}

async function readVersion(
  options: K6Options,
  folder: string
): Promise<string | Extract<K6Run, { kind: 'missing' }> | Failed> {
  const { clock, signal } = options
  const limit = new AbortController()
  const isDone = new AbortController()
  clock.sleep(VERSION_LIMIT, isDone.signal).then(
    () => limit.abort(),
    () => undefined
  )
  let version: string | undefined
  const executed = await execute({
    command: commandOf(options),
    arguments: ['version'],
    folder,
    env: environment(options, folder),
    clock,
    signal: AbortSignal.any([signal, limit.signal]),
    graceMs: 0,
    onLine: (line) => {
      version ??= /^k6\b.*?\bv?(\d+\.\d+\.\d+[\w.+-]*)/.exec(line)?.[1]
    }
  })
  isDone.abort()
  if (executed.kind === 'not-started') return { kind: 'missing', reason: executed.reason }
  if (executed.code === 0 && version !== undefined) return version
  const output = told(executed, options)
  if (signal.aborted) {
    const reason = K6_WORDS.interrupted()
    return { kind: 'failed', version: 'unknown', reason, output, said: NOTHING_SAID }
  }
  const code = String(executed.code ?? 'none')
  return { kind: 'missing', reason: K6_WORDS.noVersion(code, lastWords(output)) }
}

/** A path is resolved here, because k6 starts in another folder; a name is searched on the PATH. */
function commandOf({ path }: K6Options): string {
  return path.includes('/') ? resolve(path) : path
}

async function runScript(
  options: K6Options,
  version: string,
  folder: string,
  file: string
): Promise<K6Run> {
  const { script, clock, signal, graceMs = GRACE } = options
  const progress = throttled(clock, options.onProgress)
  const errors = new ErrorLines()
  const statistics = [...new Set([...STATISTICS, ...(await furtherPercentiles(script))])]
  const executed = await execute({
    command: commandOf(options),
    arguments: [
      'run',
      ...options.arguments,
      // These flags come after the caller's arguments, so that they count, and in k6's order flags
      // count before script and environment.
      ...GUARD,
      '--summary-export',
      file,
      '--summary-trend-stats',
      statistics.join(','),
      resolve(script)
    ],
    folder,
    env: environment(options, folder),
    clock,
    signal,
    graceMs,
    onLine: (line) => {
      if (/^running \(/.test(line)) progress(hidden(line, options).trim())
      // The values are hidden before a line is cut, because a part of one would not be found.
      else errors.see(hidden(line, options))
    }
  })
  const output = told(executed, options)
  const closing = executed.kind === 'ended' ? closingIn(hidden(executed.stdout, options)) : ''
  const said = { errors: errors.all(), closing }
  const failed = (reason: string): Failed => ({ kind: 'failed', version, reason, output, said })
  if (executed.kind === 'not-started') return failed(executed.reason)
  const { code, interrupted } = executed
  if (code !== 0 && code !== THRESHOLDS_FAILED && !interrupted) {
    return failed(`${meaningOf(code)}${lastWords(output)}`)
  }
  const summary = await readSummary(file)
  if (typeof summary === 'string') {
    return failed(interrupted ? K6_WORDS.interruptedThen(summary) : summary)
  }
  const crossed = code === THRESHOLDS_FAILED ? 'crossed' : undefined
  const thresholds = crossed ?? (interrupted ? undefined : 'hold')
  return { kind: 'measured', version, summary, said, thresholds, interrupted }
}

function environment({ env, target }: K6Options, folder: string): Record<string, string> {
  const handedOn = HANDED_ON.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    ...Object.fromEntries(handedOn),
    HOME: folder,
    // Otherwise k6 reports its use to its makers.
    K6_NO_USAGE_REPORT: 'true',
    // k6's newer form of the summary has no p(99).
    K6_NEW_MACHINE_READABLE_SUMMARY: 'false',
    ...env,
    BASE_URL: target.href.replace(/\/$/, '')
  }
}

async function furtherPercentiles(script: string): Promise<readonly string[]> {
  try {
    return percentilesIn(await readFile(script, 'utf8'))
  } catch {
    // k6 itself reports what is wrong with the script.
    return []
  }
}

/** Returns the summary, or a text that says what is wrong with it. */
async function readSummary(file: string): Promise<K6Summary | string> {
  try {
    const { size } = await stat(file)
    if (size > LONGEST_SUMMARY) return K6_WORDS.summaryTooLong(LONGEST_SUMMARY)
    return await parseK6Summary(await readFile(file, 'utf8'))
  } catch (error) {
    if (error instanceof K6SummaryError) return error.problems.slice(0, 3).join('; ')
    return K6_WORDS.noSummary()
  }
}

function meaningOf(code: number | undefined): string {
  if (code === undefined) return K6_WORDS.killed()
  const meaning = meaningOfExit(code)
  return meaning === undefined ? K6_WORDS.exitCode(code) : K6_WORDS.exitCodeMeaning(code, meaning)
}

/** The last line, without k6's log format. */
function lastWords(output: string): string {
  const line = output.split('\n').at(-1)?.trim() ?? ''
  const [, quoted] = /\bmsg="((?:[^"\\]|\\.)*)"/.exec(line) ?? []
  const words = (quoted ?? line).replaceAll('\\n', ' ').replaceAll('\\"', '"').slice(0, 200)
  return words === '' ? '' : `: ${words}`
}

function told(executed: Executed, options: K6Options): string {
  return executed.kind === 'ended' ? hidden(executed.output, options) : ''
}

/**
 * The text without the values that the caller has put into the environment, because they may
 * be secret, and a script may print them.
 */
function hidden(text: string, { env }: K6Options): string {
  return Object.values(env)
    .filter((value) => value.length >= 6)
    .sort((one, other) => other.length - one.length)
    .reduce((rest, value) => rest.replaceAll(value, '***'), stripVTControlCharacters(text))
}
