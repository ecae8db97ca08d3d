import type { Clock } from '../../release/clock.ts'
import type { AvailabilityEvidence, RecoveryEvidence, Verdict } from '../../release/evidence.ts'
import { within } from '../../release/within.ts'
import type { Prober } from '../availability/prober.ts'
import type { Recovery } from '../file/model.ts'
import { guardedLookup, refusedTarget } from '../http/addresses.ts'
import { inWords, WORDS } from '../words/recovery.ts'
import { isWhole, type Fleet } from './fleet.ts'
import type { Outcome } from './outcome.ts'
import { Progress } from './progress.ts'

export interface RecoverOptions {
  readonly recovery: Recovery
  /** Name of the cluster in which the release is. */
  readonly cluster: string
  readonly fleet: Fleet
  /** Origin of the side; undefined if it cannot be asked. */
  readonly target: string | undefined
  readonly clock: Clock
  /** Returns milliseconds that never go back. */
  readonly monotonic: () => number
  readonly random: () => number
  readonly signal: AbortSignal
}

/** Green is read this often, so its steps are known to this precision. */
const LOOK_MS = 1_000
/** If the job is cancelled, it has only seconds left. */
const HURRY_MS = 1_000

/** What a service of several tasks may fail while one of them is away (docs/verification.md). */
const DEFAULT_FAILURE_RATE = 0.01

/** Of the ledger's item, and more than anyone reads. */
const MOST_FAILURES = 200

/**
 * Stops one task of a side, sends requests to that side at a steady rate meanwhile, and
 * measures the time until it is whole again. Never throws: if something could
 * not be done, the evidence says so.
 */
export async function recover(options: RecoverOptions): Promise<RecoveryEvidence> {
  const { recovery, cluster, fleet, target, clock, signal } = options
  const startedAt = clock.now()
  const { required, side } = recovery
  const base = { section: 'recovery', name: 'recovery', required, side, startedAt } as const
  const untouched = (summary: string): RecoveryEvidence => ({
    ...base,
    ...{ verdict: 'unknown', summary, endedAt: clock.now() },
    ...{ stoppedTask: '', tasks: 0, steps: [], requests: 0, failed: 0, failures: [] },
    maxFailureRate: recovery.maxFailureRate
  })
  if (cluster !== recovery.cluster) {
    return untouched(WORDS.otherCluster(recovery.cluster, cluster))
  }
  if (target === undefined) return untouched(WORDS.nowhere(side))
  const url = new URL(recovery.path, target)
  const refused = await refusedTarget(url)
  if (refused !== undefined) return untouched(refused)
  const before = await fleet.look()
  if (typeof before === 'string') return untouched(WORDS.notStopped(before))
  const [task] = before.tasks
  if (!task || !isWhole(before)) {
    return untouched(WORDS.notWhole(side, before))
  }
  if (signal.aborted) return untouched(WORDS.notStopped(WORDS.interrupted()))
  const prober = await probe(options, url)
  const unstopped = await fleet.stop(task.arn)
  if (unstopped !== undefined) {
    await stopProbing(prober, options)
    return untouched(unstopped)
  }
  const progress = new Progress(before, clock.now())
  const blind = await untilWhole(progress, options)
  const endedAt = clock.now()
  const asked = await stopProbing(prober, options)
  // The default is for requests that were sent; a share that the file names has to be measured.
  const isJudged = before.desired > 1 && (asked?.total ?? 0) > 0
  const maxFailureRate = recovery.maxFailureRate ?? (isJudged ? DEFAULT_FAILURE_RATE : undefined)
  const found = { maxFailureRate, progress, asked, blind, isInterrupted: signal.aborted, endedAt }
  return {
    ...base,
    verdict: verdictOf(found),
    summary: inWords(recovery.withinMs, found),
    endedAt,
    stoppedTask: task.arn,
    tasks: before.desired,
    steps: progress.steps,
    requests: asked?.total ?? 0,
    failed: asked?.failed ?? 0,
    maxFailureRate,
    failures: asked?.failures.slice(0, MOST_FAILURES) ?? []
  }
}

/** Waits until green is whole or the time is over. Returns why green could not be read at the end; undefined if it could. */
async function untilWhole(
  progress: Progress,
  { recovery, fleet, clock, signal }: RecoverOptions
): Promise<string | undefined> {
  const deadline = clock.now() + recovery.withinMs
  let blind: string | undefined
  for (;;) {
    const left = deadline - clock.now()
    if (left <= 0 || signal.aborted) return blind
    await clock.sleep(Math.min(LOOK_MS, left), signal).catch(() => undefined)
    const now = await fleet.look()
    blind = typeof now === 'string' ? now : undefined
    if (typeof now !== 'string') progress.see(now, clock.now())
    if (progress.isDone) return undefined
  }
}

function verdictOf({ maxFailureRate, progress, asked, blind, isInterrupted }: Outcome): Verdict {
  if (!progress.isDone) return isInterrupted || blind !== undefined ? 'unknown' : 'failed'
  if (maxFailureRate === undefined) return 'passed'
  if (!asked || asked.total === 0) return 'unknown'
  return asked.failed > maxFailureRate * asked.total ? 'failed' : 'passed'
}

async function probe(
  { recovery, clock, monotonic, random }: RecoverOptions,
  url: URL
): Promise<Prober> {
  const { startProber } = await import('../availability/prober.ts')
  return startProber({
    target: { url, headers: {}, lookup: guardedLookup },
    rate: recovery.rate,
    timeoutMs: recovery.timeoutMs,
    // The prober judges nothing: failures are expected, and `verdictOf` judges all of them.
    limits: { maxFailureRate: 1 },
    clock,
    monotonic,
    random,
    name: 'recovery',
    onBreach: () => undefined
  })
}

/** Stops the prober. If the job is cancelled, it hardly waits for answers. */
async function stopProbing(
  prober: Prober,
  { clock, signal }: RecoverOptions
): Promise<AvailabilityEvidence | undefined> {
  const stopping = prober.stop()
  if (!signal.aborted) return stopping
  return within(clock, HURRY_MS, stopping)
}
