import type { Clock } from '../../release/clock.ts'
import type { AvailabilityEvidence } from '../../release/evidence.ts'
import { type Asked, evidenceOf, type Limits } from './judge.ts'
import type { Part, PhaseName } from './part.ts'
import { createProbe, TIMEOUT_MS, type Probe, type ProbeOptions } from './probe.ts'
import { Recorder } from './recorder.ts'
import { keepPace } from './schedule.ts'

export interface PaceOptions {
  /** Requests a second, above 0 and at most 1,000. */
  readonly rate: number
  readonly limits: Limits
  readonly clock: Clock
  /** Returns milliseconds that never go back, with fractions. Default: `performance.now`. With a virtual clock it has to be that clock's time. */
  readonly monotonic?: () => number
  /** Returns 0 to 1, so that the probers of several jobs do not send at the same moment. */
  readonly random: () => number
  /** Called once, while the prober runs, if a limit is broken. Must not throw. */
  readonly onBreach: (reason: string) => void
  /** Default: `availability`. */
  readonly name?: string
  /** Default: true. */
  readonly required?: boolean
  /** See `Asked`. */
  readonly judgeFrom?: Asked['judgeFrom']
  /** When the first request is sent, milliseconds since the epoch, to go on with a schedule. Default: a random moment of the first interval. */
  readonly startAt?: number
}

export interface ProberOptions extends PaceOptions, ProbeOptions {}

export interface Prober {
  /**
   * Says which phase begins; the prober starts in `before`. `at` (milliseconds
   * since the epoch, default: now) may be up to 30 s ago, if the phase is known
   * late. Its requests are counted to it all the same.
   */
  enter(phase: PhaseName, at?: number): void
  /**
   * Stops sending, waits for the requests in flight (no longer than their
   * time-out) and returns the evidence. Every further call returns the same.
   */
  stop(): Promise<AvailabilityEvidence>
  /** Does not send the requests that are due at `at` (milliseconds since the epoch) or later: another process does. */
  leaveFrom(at: number): void
  /** Says that another process has seen production answer well before the shift; see `Asked.judgeFrom`. */
  wasWell(): void
  /** Stops as `stop` does, and returns what another process needs to go on. */
  part(): Promise<Part>
}

const HIGHEST_RATE = 1_000
/** Longest delay of a timer. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

/**
 * Begins to send requests to production at a steady rate.
 *
 * @throws RangeError if the rate, the time-out or a limit is out of range.
 */
export function startProber(options: ProberOptions): Prober {
  validate(options)
  return probeSteadily(createProbe(options), options)
}

/** The same with a given probe, which is closed at the end. */
export function probeSteadily(probe: Probe, options: PaceOptions): Prober {
  const { rate, limits, clock, monotonic = () => performance.now(), random, onBreach } = options
  const startedAt = clock.now()
  const zero = monotonic()
  // The system's clock may be changed during the measurement, so it gives only the time of the start.
  const now = (): number => startedAt + (monotonic() - zero)
  const asked: Asked = {
    name: options.name ?? 'availability',
    required: options.required ?? true,
    rate,
    limits,
    ...(options.judgeFrom && { judgeFrom: options.judgeFrom })
  }
  const recorder = new Recorder({ ...asked, startedAt: options.startAt ?? startedAt })
  let told = false
  const tell = (): void => {
    if (told || recorder.breach === undefined) return
    told = true
    onBreach(recorder.breach)
  }
  const record = (at: number, ms: number, version?: string, failure?: string): void => {
    recorder.record({ at, ms, version, failure })
    tell()
  }
  const ended = new AbortController()
  let leftFrom = Infinity
  const course = keepPace({
    schedule: { startAt: options.startAt ?? startedAt + (random() * 1000) / rate, rate },
    until: () => leftFrom,
    now,
    sleep: (ms, signal) => clock.sleep(ms, signal),
    ended: ended.signal,
    mostInFlight: mostInFlight(rate),
    send: async (intended) => {
      // If a request is sent a little early, that does not make it faster.
      const from = Math.min(intended, now())
      const { version, failure } = await probe.send()
      record(intended, Math.max(0, now() - from), version, failure)
    },
    drop: (intended, reason) => record(intended, Math.max(0, now() - intended), undefined, reason)
  })
  let stopping: Promise<Part> | undefined
  let evidence: Promise<AvailabilityEvidence> | undefined
  const finish = async (): Promise<Part> => {
    const endedAt = Math.min(now(), leftFrom)
    ended.abort()
    await course.finally(() => probe.close())
    return recorder.part(endedAt)
  }
  const part = (): Promise<Part> => (stopping ??= finish())
  return {
    enter: (phase, at) => {
      if (!ended.signal.aborted) recorder.enter(phase, at ?? now())
    },
    stop: () => (evidence ??= part().then((found) => evidenceOf(asked, found))),
    leaveFrom: (at) => void (leftFrom = at),
    wasWell: () => {
      recorder.wasWell()
      tell()
    },
    part
  }
}

/** Allows the requests of four seconds in flight, and at low rates enough for a few slow answers. */
function mostInFlight(rate: number): number {
  return Math.max(8, Math.ceil(4 * rate))
}

function validate({ rate, timeoutMs = TIMEOUT_MS, limits }: ProberOptions): void {
  const within = (what: string, value: number, from: number, to: number): void => {
    if (!(value >= from && value <= to)) {
      throw new RangeError(`${what} is ${value}, wanted ${from} to ${to}`)
    }
  }
  within('rate', rate, Number.MIN_VALUE, HIGHEST_RATE)
  within('timeoutMs', timeoutMs, 1, LONGEST_TIMEOUT_MS)
  within('maxFailureRate', limits.maxFailureRate ?? 0, 0, 1)
  within('maxP99Ms', limits.maxP99Ms ?? 1, Number.MIN_VALUE, Infinity)
}
