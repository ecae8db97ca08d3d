import { Latencies } from './histogram.ts'
import type { PhaseName, StoredPhase } from './part.ts'
import type { ProbeResult } from './probe.ts'
import { addTo } from './seconds.ts'

/**
 * Results are held at least this long before they are counted to a phase. If
 * polling reports a phase late, it still gets every request since it began.
 */
export const HOLD_MS = 30_000
/** Half of the most results that may be held. */
const MOST_HELD = 10_000

interface Phase {
  readonly name: PhaseName
  readonly from: number
  total: number
  failed: number
  readonly byVersion: Map<string, number>
  /** Created only when it is needed, because it is the larger part of a phase. */
  latency: Latencies | undefined
}

/** Counts requests by phase. A request belongs to the phase in which it should have been sent. */
export class Phases {
  readonly #phases: [Phase, ...Phase[]]
  #old: ProbeResult[] = []
  #young: ProbeResult[] = []
  /** Every result before this time has been counted to a phase; later ones may still be held. */
  #settledUntil = -Infinity

  constructor(name: PhaseName, from: number) {
    this.#phases = [phase(name, from)]
  }

  /**
   * Says that the phase is `name` from `at` on, milliseconds since the epoch. If
   * `at` is in the past, requests that are still held (30 s) count to the phase;
   * it begins after those that are not, and never before its predecessor.
   */
  enter(name: PhaseName, at: number): void {
    const last = this.#phases.at(-1)
    if (last === undefined || last.name === name) return
    this.#phases.push(phase(name, Math.max(at, last.from, this.#settledUntil)))
  }

  add(result: ProbeResult): void {
    const [oldest] = this.#young
    if (oldest && (endOf(result) - endOf(oldest) >= HOLD_MS || this.#young.length >= MOST_HELD)) {
      this.#settle(this.#old)
      this.#old = this.#young
      this.#young = []
    }
    this.#young.push(result)
  }

  /** Returns the phases in their order. The last one ends at `until`. */
  stored(until: number): StoredPhase[] {
    this.#settle(this.#old.splice(0))
    this.#settle(this.#young.splice(0))
    return this.#phases.map(({ name, from, total, failed, byVersion, latency }, index) => ({
      name,
      from: Math.round(from),
      until: Math.round(this.#phases[index + 1]?.from ?? Math.max(until, from)),
      total,
      failed,
      byVersion: Object.fromEntries(byVersion),
      latency: latency?.stored()
    }))
  }

  #settle(results: readonly ProbeResult[]): void {
    for (const { at, ms, version, failure } of results) {
      const phase = this.#phases.findLast(({ from }) => from <= at) ?? this.#phases[0]
      phase.total++
      if (failure !== undefined) phase.failed++
      if (version !== undefined) {
        addTo(phase.byVersion, version, 1)
        phase.latency ??= new Latencies()
        phase.latency.record(ms)
      }
      // The time is one millisecond later, because a phase that begins at `at` itself would contain
      // this result.
      this.#settledUntil = Math.max(this.#settledUntil, at + 1)
    }
  }
}

function phase(name: PhaseName, from: number): Phase {
  return { name, from, total: 0, failed: 0, byVersion: new Map(), latency: undefined }
}

function endOf({ at, ms }: ProbeResult): number {
  return at + ms
}
