import type { AvailabilityEvidence, PhaseOfTraffic } from '../../release/evidence.ts'
import { Latencies, type StoredLatencies } from './histogram.ts'
import { Seconds, type StoredSeconds } from './seconds.ts'
import type { Counts } from './window.ts'

export type PhaseName = PhaseOfTraffic['name']

/**
 * What one process has measured, so that another process can go on with it. It
 * holds counts and histograms, because they can be added, unlike percentiles.
 * Times are milliseconds since the epoch.
 */
export interface Part {
  readonly startedAt: number
  readonly endedAt: number
  readonly all: Counts
  /** Counts of the requests that may break a limit. */
  readonly judged: Counts
  /** The limit that was broken first; undefined if none was. */
  readonly breach: string | undefined
  /** Why the last failed request failed. */
  readonly lastFailure: string
  readonly phases: readonly StoredPhase[]
  readonly failures: AvailabilityEvidence['failures']
  readonly seconds: StoredSeconds
}

export interface StoredPhase extends Omit<PhaseOfTraffic, 'latency'> {
  readonly latency: StoredLatencies | undefined
}

/** Enough for blue, green and a few more. An application that names a new version in every answer must not fill the memory. */
const MOST_VERSIONS = 20

/** The first 20 versions keep their names; every further one is called `other`. */
export class Versions {
  readonly #known = new Set<string>()

  named(version: string): string {
    if (this.#known.has(version)) return version
    if (this.#known.size >= MOST_VERSIONS) return 'other'
    this.#known.add(version)
    return version
  }
}

/** Only the first failures are kept. */
export const MOST_FAILURES = 1_000

/**
 * Merges two parts as if one process had measured both. `later` has to begin
 * when `earlier` ended, or after that. At most `mostSeconds` entries of the
 * seconds are kept.
 */
export function mergeParts(earlier: Part, later: Part, mostSeconds?: number): Part {
  const versions = new Versions()
  const seconds = new Seconds(mostSeconds)
  for (const part of [earlier, later]) seconds.add(named(part.seconds, versions))
  return {
    startedAt: Math.min(earlier.startedAt, later.startedAt),
    endedAt: Math.max(earlier.endedAt, later.endedAt),
    all: sum(earlier.all, later.all),
    judged: sum(earlier.judged, later.judged),
    breach: earlier.breach ?? later.breach,
    lastFailure: later.lastFailure || earlier.lastFailure,
    phases: mergePhases(earlier.phases, later.phases, versions),
    failures: [...earlier.failures, ...later.failures]
      .sort((one, other) => one.at - other.at)
      .slice(0, MOST_FAILURES),
    seconds: seconds.stored()
  }
}

/**
 * Applies the limit on versions to the whole, as it was applied to each part: further ones
 * are called `other`.
 */
function named({ widthMs, list }: StoredSeconds, versions: Versions): StoredSeconds {
  return {
    widthMs,
    list: list.map((second) => ({ ...second, byVersion: renamed(second.byVersion, versions) }))
  }
}

function renamed(
  byVersion: Readonly<Record<string, number>>,
  versions: Versions
): Record<string, number> {
  return added({}, byVersion, versions)
}

function mergePhases(
  earlier: readonly StoredPhase[],
  later: readonly StoredPhase[],
  versions: Versions
): StoredPhase[] {
  const phases = [...earlier]
  for (const phase of later) {
    const index = phases.findIndex(({ name }) => name === phase.name)
    const known = phases[index]
    // A process that takes over enters the earlier phases again, and leaves them at once without a request.
    if (known && phase.total === 0 && index < phases.length - 1) continue
    if (known) phases[index] = mergePhase(known, phase, versions)
    else phases.push({ ...phase, byVersion: renamed(phase.byVersion, versions) })
  }
  return phases.map((phase, index) => ({ ...phase, until: phases[index + 1]?.from ?? phase.until }))
}

function mergePhase(earlier: StoredPhase, later: StoredPhase, versions: Versions): StoredPhase {
  const latency = new Latencies()
  for (const { latency: stored } of [earlier, later]) if (stored) latency.add(stored)
  return {
    name: earlier.name,
    from: earlier.from,
    until: later.until,
    total: earlier.total + later.total,
    failed: earlier.failed + later.failed,
    byVersion: added(renamed(earlier.byVersion, versions), later.byVersion, versions),
    latency: earlier.latency || later.latency ? latency.stored() : undefined
  }
}

function added(
  to: Readonly<Record<string, number>>,
  more: Readonly<Record<string, number>>,
  versions: Versions
): Record<string, number> {
  const counts = new Map(Object.entries(to))
  for (const [version, count] of Object.entries(more)) {
    const name = versions.named(version)
    counts.set(name, (counts.get(name) ?? 0) + count)
  }
  return Object.fromEntries(counts)
}

function sum(one: Counts, other: Counts): Counts {
  return {
    total: one.total + other.total,
    failed: one.failed + other.failed,
    answered: one.answered + other.answered,
    slow: one.slow + other.slow
  }
}
