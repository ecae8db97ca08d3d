/** Where a release is, as its users see it. `shift`: from an approval until production has moved. */
export const PHASES = ['before', 'gate', 'shift', 'after'] as const
export type Phase = (typeof PHASES)[number]

/** The versions known beforehand: that one of them served nothing is a count too. */
const VERSIONS = ['1', '2']
/** Of requests that no version answered. */
export const NOBODY = 'none'

export interface Answer {
  /** As the service names itself; undefined: no answer, or one that no version gave. */
  readonly version: string | undefined
  readonly failed: boolean
}

export interface Count {
  /** Failed ones included. */
  readonly requests: number
  readonly failures: number
}

export interface Counts extends Count {
  readonly versions: Readonly<Record<string, Count>>
}

/** What `--json` says of one listener. */
export interface ListenerCounts extends Counts {
  readonly phases: Readonly<Record<Phase, Counts>>
}

interface Entry {
  readonly phase: Phase
  readonly version: string
  requests: number
  failures: number
}

/** What the users of a listener met while the service was released. */
export class Tally {
  readonly #entries: Entry[] = []
  #latest: string | undefined

  /** The version that answered last. */
  get latest(): string | undefined {
    return this.#latest
  }

  add(phase: Phase, { version = NOBODY, failed }: Answer): void {
    const entry = this.#entry(phase, version)
    entry.requests++
    if (failed) entry.failures++
    this.#latest = version
  }

  counts(): ListenerCounts {
    const of = (phase: Phase): Counts =>
      summed(this.#entries.filter((entry) => entry.phase === phase))
    return {
      ...summed(this.#entries),
      phases: { before: of('before'), gate: of('gate'), shift: of('shift'), after: of('after') }
    }
  }

  #entry(phase: Phase, version: string): Entry {
    const found = this.#entries.find((entry) => entry.phase === phase && entry.version === version)
    if (found) return found
    const made: Entry = { phase, version, requests: 0, failures: 0 }
    this.#entries.push(made)
    return made
  }
}

function summed(entries: readonly Entry[]): Counts {
  const versions = new Set([...VERSIONS, ...entries.map(({ version }) => version)])
  const of = (version: string): Count => sum(entries.filter((entry) => entry.version === version))
  return {
    ...sum(entries),
    versions: Object.fromEntries([...versions].map((version) => [version, of(version)]))
  }
}

function sum(entries: readonly Entry[]): Count {
  return {
    requests: entries.reduce((total, { requests }) => total + requests, 0),
    failures: entries.reduce((total, { failures }) => total + failures, 0)
  }
}
