/** Where a release is, as its users see it. */
export const PHASES = ['before', 'gate', 'decided', 'after'] as const
export type Phase = (typeof PHASES)[number]

export interface Count {
  requests: number
  failures: number
}

/** By version, as the service names itself; `none` where no version answered. */
export type ByVersion = Readonly<Record<string, Readonly<Count>>>

export interface Answer {
  /** Undefined: no answer, or one that no version gave. */
  readonly version: string | undefined
  readonly failed: boolean
}

/** What the users of a service met while it was released. */
export class Tally {
  readonly #counts = new Map<Phase, Map<string, Count>>(PHASES.map((phase) => [phase, new Map()]))
  /** The phase that answers are counted in from now on. */
  phase: Phase = 'before'

  add({ version = 'none', failed }: Answer): void {
    const versions = this.#counts.get(this.phase)
    const count = versions?.get(version) ?? { requests: 0, failures: 0 }
    count.requests += 1
    if (failed) count.failures += 1
    versions?.set(version, count)
  }

  byPhase(): Readonly<Record<Phase, ByVersion>> {
    const of = (phase: Phase): ByVersion => sorted(this.#counts.get(phase) ?? [])
    return { before: of('before'), gate: of('gate'), decided: of('decided'), after: of('after') }
  }

  byVersion(): ByVersion {
    const total = new Map<string, Count>()
    for (const versions of this.#counts.values()) {
      for (const [version, { requests, failures }] of versions) {
        const sum = total.get(version) ?? { requests: 0, failures: 0 }
        total.set(version, {
          requests: sum.requests + requests,
          failures: sum.failures + failures
        })
      }
    }
    return sorted(total)
  }
}

function sorted(counts: Iterable<readonly [string, Count]>): ByVersion {
  return Object.fromEntries(
    [...counts].sort(([one], [other]) => one.localeCompare(other)).map(([v, c]) => [v, { ...c }])
  )
}
