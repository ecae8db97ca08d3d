import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'
import type { Trend } from '../../release/evidence.ts'

/** Slower ones count as this slow: longer than any time-out. */
const SLOWEST_US = 3_600_000_000
/** Of every percentile: within 0.1 %. */
const FIGURES = 3

/**
 * Latencies, in the same 100 KiB or so whatever their number: Node's own HDR
 * histogram, in microseconds, so that no dependency is needed for it.
 */
export class Latencies {
  readonly #histogram: RecordableHistogram = createHistogram({
    lowest: 1,
    highest: SLOWEST_US,
    figures: FIGURES
  })
  #count = 0
  #sumMs = 0
  #minMs = Infinity
  #maxMs = 0

  /** Milliseconds, with fractions. */
  record(ms: number): void {
    this.#histogram.record(Math.min(SLOWEST_US, Math.max(1, Math.round(ms * 1000))))
    this.#count++
    this.#sumMs += ms
    this.#minMs = Math.min(this.#minMs, ms)
    this.#maxMs = Math.max(this.#maxMs, ms)
  }

  /** Average, minimum and maximum are exact, percentiles to 0.1 %; undefined where nothing was recorded. */
  trend(): Trend | undefined {
    if (this.#count === 0) return undefined
    return {
      avg: roundedMs(this.#sumMs / this.#count),
      min: roundedMs(this.#minMs),
      med: this.#percentile(50),
      max: roundedMs(this.#maxMs),
      p90: this.#percentile(90),
      p95: this.#percentile(95),
      p99: this.#percentile(99)
    }
  }

  /** The histogram knows a value by its neighbourhood, which may end beyond the extremes. */
  #percentile(percent: number): number {
    const ms = this.#histogram.percentile(percent) / 1000
    return roundedMs(Math.min(this.#maxMs, Math.max(this.#minMs, ms)))
  }
}

/** Milliseconds with three decimals. */
export function roundedMs(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
