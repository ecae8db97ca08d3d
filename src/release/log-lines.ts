import { elapsed } from './elapsed.ts'
import { eventWords, type EventContext, type EventWords } from './event-words.ts'
import type { TimelineEvent } from './timeline.ts'

/**
 * The columns fit `+9:59:59`, and `AfterAllowTestTraffic`, the longest subject, each with a
 * space after it.
 */
const TIME_COLUMN = 9
const SUBJECT_COLUMN = 23

/** One log line for one event: elapsed time, subject, what happened. */
export function logLine(event: TimelineEvent, startedAt: number, context?: EventContext): string {
  return wordsLine(eventWords(event, context), event.at - startedAt)
}

/** The same line for what is no event, such as what is still waited for. `sinceMs` is since the start. */
export function wordsLine({ subject, detail }: EventWords, sinceMs: number): string {
  const time = `${elapsed(sinceMs)} `.padEnd(TIME_COLUMN)
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
