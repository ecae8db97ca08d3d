/** A steady rate: the n-th request, from 0, has a time at which it should go, whatever became of those before it. */
export interface Schedule {
  /** When the first one goes, milliseconds since the epoch. */
  readonly startAt: number
  /** Requests a second. */
  readonly rate: number
}

/** When the n-th request (from 0) should go, milliseconds since the epoch. */
export function intendedAt({ startAt, rate }: Schedule, n: number): number {
  return startAt + (n * 1000) / rate
}

/**
 * Timers of Node count whole milliseconds: what is due within this time goes
 * now, so that it goes half a millisecond early or late rather than up to a
 * whole one late, and nearly always with one timer.
 */
export const EARLY_MS = 0.5

export interface Course {
  readonly schedule: Schedule
  /** Milliseconds since the epoch, with fractions; never runs back. */
  readonly now: () => number
  /** Resolves after `ms`; rejects when aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** What should go then or later is left to somebody else; none unless given. Asked before each. */
  readonly until?: () => number
  /** Ends the course: what was due until then still goes. */
  readonly ended: AbortSignal
  readonly mostInFlight: number
  /** Sends one request and resolves when it has ended, well or not; never rejects, never throws. */
  readonly send: (intended: number) => Promise<void>
  /** Told of a request that could not be sent. */
  readonly drop: (intended: number, reason: string) => void
}

/**
 * Sends every request of a schedule once, at its time, without waiting for the
 * one before it. After a stall of this process, those that were missed go at
 * once, each with the time at which it should have gone. At most
 * `mostInFlight` are open; what does not fit in is dropped, not put off.
 *
 * Resolves when the course was ended and the last request that was open has ended too.
 */
export async function keepPace(course: Course): Promise<void> {
  const { schedule, until = () => Infinity, now, sleep, ended, mostInFlight, send, drop } = course
  let next = 0
  let inFlight = 0
  let idle: (() => void) | undefined
  const landed = (): void => {
    inFlight--
    if (inFlight === 0) idle?.()
  }
  const sendDue = (): void => {
    const due = now() + EARLY_MS
    for (let at = intendedAt(schedule, next); at <= due; at = intendedAt(schedule, ++next)) {
      // Half a millisecond is no request's distance from the next one.
      if (at > until() - EARLY_MS) continue
      if (inFlight >= mostInFlight) drop(at, `not sent: ${inFlight} in flight`)
      else {
        inFlight++
        void send(at).then(landed)
      }
    }
  }
  const isOver = (): boolean => ended.aborted
  while (!isOver()) {
    sendDue()
    try {
      const ms = Math.max(0, Math.round(intendedAt(schedule, next) - now()))
      await sleep(ms, ended)
    } catch (error) {
      if (!isOver()) throw error
    }
  }
  sendDue()
  if (inFlight > 0) await new Promise<void>((resolve) => (idle = resolve))
}
