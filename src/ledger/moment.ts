import type { HistoryEntry } from './history.ts'

/** What a release does for a while. Only in `moving` and `rolling-back` its traffic moves. */
export type Doing = 'waiting' | 'approved' | 'moving' | 'all-on-green' | 'rolling-back'

export interface Phase {
  readonly doing: Doing
  /** Milliseconds since the epoch. */
  readonly from: number
  /** Undefined if the record does not say when it ended. */
  readonly until: number | undefined
}

/** A time with the precision in which somebody named it: a day, a minute or a second. */
export interface Moment {
  readonly from: number
  /** The first millisecond after it. */
  readonly until: number
}

/** What a release was doing at some time. */
export interface Underway {
  readonly entry: HistoryEntry
  readonly phases: readonly Phase[]
}

/**
 * The longest that a release goes on without anything on record: after that, the gate's functions put
 * what they know on record (gate/reconcile). A decision of an older release, which has put nothing
 * else on record, is not under way for ever either.
 */
const LONGEST_MS = 73 * 3_600_000

/** The releases that were under way at a time; those whose traffic moved come first. */
export function underwayAt(entries: readonly HistoryEntry[], moment: Moment): Underway[] {
  const found = entries.flatMap((entry): Underway[] => {
    const phases = phasesOf(entry).filter(
      ({ from, until = from + LONGEST_MS }) => from < moment.until && until > moment.from
    )
    return phases.length === 0 ? [] : [{ entry, phases }]
  })
  return [...found.filter(movesTraffic), ...found.filter((each) => !movesTraffic(each))]
}

export function movesTraffic({ phases }: Underway): boolean {
  return phases.some(({ doing }) => doing === 'moving' || doing === 'rolling-back')
}

function phasesOf(entry: HistoryEntry): Phase[] {
  const [asked, decided] = [msOf(entry.askedAt), msOf(entry.decidedAt)]
  const [began, shifted] = [msOf(entry.beganAt), msOf(entry.shiftedAt)]
  const ended = msOf(entry.endedAt)
  const phases: (Phase | undefined)[] = [
    phase('waiting', asked, decided),
    entry.state === 'APPROVED' ? phase('approved', decided, began ?? ended) : undefined,
    phase('moving', began, shifted ?? ended),
    phase('all-on-green', shifted, ended),
    // A rollback takes no time if no traffic had moved.
    began === undefined || entry.rollback === 'none' || entry.rollback === ''
      ? undefined
      : phase('rolling-back', ended, msOf(entry.rolledBackAt))
  ]
  return phases.flatMap((each) => each ?? [])
}

function phase(
  doing: Doing,
  from: number | undefined,
  until: number | undefined
): Phase | undefined {
  return from === undefined ? undefined : { doing, from, until }
}

function msOf(iso: string): number | undefined {
  const ms = Date.parse(iso)
  return Number.isNaN(ms) ? undefined : ms
}
