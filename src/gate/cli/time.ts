import type { Moment } from '../../ledger/moment.ts'

const TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d{1,9})?)?)?(Z|[+-]\d{2}:\d{2})?$/

const MS = { day: 86_400_000, minute: 60_000, second: 1_000 } as const

export interface Named extends Moment {
  /** Whether it named no offset from UTC, and so was taken as UTC. */
  readonly isUtcUnsaid: boolean
}

/**
 * Reads a time that a person has typed: a day, a minute or a second, in the notation of ISO 8601,
 * with Z or an offset, or without, which is UTC whatever the machine's time zone. Undefined if it is
 * no time.
 */
export function readTime(text: string): Named | undefined {
  const [, day = '', minute, second, offset] = TIME.exec(text.trim().toUpperCase()) ?? []
  const clock = `${minute ?? '00:00'}:${second ?? '00'}`
  const from = Date.parse(`${day}T${clock}${offset ?? 'Z'}`)
  // Date.parse takes the 30th of February for the 2nd of March.
  const written = Date.parse(`${day}T${clock}Z`)
  if (Number.isNaN(from) || !new Date(written).toISOString().startsWith(`${day}T${clock}`)) {
    return undefined
  }
  const lasts = second ? MS.second : minute ? MS.minute : MS.day
  return { from, until: from + lasts, isUtcUnsaid: offset === undefined }
}
