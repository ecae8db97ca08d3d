import type { Span } from '../../pages/course.ts'
import { utcTime } from '../../release/report-words.ts'

/**
 * The place of a moment on the axis, in percent. A moment outside of the axis is placed at
 * its end.
 */
export function across({ from, until }: Span, at: number): number {
  const share = ((at - from) / Math.max(1, until - from)) * 100
  return Math.round(Math.min(100, Math.max(0, share)) * 1_000) / 1_000
}

export function isWithin({ from, until }: Span, at: number): boolean {
  return at >= from && at <= until
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * HOUR)
]
const MOST_TICKS = 8
/** A label nearer to an end would be cut off. */
const MARGIN_PERCENT = 3

export interface Tick {
  readonly at: number
  readonly label: string
}

/** Round moments in UTC, at most eight. */
export function timeTicks(span: Span): Tick[] {
  const length = span.until - span.from
  const step =
    STEPS.find((each) => length / each <= MOST_TICKS) ??
    Math.ceil(length / MOST_TICKS / (24 * HOUR)) * 24 * HOUR
  const first = Math.ceil(span.from / step) * step
  return Array.from({ length: MOST_TICKS + 1 }, (_, index) => first + index * step)
    .filter((at) => {
      const place = across(span, at)
      return at <= span.until && place >= MARGIN_PERCENT && place <= 100 - MARGIN_PERCENT
    })
    .map((at) => ({ at, label: step < MINUTE ? utcTime(at) : utcTime(at).slice(0, 5) }))
}
