import type { Clock } from '../../release/clock.ts'
import type { LoadEvidence, ThresholdResult, Verdict } from '../../release/evidence.ts'
import { AUTOCANNON_VERSION, runBuiltin, type LoadRequest } from './builtin.ts'
import { type Figures, inWords } from './figures.ts'
import { runK6, type K6Run } from './k6.ts'
import { judge, type Threshold } from './thresholds.ts'

export interface LoadOptions {
  readonly name: string
  readonly required: boolean
  /** Green: its origin, and a path if it is not at the root. */
  readonly target: URL
  /** A k6 script; without one, the builtin runs. */
  readonly script?: string | undefined
  /** `k6` on the PATH unless given. */
  readonly k6Path?: string | undefined
  /** Further ones of `k6 run`. */
  readonly arguments?: readonly string[] | undefined
  /** For k6 and its script. */
  readonly env?: Readonly<Record<string, string>> | undefined
  /** Besides those of the script. */
  readonly thresholds: readonly Threshold[]
  /** What is sent where k6 does not run. */
  readonly builtin: {
    readonly connections: number
    readonly seconds: number
    readonly requests: readonly LoadRequest[]
  }
  readonly clock: Clock
  /** Stops the load early; what was measured until then is the evidence, and its verdict `unknown`. */
  readonly signal: AbortSignal
  /** One line every few seconds. */
  readonly onProgress: (text: string) => void
}

/** What an engine came back with. */
interface Outcome {
  readonly engine: LoadEvidence['engine']
  readonly engineVersion: string
  /** Said before anything else, such as why it was not k6. */
  readonly note?: string
  /** Undefined where it could not measure. */
  readonly figures: Figures | undefined
  /** Judged already: those of the script. */
  readonly thresholds: readonly ThresholdResult[]
  readonly interrupted: boolean
  /** Why there are no figures, or fewer than there should be. */
  readonly trouble: string | undefined
}

/** Version of an engine that is not there. */
const NONE = 'none'

const NOTHING: Figures = { latency: undefined, requests: 0, rate: 0, failureRate: 0 }

/**
 * Puts load on green and says how it stood it. k6 runs where there is a script
 * and k6, otherwise the builtin does, and the summary says which it was. Where a
 * script cannot run and there are no requests to send in its place, nothing is
 * sent. Never rejects: what could not be measured has the verdict `unknown`.
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
  return {
    section: 'load',
    name,
    required,
    verdict: verdictOf(outcome, judged),
    summary: summaryOf(outcome, judged),
    startedAt,
    endedAt: clock.now(),
    engine,
    engineVersion,
    thresholds: judged,
    ...figures
  }
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
  const note = `k6 is not there (${run.reason}), so its script did not run`
  // What the builtin would send of its own accord is not what was asked for, and would pass for it.
  if (options.builtin.requests.length === 0) return nothingRan(note)
  return { ...(await measureBuiltin(options)), note }
}

function nothingRan(why: string): Outcome {
  return {
    engine: 'k6',
    engineVersion: NONE,
    note: `${why}, and the load has no requests to send instead; install k6, say in k6-path where it is, or give requests`,
    figures: undefined,
    thresholds: [],
    interrupted: false,
    trouble: undefined
  }
}

function fromK6(run: Exclude<K6Run, { kind: 'missing' }>): Outcome {
  const engine = { engine: 'k6', engineVersion: run.version } as const
  if (run.kind === 'failed') {
    const { reason: trouble } = run
    return { ...engine, figures: undefined, thresholds: [], interrupted: false, trouble }
  }
  const { summary, interrupted, thresholdsFailed } = run
  const isSeen = summary.thresholds.some(({ passed }) => !passed)
  // k6 found one failed that we cannot see: never better than k6's own word.
  const unseen: readonly ThresholdResult[] =
    thresholdsFailed && !isSeen
      ? [{ text: 'thresholds of the script', measured: undefined, passed: false }]
      : []
  return {
    ...engine,
    figures: summary.figures,
    thresholds: [...summary.thresholds, ...unseen],
    interrupted,
    trouble: undefined
  }
}

async function measureBuiltin(options: LoadOptions): Promise<Outcome> {
  const { target, builtin, clock, signal, onProgress } = options
  const engine = { engine: 'autocannon', engineVersion: AUTOCANNON_VERSION } as const
  const run = await runBuiltin({ target, ...builtin, clock, signal, onProgress })
  if (run.kind === 'failed') {
    const { reason: trouble } = run
    return { ...engine, figures: undefined, thresholds: [], interrupted: false, trouble }
  }
  const { figures, interrupted, hopeless: trouble } = run
  return { ...engine, figures, thresholds: [], interrupted, trouble }
}

function verdictOf(outcome: Outcome, thresholds: readonly ThresholdResult[]): Verdict {
  const { figures, interrupted, trouble } = outcome
  if (!figures || figures.requests === 0 || interrupted) return 'unknown'
  // Whatever the thresholds are: where nothing was answered, or nothing any more, green does not serve.
  if (trouble !== undefined || figures.failureRate === 1) return 'failed'
  const others = thresholds.filter(({ passed }) => !passed)
  if (others.length === 0) return 'passed'
  return others.some(({ measured }) => measured !== undefined) ? 'failed' : 'unknown'
}

function summaryOf(outcome: Outcome, thresholds: readonly ThresholdResult[]): string {
  const { engine, engineVersion, note, figures, interrupted, trouble } = outcome
  const who = `${engine} ${engineVersion}`
  const what = [
    ...(interrupted ? ['stopped early'] : []),
    ...(trouble === undefined ? [] : [trouble]),
    ...(figures ? [inWords(figures, thresholds)] : [])
  ].join('; ')
  return [
    ...(note === undefined ? [] : [note]),
    // An engine that is not there has nothing to say.
    ...(what === '' ? [] : [`${who}: ${what}`])
  ].join('; ')
}

function unmeasured({ text }: ThresholdResult): ThresholdResult {
  return { text, measured: undefined, passed: false }
}
