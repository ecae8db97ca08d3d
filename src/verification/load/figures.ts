import type { Trend } from '../../release/evidence.ts'

/** What a load test measured, whichever engine ran it. */
export interface Figures {
  /** Of the request durations, milliseconds; undefined where nothing was answered. */
  readonly latency: Trend | undefined
  /** Requests that came to an end, with an answer or without one. */
  readonly requests: number
  /** Requests a second. */
  readonly rate: number
  /** 0 to 1: no answer, or a status that is not 2xx or 3xx. */
  readonly failureRate: number
}
