import type { SecondOfTraffic } from '../../release/evidence.ts'
import { roundedMs } from './histogram.ts'
import type { ProbeResult } from './probe.ts'

/** Two hours. */
export const MOST_SECONDS = 7_200

/** Seconds in a form that can be stored and added to others. */
export interface StoredSeconds {
  /** The length of each entry: one second, or a power of two of them. */
  readonly widthMs: number
  readonly list: readonly SecondOfTraffic[]
}

interface Tally {
  total: number
  failed: number
  slowestMs: number
  readonly byVersion: Map<string, number>
}

/**
 * Counts the outcomes of requests by the second in which they should have been
 * sent. If there are too many entries, each is merged with its neighbour and
 * stands for twice the time.
 */
export class Seconds {
  readonly #most: number
  #widthMs = 1000
  #tallies = new Map<number, Tally>()

  constructor(most = MOST_SECONDS) {
    this.#most = most
  }

  record({ at, ms, version, failure }: ProbeResult): void {
    const tally = this.#of(at)
    tally.total++
    if (failure !== undefined) tally.failed++
    tally.slowestMs = Math.max(tally.slowestMs, ms)
    if (version !== undefined) addTo(tally.byVersion, version, 1)
    if (this.#tallies.size > this.#most) this.#coarsen()
  }

  /** Adds what another process has counted. */
  add({ widthMs, list }: StoredSeconds): void {
    while (this.#widthMs < widthMs) this.#coarsen()
    for (const { at, total, failed, slowestMs, byVersion } of list) {
      const counts = new Map(Object.entries(byVersion))
      this.#add(at, { total, failed, slowestMs, byVersion: counts })
      if (this.#tallies.size > this.#most) this.#coarsen()
    }
  }

  stored(): StoredSeconds {
    return { widthMs: this.#widthMs, list: this.list() }
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

  #add(at: number, { total, failed, slowestMs, byVersion }: Tally): void {
    const tally = this.#of(at)
    tally.total += total
    tally.failed += failed
    tally.slowestMs = Math.max(tally.slowestMs, slowestMs)
    for (const [version, count] of byVersion) addTo(tally.byVersion, version, count)
  }

  #coarsen(): void {
    const fine = this.#tallies
    this.#tallies = new Map()
    this.#widthMs *= 2
    for (const [at, tally] of fine) this.#add(at, tally)
  }
}

/** Counts `more` of a version. */
export function addTo(counts: Map<string, number>, version: string, more: number): void {
  counts.set(version, (counts.get(version) ?? 0) + more)
}
