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
  return `${time}${`${oneLine(subject)} `.padEnd(SUBJECT_COLUMN)}${oneLine(detail)}`
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
