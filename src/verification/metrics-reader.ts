import type { Clients } from '../aws/clients.ts'
import type { OptionalReads } from '../aws/optional-reads.ts'
import type { Clock } from '../release/clock.ts'
import type { MetricsEvidence } from '../release/evidence.ts'
import { isTerminal, stageOf, type Snapshot } from '../release/snapshot.ts'
import type { Metrics } from './file/model.ts'
import { readMetrics, SETTLED_AFTER_MS } from './metrics/read-metrics.ts'
import { ceilMinute, MINUTE_MS, type Window } from './metrics/windows.ts'
import { FAULTS } from './words/metrics.ts'

/** Names of the two target groups. */
export interface SideNames {
  readonly blue: string
  readonly green: string
}

/** ARNs of both target groups and of their load balancer. */
export interface Sides extends SideNames {
  readonly loadBalancer: string
}

export interface MetricsReaderOptions {
  readonly metrics: Metrics
  readonly deploymentId: string
  readonly clients: Pick<Clients, 'cloudwatch'>
  readonly optionalReads: OptionalReads
  /** Resolves with a text if they are not known; it says why. Never rejects. */
  readonly sides: (names: SideNames) => Promise<Sides | string>
  readonly clock: Clock
  /** Ends every wait. Metrics that CloudWatch does not have by then never pass. */
  readonly signal: AbortSignal
  /**
   * Called once if a limit or an alarm is broken while traffic moves. Absent if nobody wants to
   * know before the shift has ended. Must not throw.
   */
  readonly onBreach?: ((reason: string) => void) | undefined
}

export interface MetricsReader {
  see(snapshot: Snapshot): void
  /**
   * Reads from `from` (milliseconds since the epoch) until now, and for at least as long as
   * the file says.
   */
  atTheGate(from: number): GateReading
  /**
   * Reads the time of the shift; undefined if no shift was seen to begin, or if the deployment
   * goes on without this job. Never rejects.
   */
  duringTheShift(): Promise<MetricsEvidence | undefined>
}

export interface GateReading {
  /**
   * Resolves when the window has ended, so that later events do not change its figures. Never
   * rejects.
   */
  readonly closed: Promise<void>
  /** Resolves later than `closed` by the time that CloudWatch needs. Never rejects. */
  readonly evidence: Promise<MetricsEvidence>
}

/** If the job is cancelled, it has only seconds left. */
const HURRY_MS = 1_000

/** How often the figures are read while traffic moves in steps. */
const BETWEEN_READINGS_MS = 30_000

/**
 * Reads CloudWatch twice: for the time in which only testers reach green, and for the shift.
 * A window ends with a minute, because CloudWatch has no smaller unit, and it is read once
 * its last minute has settled.
 */
export function openMetricsReader(options: MetricsReaderOptions): MetricsReader {
  const { metrics, deploymentId, clock, signal } = options
  const shiftBegan = new AbortController()
  /** Aborted once the deployment has ended, or a breach was told. */
  const over = new AbortController()
  let shift: { readonly from: number; readonly until: number | undefined } | undefined
  let names: SideNames | undefined

  /** Resolves at this time, or as soon as one of the signals is aborted. */
  const until = async (at: number, ...others: readonly AbortSignal[]): Promise<void> => {
    const ms = at - clock.now()
    const ended = AbortSignal.any([signal, ...others])
    if (ms > 0 && !ended.aborted) await clock.sleep(ms, ended).catch(() => undefined)
  }

  const close = async (from: number): Promise<Window> => {
    const asked = clock.now()
    const end = ceilMinute(Math.max(asked, ceilMinute(from) + metrics.forMs))
    await until(end, shiftBegan.signal)
    return { from, until: Math.max(from, Math.min(end, shift?.from ?? end, clock.now())) }
  }

  const read = async (
    name: string,
    required: boolean,
    window: Window
  ): Promise<MetricsEvidence> => {
    await until(window.until + SETTLED_AFTER_MS)
    const isSettled = clock.now() >= window.until + SETTLED_AFTER_MS
    const found = names ? await options.sides(names) : FAULTS.sidesUnknown()
    if (typeof found === 'string') return nothing(name, required, window, found)
    const limit = new AbortController()
    if (!isSettled) void clock.sleep(HURRY_MS).then(() => limit.abort())
    const evidence = await readMetrics({
      ...options,
      ...found,
      ...window,
      name,
      required,
      alarms: metrics.alarms,
      limits: metrics.limits,
      signal: limit.signal
    })
    if (isSettled) return evidence
    return {
      ...evidence,
      verdict: evidence.verdict === 'passed' ? 'unknown' : evidence.verdict,
      summary: FAULTS.readEarly(evidence.summary)
    }
  }

  /**
   * Reads the figures since the shift began, again and again until it has ended. CloudWatch's last
   * minutes are not complete, and a figure of theirs only grows, so limits from above alone are
   * judged: one that is broken by then stays broken.
   */
  const watchShift = async (onBreach: (reason: string) => void): Promise<void> => {
    const limits = metrics.limits.filter(
      ({ metric, comparison }) =>
        metric !== 'healthy-hosts' && (comparison === '<' || comparison === '<=')
    )
    const isOver = (): boolean => over.signal.aborted || signal.aborted
    while (!isOver()) {
      await until(clock.now() + BETWEEN_READINGS_MS, over.signal)
      const found = names && !isOver() ? await options.sides(names) : undefined
      if (!shift || found === undefined || typeof found === 'string') continue
      const read = await readMetrics({
        ...options,
        ...found,
        from: shift.from,
        until: clock.now(),
        name: 'metrics during the shift',
        required: false,
        alarms: metrics.alarms,
        limits,
        signal: over.signal
      })
      if (read.verdict !== 'failed' || isOver()) continue
      over.abort()
      onBreach(read.summary)
    }
  }

  return {
    see(snapshot) {
      if (snapshot.deploymentId !== deploymentId) return
      if (isTerminal(snapshot.state)) over.abort()
      names ??= namesIn(snapshot)
      const seen = stageOf(snapshot, 'shift')
      if (!seen || seen.status === 'Pending' || seen.status === 'Skipped') return
      const ended = seen.status === 'Succeeded' ? (seen.endedAt ?? snapshot.at) : undefined
      shift = {
        from: shift?.from ?? seen.startedAt ?? snapshot.at,
        until: shift?.until ?? ended
      }
      if (!shiftBegan.signal.aborted && options.onBreach) {
        void watchShift(options.onBreach).catch(() => undefined)
      }
      shiftBegan.abort()
    },
    atTheGate(from) {
      const window = close(from)
      return {
        closed: window.then(() => undefined),
        evidence: window.then((each) => read('metrics', metrics.required, each))
      }
    },
    async duringTheShift() {
      if (!shift || (shift.until === undefined && !signal.aborted)) return undefined
      // The window ends with a whole minute in which only green serves.
      const end = ceilMinute(shift.until ?? clock.now()) + MINUTE_MS
      await until(end)
      const window = { from: shift.from, until: Math.min(end, clock.now()) }
      // It is not required, because traffic has moved, and the gate cannot hold it back any more.
      return read('metrics during the shift', false, window)
    }
  }
}

function namesIn({ taskSets }: Snapshot): SideNames | undefined {
  const groupOf = (side: 'blue' | 'green'): string | undefined =>
    taskSets.find(({ label }) => label === side)?.targetGroup
  const blue = groupOf('blue')
  const green = groupOf('green')
  return blue === undefined || green === undefined || blue === green ? undefined : { blue, green }
}

function nothing(
  name: string,
  required: boolean,
  { from, until }: Window,
  summary: string
): MetricsEvidence {
  return {
    section: 'metrics',
    name,
    required,
    verdict: 'unknown',
    summary,
    startedAt: from,
    endedAt: until,
    series: [],
    alarms: []
  }
}
