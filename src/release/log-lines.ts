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
  return `${time}${`${oneLine(subject)} `.padEnd(SUBJECT_COLUMN)}${oneLine(detail)}`
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
