import type { SecondOfTraffic } from '../../release/evidence.ts'
import { roundedMs } from './histogram.ts'
import type { ProbeResult } from './result.ts'

/** Two hours of seconds. */
export const MOST_SECONDS = 7_200

interface Tally {
  total: number
  failed: number
  slowestMs: number
  readonly byVersion: Map<string, number>
}

/**
 * What became of the requests of each second, by when they should have been
 * sent. Beyond 7,200 entries each takes in its neighbour and stands for twice
 * the time, so that there are never more.
 */
export class Seconds {
  #widthMs = 1000
  #tallies = new Map<number, Tally>()

  add({ at, ms, version, failure }: ProbeResult): void {
    const tally = this.#of(at)
    tally.total++
    if (failure !== undefined) tally.failed++
    tally.slowestMs = Math.max(tally.slowestMs, ms)
    if (version !== undefined) addTo(tally.byVersion, version, 1)
    if (this.#tallies.size > MOST_SECONDS) this.#coarsen()
  }

  list(): SecondOfTraffic[] {
    return [...this.#tallies]
      .sort(([one], [other]) => one - other)
      .map(([at, { total, failed, slowestMs, byVersion }]) => ({
        at,
        total,
        failed,
        slowestMs: roundedMs(slowestMs),
        byVersion: Object.fromEntries(byVersion)
      }))
  }

  #of(at: number): Tally {
    const from = Math.floor(at / this.#widthMs) * this.#widthMs
    const known = this.#tallies.get(from)
    if (known) return known
    const tally = { total: 0, failed: 0, slowestMs: 0, byVersion: new Map<string, number>() }
    this.#tallies.set(from, tally)
    return tally
  }

  #coarsen(): void {
    const fine = this.#tallies
    this.#tallies = new Map()
    this.#widthMs *= 2
    for (const [at, { total, failed, slowestMs, byVersion }] of fine) {
      const tally = this.#of(at)
      tally.total += total
      tally.failed += failed
      tally.slowestMs = Math.max(tally.slowestMs, slowestMs)
      for (const [version, count] of byVersion) addTo(tally.byVersion, version, count)
    }
  }
}

/** Counts `more` of a version. */
export function addTo(counts: Map<string, number>, version: string, more: number): void {
  counts.set(version, (counts.get(version) ?? 0) + more)
}
