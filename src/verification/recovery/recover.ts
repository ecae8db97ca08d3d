import type { Clock } from '../../release/clock.ts'
import type { AvailabilityEvidence, RecoveryEvidence, Verdict } from '../../release/evidence.ts'
import { within } from '../../release/within.ts'
import type { Prober } from '../availability/prober.ts'
import type { Recovery } from '../file/model.ts'
import { guardedLookup, refusedTarget } from '../http/addresses.ts'
import { isWhole, type Fleet } from './fleet.ts'
import { count } from '../../release/report-words.ts'
import { Progress } from './progress.ts'

export interface RecoverOptions {
  readonly recovery: Recovery
  /** Name of the cluster in which the release is. */
  readonly cluster: string
  readonly fleet: Fleet
  /** Origin of green; undefined if it cannot be asked. */
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

/**
 * Stops one task of green, sends requests to green at a steady rate meanwhile, and
 * measures the time until green is whole again. Never throws: if something could
 * not be done, the evidence says so.
 */
export async function recover(options: RecoverOptions): Promise<RecoveryEvidence> {
  const { recovery, cluster, fleet, target, clock, signal } = options
  const startedAt = clock.now()
  const { required } = recovery
  const base = { section: 'recovery', name: 'recovery', required, startedAt } as const
  const untouched = (summary: string): RecoveryEvidence => ({
    ...base,
    ...{ verdict: 'unknown', summary, endedAt: clock.now() },
    ...{ stoppedTask: '', steps: [], requests: 0, failed: 0 }
  })
  if (cluster !== recovery.cluster) {
    return untouched(
      `no task was stopped: it may be done in ${recovery.cluster}, not in ${cluster}`
    )
  }
  if (target === undefined) return untouched('there is no test listener to ask; set target.test')
  const url = new URL(recovery.path, target)
  const refused = await refusedTarget(url)
  if (refused !== undefined) return untouched(refused)
  const before = await fleet.look()
  if (typeof before === 'string') return untouched(`no task was stopped: ${before}`)
  const [task] = before.tasks
  if (!task || !isWhole(before)) {
    return untouched(`no task was stopped: green was not whole before, ${stateOf(before)}`)
  }
  if (signal.aborted) return untouched('no task was stopped: interrupted')
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
  const found = { progress, asked, blind, isInterrupted: signal.aborted, endedAt }
  return {
    ...base,
    verdict: verdictOf(recovery, found),
    summary: summaryOf(recovery, found),
    endedAt,
    stoppedTask: task.arn,
    steps: progress.steps,
    requests: asked?.total ?? 0,
    failed: asked?.failed ?? 0
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

interface Outcome {
  readonly progress: Progress
  /** Undefined if the job did not wait for it. */
  readonly asked: AvailabilityEvidence | undefined
  readonly blind: string | undefined
  readonly isInterrupted: boolean
  readonly endedAt: number
}

function verdictOf(
  recovery: Recovery,
  { progress, asked, blind, isInterrupted }: Outcome
): Verdict {
  if (!progress.isDone) return isInterrupted || blind !== undefined ? 'unknown' : 'failed'
  const { maxFailureRate } = recovery
  if (maxFailureRate === undefined) return 'passed'
  if (!asked || asked.total === 0) return 'unknown'
  return asked.failed > maxFailureRate * asked.total ? 'failed' : 'passed'
}

/** Writes a line such as `whole again after 12 s (draining 1 s, started 4 s, registered 5 s); 3 of 120 requests failed`. */
function summaryOf(
  { withinMs, maxFailureRate }: Recovery,
  { progress, asked, blind, isInterrupted, endedAt }: Outcome
): string {
  const [stopped, ...others] = progress.steps
  const since = (at: number): string => seconds(at - (stopped?.at ?? at))
  const whole = others.find(({ what }) => what === 'healthy')
  const steps = others
    .filter((step) => step !== whole)
    .map(({ what, at }) => `${what} ${since(at)}`)
  const head = whole
    ? `whole again after ${since(whole.at)}`
    : isInterrupted
      ? `interrupted ${since(endedAt)} after a task was stopped`
      : `not whole again within ${seconds(withinMs)}`
  const last = asked?.failures.at(-1)?.reason
  const share = Number(((maxFailureRate ?? 0) * 100).toPrecision(3))
  return [
    steps.length > 0 ? `${head} (${steps.join(', ')})` : head,
    ...(blind === undefined ? [] : [blind]),
    asked
      ? `${count(asked.failed)} of ${count(asked.total)} requests failed` +
        (maxFailureRate === undefined ? '' : `, at most ${share} % may`) +
        (last === undefined ? '' : `; last: ${last}`)
      : 'requests were not counted'
  ].join('; ')
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

function stateOf({ desired, tasks, targets }: Exclude<Awaited<ReturnType<Fleet['look']>>, string>) {
  const healthy = targets.filter(({ state }) => state === 'healthy').length
  return `${tasks.length} of ${desired} tasks and ${healthy} healthy targets`
}

function seconds(ms: number): string {
  return `${(ms / 1000).toLocaleString('en-US', { maximumFractionDigits: 1 })} s`
}
