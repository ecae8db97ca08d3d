import type { AvailabilityEvidence } from '../../release/evidence.ts'
import { brokenBy, evidenceOf, type Asked } from './judge.ts'
import { MOST_FAILURES, type Part, type PhaseName, Versions } from './part.ts'
import { Phases } from './phases.ts'
import type { ProbeResult } from './probe.ts'
import { Seconds } from './seconds.ts'
import { count, noCounts, Window, windowMs } from './window.ts'

export interface RecorderOptions extends Asked {
  /** Milliseconds since the epoch. */
  readonly startedAt: number
}

/**
 * What a steady rate of requests has shown, in memory that does not grow with
 * their number. Pure: it knows no time but that of the results.
 *
 * A limit is broken, for good, as soon as it is broken over a sliding window
 * of ten seconds (longer at low rates, see `windowMs`) or over all requests so
 * far, as `isBroken` has it. At 50 requests a second six failed ones do, an
 * eighth of a second into an outage that shows at once; where requests hang,
 * it is known when the first of them time out, or when no more may be in
 * flight. A p99 is over its limit where more than 1 % of the answered requests
 * took longer.
 */
export class Recorder {
  readonly #options: RecorderOptions
  readonly #phases: Phases
  readonly #seconds = new Seconds()
  readonly #versions = new Versions()
  readonly #within: string
  readonly #window: Window
  readonly #all = noCounts()
  readonly #failures: { readonly at: number; readonly reason: string }[] = []
  #lastFailure = ''
  /** Of those that may break a limit. */
  readonly #judged = noCounts()
  #isJudging: boolean
  /** The earliest time at which a request should have gone that was answered well. */
  #wellAt = Infinity
  #shiftedAt = Infinity
  #wasWell = false
  #breach: string | undefined

  constructor(options: RecorderOptions) {
    this.#options = options
    this.#phases = new Phases('before', options.startedAt)
    const ms = windowMs(options.rate)
    this.#window = new Window(ms)
    this.#isJudging = options.judgeFrom !== 'shift'
    this.#within = ` within ${Math.round(ms / 1000)} s`
  }

  /**
   * Which limit was broken first, and by what; undefined while none is, or
   * while that says nothing of the new version (see `Asked.judgeFrom`).
   */
  get breach(): string | undefined {
    const { judgeFrom } = this.#options
    const isKnown = judgeFrom !== 'shift' || this.#wasWell || this.#wellAt < this.#shiftedAt
    return isKnown ? this.#breach : undefined
  }

  /** Another process has seen production answer well before the shift. */
  wasWell(): void {
    this.#wasWell = true
  }

  /** See `Phases`; it begins in `before`. */
  enter(phase: PhaseName, at: number): void {
    this.#phases.enter(phase, at)
    if (phase !== 'shift') return
    this.#isJudging = true
    this.#shiftedAt = Math.min(this.#shiftedAt, at)
  }

  /** Counts one request that has ended; they come in the order in which they end. */
  record(given: ProbeResult): void {
    const { at, ms, failure } = given
    const version = given.version === undefined ? undefined : this.#versions.named(given.version)
    const result = version === given.version ? given : { ...given, version }
    const answered = version !== undefined
    const kind = {
      failed: failure !== undefined,
      answered,
      slow: answered && ms > (this.#options.limits.maxP99Ms ?? Infinity)
    }
    if (failure !== undefined) {
      this.#lastFailure = failure
      if (this.#failures.length < MOST_FAILURES) {
        this.#failures.push({ at: Math.round(at), reason: failure })
      }
    } else this.#wellAt = Math.min(this.#wellAt, at)
    count(this.#all, kind)
    this.#seconds.record(result)
    this.#phases.add(result)
    if (!this.#isJudging) return
    count(this.#judged, kind)
    this.#window.add(at + ms, kind)
    this.#breach ??= this.#broken()
  }

  /** All of it, from the first result to `endedAt`. */
  evidence(endedAt: number): AvailabilityEvidence {
    return evidenceOf(this.#options, this.part(endedAt))
  }

  /** The same, for another process to go on with. */
  part(endedAt: number): Part {
    return {
      startedAt: this.#options.startedAt,
      endedAt,
      all: { ...this.#all },
      judged: { ...this.#judged },
      breach: this.#breach,
      lastFailure: this.#lastFailure,
      phases: this.#phases.stored(endedAt),
      failures: this.#failures.toSorted((one, other) => one.at - other.at),
      seconds: this.#seconds.stored()
    }
  }

  #broken(): string | undefined {
    const { counts } = this.#window
    return (
      brokenBy(this.#options, counts, this.#lastFailure, this.#within) ??
      brokenBy(this.#options, this.#judged, this.#lastFailure)
    )
  }
}
