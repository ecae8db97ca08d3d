import type { Clock } from '../../release/clock.ts'
import type {
  LoadEvidence,
  ScriptFigures,
  ThresholdResult,
  Verdict
} from '../../release/evidence.ts'
import { AUTOCANNON_VERSION, runBuiltin, type LoadRequest } from './builtin.ts'
import {
  CONTRADICTIONS,
  inWords,
  k6Missing,
  noCheckRan,
  nothingToSend,
  stoppedEarly,
  thresholdsOfTheScript
} from '../words/load.ts'
import type { Figures } from './figures.ts'
import { runK6, type K6Run } from './k6.ts'
import { judgeChecks, type Counted, type WantedChecks } from './script-checks.ts'
import { judge, type Threshold } from './thresholds.ts'

export interface LoadOptions {
  readonly name: string
  readonly required: boolean
  /** Green: its origin, and a path if it is not at the root. */
  readonly target: URL
  /** A k6 script; without one, the builtin engine runs. */
  readonly script?: string | undefined
  /** Default: `k6` on the PATH. */
  readonly k6Path?: string | undefined
  /** Further arguments of `k6 run`. */
  readonly arguments?: readonly string[] | undefined
  /** Environment variables for k6 and its script. */
  readonly env?: Readonly<Record<string, string>> | undefined
  /** Thresholds besides those of the script. */
  readonly thresholds: readonly Threshold[]
  /** What the checks of the script must keep; undefined if the file says nothing about them. */
  readonly checks?: WantedChecks | undefined
  /** What is sent if k6 does not run. */
  readonly builtin: {
    readonly connections: number
    readonly seconds: number
    readonly requests: readonly LoadRequest[]
  }
  readonly clock: Clock
  /** Stops the load early. The evidence is then what was measured so far, with the verdict `unknown`. */
  readonly signal: AbortSignal
  /** Called with one line every few seconds. */
  readonly onProgress: (text: string) => void
}

/** The result of an engine. */
interface Outcome {
  readonly engine: LoadEvidence['engine']
  readonly engineVersion: string
  /** The summary begins with it; it says, for example, why k6 was not used. */
  readonly note?: string
  /** Undefined if the engine could not measure. */
  readonly figures: Figures | undefined
  /** Thresholds of the script, computed from k6's figures. */
  readonly thresholds: readonly ThresholdResult[]
  /** Checks of the script. */
  readonly checks: readonly Counted[]
  readonly script: ScriptFigures | undefined
  readonly interrupted: boolean
  /** Why there are no figures, or fewer than there should be, or why they are not to be believed. */
  readonly trouble: string | undefined
}

/** Version of an engine that is not installed. */
const NONE = 'none'

const NOTHING: Figures = { latency: undefined, requests: 0, rate: 0, failureRate: 0, failed: 0 }

const NO_WISHES: WantedChecks = { all: undefined, named: new Map() }

/**
 * Puts load on green and returns what was measured. If there is a script and k6 is
 * installed, k6 runs, else the builtin engine; the summary says which one. If a
 * script cannot run and there are no requests to send instead, nothing is sent.
 * Never rejects: if nothing could be measured, the verdict is `unknown`.
 */
export async function runLoad(options: LoadOptions): Promise<LoadEvidence> {
  const { name, required, clock } = options
  const startedAt = clock.now()
  const outcome = await measure(options)
  const { engine, engineVersion, figures = NOTHING } = outcome
  const thresholds = [
    ...options.thresholds.map((each) => judge(each, figures)),
    ...outcome.thresholds
  ]
  const judged = outcome.figures ? thresholds : thresholds.map(unmeasured)
  const checks = judgeChecks(outcome.checks, options.checks ?? NO_WISHES)
  const result = { ...outcome, thresholds: judged, judgedChecks: checks, wished: options.checks }
  return {
    section: 'load',
    name,
    required,
    verdict: verdictOf(result),
    summary: summaryOf(result),
    startedAt,
    endedAt: clock.now(),
    engine,
    engineVersion,
    thresholds: judged,
    checks,
    script: outcome.script,
    ...figures
  }
}

/** An outcome whose thresholds and checks have been judged. */
interface Result extends Outcome {
  readonly judgedChecks: LoadEvidence['checks']
  readonly wished: WantedChecks | undefined
}

async function measure(options: LoadOptions): Promise<Outcome> {
  const { script } = options
  if (script === undefined) return measureBuiltin(options)
  const run = await runK6({
    path: options.k6Path ?? 'k6',
    script,
    target: options.target,
    arguments: options.arguments ?? [],
    env: options.env ?? {},
    clock: options.clock,
    signal: options.signal,
    onProgress: options.onProgress
  })
  if (run.kind !== 'missing') return fromK6(run)
  const note = k6Missing(run.reason)
  // The builtin engine's default request is not the load that was asked for, but its result would
  // look as if it were.
  if (options.builtin.requests.length === 0) return nothingRan(note)
  return { ...(await measureBuiltin(options)), note }
}

/** Of an engine that runs no script, or of a script that did not run. */
const NO_SCRIPT = { thresholds: [], checks: [], script: undefined } as const

function nothingRan(why: string): Outcome {
  return {
    engine: 'k6',
    engineVersion: NONE,
    note: `${why}; ${nothingToSend()}`,
    figures: undefined,
    ...NO_SCRIPT,
    interrupted: false,
    trouble: undefined
  }
}

const NO_FIGURES = {
  iterations: undefined,
  vus: undefined,
  dataReceived: undefined,
  dataSent: undefined,
  trends: []
} as const

function fromK6(run: Exclude<K6Run, { kind: 'missing' }>): Outcome {
  const engine = { engine: 'k6', engineVersion: run.version } as const
  if (run.kind === 'failed') {
    const { reason: trouble, said } = run
    const script = { ...NO_FIGURES, ...said }
    return { ...engine, figures: undefined, ...NO_SCRIPT, script, interrupted: false, trouble }
  }
  const { summary, said, interrupted } = run
  const trouble = contradiction(run)
  const unseen: readonly ThresholdResult[] =
    trouble !== undefined && run.thresholds === 'crossed'
      ? [{ text: thresholdsOfTheScript(), measured: undefined, passed: false }]
      : []
  return {
    ...engine,
    figures: summary.figures,
    thresholds: [...summary.thresholds, ...unseen],
    checks: summary.checks,
    script: { ...summary.script, ...said },
    interrupted,
    trouble
  }
}

/**
 * What is wrong if this action and k6 judge the thresholds of the script differently. One of
 * the two is mistaken then, so the load counts as failed, whichever it is.
 */
function contradiction({
  summary,
  thresholds
}: Extract<K6Run, { kind: 'measured' }>): string | undefined {
  const crossed = summary.thresholds.filter(
    ({ measured, passed }) => measured !== undefined && !passed
  )
  if (thresholds === 'crossed' && crossed.length === 0) {
    return CONTRADICTIONS.crossedUnseen()
  }
  if (thresholds !== 'hold' || crossed.length === 0) return undefined
  return CONTRADICTIONS.heldUnseen(crossed.map(({ text }) => text))
}

async function measureBuiltin(options: LoadOptions): Promise<Outcome> {
  const { target, builtin, clock, signal, onProgress } = options
  const engine = { engine: 'autocannon', engineVersion: AUTOCANNON_VERSION } as const
  const run = await runBuiltin({ target, ...builtin, clock, signal, onProgress })
  if (run.kind === 'failed') {
    const { reason: trouble } = run
    return { ...engine, figures: undefined, ...NO_SCRIPT, interrupted: false, trouble }
  }
  const { figures, interrupted, hopeless: trouble } = run
  return { ...engine, figures, ...NO_SCRIPT, interrupted, trouble }
}

function verdictOf(result: Result): Verdict {
  const { figures, interrupted, trouble, thresholds, judgedChecks, wished } = result
  if (!figures || figures.requests === 0 || interrupted) return 'unknown'
  // If no request was answered, or none any more, green does not serve, and if k6 and this action
  // disagree, one of them is mistaken: the verdict does not depend on the thresholds then.
  if (trouble !== undefined || figures.failureRate === 1) return 'failed'
  const others = thresholds.filter(({ passed }) => !passed)
  const bad = judgedChecks.filter(({ passed }) => !passed)
  if (others.some(({ measured }) => measured !== undefined)) return 'failed'
  if (bad.some(({ passes, fails }) => passes + fails > 0)) return 'failed'
  // What the file wants of the checks of a script is not known where no check ran.
  const isUnchecked = wished?.all !== undefined && judgedChecks.length === 0
  return others.length + bad.length > 0 || isUnchecked ? 'unknown' : 'passed'
}

function summaryOf(result: Result): string {
  const { engine, engineVersion, note, figures, interrupted, trouble } = result
  const { thresholds, judgedChecks, wished, script } = result
  const who = `${engine} ${engineVersion}`
  const isUnchecked = wished?.all !== undefined && judgedChecks.length === 0
  const what = [
    ...(interrupted ? [stoppedEarly()] : []),
    ...(trouble === undefined ? [] : [trouble]),
    ...(figures ? [inWords(figures, thresholds, judgedChecks, script?.errors)] : []),
    ...(figures && isUnchecked ? [noCheckRan()] : [])
  ].join('; ')
  return [
    ...(note === undefined ? [] : [note]),
    // An engine that is not installed is not named.
    ...(what === '' ? [] : [`${who}: ${what}`])
  ].join('; ')
}

function unmeasured({ text }: ThresholdResult): ThresholdResult {
  return { text, measured: undefined, passed: false }
}
