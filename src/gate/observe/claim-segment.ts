import type { Segments } from '../../ledger/availability-segments.ts'
import { intendedAt } from '../../verification/availability/schedule.ts'
import { realPart } from './hand-over.ts'
import type { ObservePlatform } from './platform.ts'

/** Who wants to measure which part. */
export interface Wanted {
  readonly part: number
  /** Requests a second. */
  readonly rate: number
  /** The invocation. */
  readonly by: string
  /** Whether the evidence of the whole observation is there. */
  readonly isWritten: () => Promise<boolean>
}

/** The part of the schedule that one function measures. */
export interface Taken {
  readonly first: number
  /** When its first request goes, milliseconds since the epoch. */
  readonly at: number
  /** Of the whole schedule. */
  readonly schedule: { readonly startAt: number; readonly rate: number }
}

/**
 * How long before its first request a function says which one that is: the one
 * before it looks every half a second, and goes on until then. That is longer
 * than the write and the look take at their slowest (6 s each, a retry
 * included; `observerConfig`), so that it hears of it in time when one of the
 * two is slow.
 */
const AHEAD_MS = 10_000
/** The first function has nothing but its own start-up before it. */
const FIRST_AHEAD_MS = 500

/**
 * Takes the part, once: EventBridge may deliver an event twice, and Lambda too.
 * Returns undefined if another invocation has it. Errors: those of the table.
 */
export async function claimSegment(
  { clock, random }: Pick<ObservePlatform, 'clock' | 'random'>,
  items: Segments,
  { part, rate, by, isWritten }: Wanted
): Promise<Taken | undefined> {
  const own = clock.now() + FIRST_AHEAD_MS + (random() * 1000) / rate
  const startAt = part === 0 ? own : (await items.begun(0))?.startAt
  if (startAt === undefined) return undefined
  const schedule = { startAt, rate }
  const first = part === 0 ? 0 : firstFrom(schedule, clock.now() + AHEAD_MS)
  const taken = { first, at: intendedAt(schedule, first), schedule }
  if (await items.begin(part, { by, first, startAt })) return taken
  const begun = await items.begun(part)
  if (begun?.by !== by || begun.first < 0) return undefined
  // A part that was handed on or stored is done. Lambda has delivered the event twice, or it tries
  // again because this invocation did not get the answer to its last write.
  if (realPart(await items.begun(part + 1))) return undefined
  if ((await items.kept(part)) || (await isWritten())) return undefined
  // This invocation had the part and crashed, and Lambda tries again. The requests whose time has passed are not sent any more.
  const mine = { startAt: begun.startAt, rate }
  const next = Math.max(begun.first, firstFrom(mine, clock.now()))
  return { first: next, at: intendedAt(mine, next), schedule: mine }
}

function firstFrom({ startAt, rate }: Taken['schedule'], at: number): number {
  return Math.max(0, Math.ceil(((at - startAt) * rate) / 1000))
}
