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
 * Records what requests at a steady rate show. Its memory does not grow with their
 * number. It is pure: it knows no time but that of the results.
 *
 * A limit is broken, for good, as soon as `isBroken` says so for a sliding window
 * of ten seconds (longer at low rates, see `windowMs`) or for all requests so far.
 * At 50 requests a second, six failed requests break the default limit. If they
 * fail at once, that is an eighth of a second into an outage. If they hang, it is
 * known when the first of them time out, or when no more may be in flight. A p99
 * is over its limit if more than 1 % of the answered requests took longer.
 */
export class Recorder {
  readonly #options: RecorderOptions
  readonly #phases: Phases
  readonly #seconds = new Seconds()
  readonly #versions = new Versions()
  readonly #within: number
  readonly #window: Window
  readonly #all = noCounts()
  readonly #failures: { readonly at: number; readonly reason: string }[] = []
  #lastFailure = ''
  /** Counts of the requests that may break a limit. */
  readonly #judged = noCounts()
  #isJudging: boolean
  /** When the first request that was answered well should have been sent. */
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
    this.#within = Math.round(ms / 1000)
  }

  /**
   * Says which limit was broken first, and by how much; undefined if none is, or
   * if that says nothing about the new version (see `Asked.judgeFrom`).
   */
  get breach(): string | undefined {
    const { judgeFrom } = this.#options
    const isKnown = judgeFrom !== 'shift' || this.#wasWell || this.#wellAt < this.#shiftedAt
    return isKnown ? this.#breach : undefined
  }

  /** Says that another process has seen production answer well before the shift. */
  wasWell(): void {
    this.#wasWell = true
  }

  /** Says which phase begins, see `Phases`. The first one is `before`. */
  enter(phase: PhaseName, at: number): void {
    this.#phases.enter(phase, at)
    if (phase !== 'shift') return
    this.#isJudging = true
    this.#shiftedAt = Math.min(this.#shiftedAt, at)
  }

  /** Counts a request that has ended. The caller records requests in the order in which they end. */
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

  /** Makes evidence of everything from the first result to `endedAt`. */
  evidence(endedAt: number): AvailabilityEvidence {
    return evidenceOf(this.#options, this.part(endedAt))
  }

  /** Returns the same in a form with which another process can go on. */
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
