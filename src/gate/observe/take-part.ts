import type { Observations } from '../../ledger/observation.ts'
import { intendedAt } from '../../verification/availability/schedule.ts'
import type { World } from './world.ts'

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
 * before it looks every half a second, and goes on until then.
 */
const AHEAD_MS = 3_000
/** The first function of all has its own start-up before it only. */
const FIRST_AHEAD_MS = 500

/**
 * Takes the part, once: EventBridge may deliver an event twice, and Lambda too.
 * Undefined where somebody else has it. Errors: those of the table.
 */
export async function takePart(
  { clock, random }: Pick<World, 'clock' | 'random'>,
  items: Observations,
  part: number,
  rate: number,
  by: string
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
  // This invocation had it and crashed: Lambda tries again, and what has passed has passed.
  const mine = { startAt: begun.startAt, rate }
  const next = Math.max(begun.first, firstFrom(mine, clock.now()))
  return { first: next, at: intendedAt(mine, next), schedule: mine }
}

function firstFrom({ startAt, rate }: Taken['schedule'], at: number): number {
  return Math.max(0, Math.ceil(((at - startAt) * rate) / 1000))
}
