import { elapsed } from './elapsed.ts'
import { eventWords, type EventContext } from './event-words.ts'
import type { TimelineEvent } from './timeline.ts'

/**
 * The columns fit `+9:59:59`, and `AfterAllowTestTraffic`, the longest subject, each with a
 * space after it.
 */
const TIME_COLUMN = 9
const SUBJECT_COLUMN = 23

/** One log line for one event: elapsed time, subject, what happened. */
export function logLine(event: TimelineEvent, startedAt: number, context?: EventContext): string {
  const { subject, detail } = eventWords(event, context)
  const time = `${elapsed(event.at - startedAt)} `.padEnd(TIME_COLUMN)
  return `${time}${inColumns(`${oneLine(subject)} `, SUBJECT_COLUMN)}${oneLine(detail)}`
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** Hangul and the like take two columns of a log (Unicode, UAX #11: East Asian Wide). */
const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFF00-\uFF60]/g

function inColumns(text: string, columns: number): string {
  return text.padEnd(columns - (text.match(WIDE)?.length ?? 0))
}
