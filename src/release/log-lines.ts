import { elapsed } from './elapsed.ts'
import { eventWords, type EventContext } from './event-words.ts'
import type { TimelineEvent } from './timeline.ts'

/** `+9:59:59` and `AfterAllowTestTraffic`, the longest subject, fit with a space after them. */
const TIME_COLUMN = 9
const SUBJECT_COLUMN = 23

/** One line for one change: elapsed time, what it is about, what happened. */
export function logLine(event: TimelineEvent, startedAt: number, context?: EventContext): string {
  const { subject, detail } = eventWords(event, context)
  const time = `${elapsed(event.at - startedAt)} `.padEnd(TIME_COLUMN)
  return `${time}${`${oneLine(subject)} `.padEnd(SUBJECT_COLUMN)}${oneLine(detail)}`
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
