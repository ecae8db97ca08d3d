import { say } from '../../words/say.ts'

/**
 * A steady rate. Request n, counted from 0, has a fixed time, whatever happened to the
 * requests before it.
 */
export interface Schedule {
  /** The time of the first request, milliseconds since the epoch. */
  readonly startAt: number
  /** Requests a second. */
  readonly rate: number
}

/** The intended time of request n (from 0), milliseconds since the epoch. */
export function intendedAt({ startAt, rate }: Schedule, n: number): number {
  return startAt + (n * 1000) / rate
}

/**
 * Node's timers count whole milliseconds. A request that is due within this time is sent
 * now. So it is at most half a millisecond early or late, instead of up to a whole one late,
 * and it nearly always needs only one timer.
 */
export const EARLY_MS = 0.5

export interface Course {
  readonly schedule: Schedule
  /** Milliseconds since the epoch, with fractions; never goes back. */
  readonly now: () => number
  /** Resolves after `ms`. Rejects if the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /**
   * Requests that are due at this time or later are left to another process; by default none
   * are. It is read before each request.
   */
  readonly until?: () => number
  /** Ends the course. Requests that were due before are still sent. */
  readonly ended: AbortSignal
  readonly mostInFlight: number
  /**
   * Sends one request and resolves when it has ended, successfully or not. Never rejects,
   * never throws.
   */
  readonly send: (intended: number) => Promise<void>
  /** Called for a request that could not be sent. */
  readonly drop: (intended: number, reason: string) => void
}

/**
 * Sends every request of a schedule once, at its time, without waiting for the one before
 * it. If this process was stalled, the requests that it missed are sent at once, each with
 * its intended time. At most `mostInFlight` requests are open; further ones are dropped, not
 * delayed.
 *
 * Resolves when the course was ended and the last open request has ended too.
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
      // Half a millisecond of tolerance is safe, because requests are further apart than that.
      if (at > until() - EARLY_MS) continue
      if (inFlight >= mostInFlight) drop(at, say`not sent: ${inFlight} in flight`)
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
