import type { Trend } from '../../release/evidence.ts'

/** A slower request counts as this slow. It is longer than any time-out. */
const SLOWEST_US = 3_600_000_000
/**
 * The number of buckets from one power of two to the next. No bucket is wider than a
 * thousandth of its values.
 */
const BUCKETS_AN_OCTAVE = 1024
/** Below this, every microsecond has a bucket of its own. */
const EXACT_BELOW = 2 * BUCKETS_AN_OCTAVE

/** Latencies in a form that can be stored and added to others. Times are milliseconds. */
export interface StoredLatencies {
  readonly count: number
  readonly sumMs: number
  readonly minMs: number
  readonly maxMs: number
  /** The number of a bucket and the count in it, by turns, with rising numbers. */
  readonly buckets: readonly number[]
}

/**
 * A histogram of latencies in microseconds. Its memory grows with their spread, not with
 * their number. Node's own histogram will not do, because it cannot be stored, and another
 * process has to go on with what this one has measured.
 */
export class Latencies {
  readonly #buckets = new Map<number, number>()
  #count = 0
  #sumMs = 0
  #minMs = Infinity
  #maxMs = 0

  /** Milliseconds, with fractions. */
  record(ms: number): void {
    this.#put(bucketOf(Math.min(SLOWEST_US, Math.max(1, Math.round(ms * 1000)))), 1)
    this.#count++
    this.#sumMs += ms
    this.#minMs = Math.min(this.#minMs, ms)
    this.#maxMs = Math.max(this.#maxMs, ms)
  }

  /** Has the same effect as if each of the others had been recorded here. */
  add({ count, sumMs, minMs, maxMs, buckets }: StoredLatencies): void {
    for (let n = 0; n + 1 < buckets.length; n += 2) this.#put(buckets[n] ?? 0, buckets[n + 1] ?? 0)
    this.#count += count
    this.#sumMs += sumMs
    this.#minMs = Math.min(this.#minMs, minMs)
    this.#maxMs = Math.max(this.#maxMs, maxMs)
  }

  stored(): StoredLatencies {
    return {
      count: this.#count,
      sumMs: roundedMs(this.#sumMs),
      minMs: roundedMs(this.#minMs),
      maxMs: roundedMs(this.#maxMs),
      buckets: this.#sorted().flat()
    }
  }

  /**
   * Average, minimum and maximum are exact, percentiles to 0.1 %; undefined if nothing was
   * recorded.
   */
  trend(): Trend | undefined {
    if (this.#count === 0) return undefined
    const sorted = this.#sorted()
    const percentile = (percent: number): number => {
      // The rank is rounded to the nearest whole number.
      const rank = Math.max(1, Math.floor((this.#count * percent) / 100 + 0.5))
      let below = 0
      const found = sorted.find(([, count]) => (below += count) >= rank)
      const ms = highestIn(found?.[0] ?? 0) / 1000
      // Only the bucket of a value is known, and it may end beyond the minimum or the maximum.
      return roundedMs(Math.min(this.#maxMs, Math.max(this.#minMs, ms)))
    }
    return {
      avg: roundedMs(this.#sumMs / this.#count),
      min: roundedMs(this.#minMs),
      med: percentile(50),
      max: roundedMs(this.#maxMs),
      p90: percentile(90),
      p95: percentile(95),
      p99: percentile(99)
    }
  }

  #put(bucket: number, count: number): void {
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + count)
  }

  #sorted(): [bucket: number, count: number][] {
    return [...this.#buckets].sort(([one], [other]) => one - other)
  }
}

function bucketOf(us: number): number {
  if (us < EXACT_BELOW) return us
  const octave = Math.floor(Math.log2(us)) - Math.log2(BUCKETS_AN_OCTAVE)
  return octave * BUCKETS_AN_OCTAVE + Math.floor(us / 2 ** octave)
}

/** The largest value, in microseconds, that falls into the bucket. */
function highestIn(bucket: number): number {
  if (bucket < EXACT_BELOW) return bucket
  const octave = Math.floor(bucket / BUCKETS_AN_OCTAVE) - 1
  return (bucket - octave * BUCKETS_AN_OCTAVE + 1) * 2 ** octave - 1
}

/** Rounds to three decimals. */
export function roundedMs(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
