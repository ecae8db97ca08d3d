import { say } from '../words/say.ts'
import type { HistoryEntry } from './history.ts'
import type { Doing, Phase, Underway } from './moment.ts'

const COLUMNS = [
  'askedAt',
  'decidedAt',
  'service',
  'state',
  'by',
  'reason',
  'breakGlass',
  'requestedBy',
  'images',
  'revision',
  'commit',
  'deploymentId',
  'evidence',
  'result',
  'beganAt',
  'shiftedAt',
  'endedAt',
  'rollback',
  'rolledBackAt',
  'rolledBackBy',
  'why',
  'requests',
  'requestsFailed',
  'measuredBy',
  'head',
  'resultHead'
] as const satisfies readonly (keyof HistoryEntry)[]

export const FORMATS = ['table', 'json', 'csv'] as const
export type Format = (typeof FORMATS)[number]

/** The history as text, ending in a line break. */
export function formatHistory(entries: readonly HistoryEntry[], format: Format): string {
  switch (format) {
    case 'json':
      return json(entries)
    case 'csv':
      return csv([COLUMNS, ...entries.map(cellsOf)])
    case 'table':
      return entries.length === 0 ? `${say`No decisions.`}\n` : historyTable(entries)
  }
}

/** What was under way at a time, as text, ending in a line break. */
export function formatUnderway(found: readonly Underway[], format: Format): string {
  switch (format) {
    case 'json':
      return json(
        found.map(({ entry, phases }) => ({
          phases: phases.map(({ doing, from, until }) => ({
            doing,
            from: iso(from),
            ...(until !== undefined && { until: iso(until) })
          })),
          ...entry
        }))
      )
    case 'csv':
      return csv([
        ['doing', ...COLUMNS],
        ...found.map(({ entry, phases }) => [
          phases.map(({ doing }) => doing).join('; '),
          ...cellsOf(entry)
        ])
      ])
    case 'table':
      return found.length === 0 ? `${say`Nothing was under way.`}\n` : underwayTable(found)
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}

function cellsOf(entry: HistoryEntry): readonly string[] {
  return COLUMNS.map((name) => String(entry[name]))
}

function csv(lines: readonly (readonly string[])[]): string {
  return lines.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')
}

/**
 * RFC 4180, and safe to open in a spreadsheet: a cell that begins like a
 * formula is kept from being one by a leading apostrophe (OWASP, "CSV
 * Injection").
 */
function csvCell(raw: string): string {
  const safe = /^[=+\-@\t\r]/.test(raw) ? `'${raw}` : raw
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** For a terminal: the columns people read first. */
function historyTable(entries: readonly HistoryEntry[]): string {
  const head = [
    say`DECIDED (UTC)`,
    say`SERVICE`,
    say`ASKED BY`,
    say`DECISION`,
    say`DECIDED BY`,
    say`REVISION`,
    say`RESULT`,
    say`REQUESTS FAILED`,
    say`REASON`,
    say`EVIDENCE`
  ]
  const rows = entries.map((entry) => [
    entry.decidedAt.replace('T', ' ').slice(0, 19),
    entry.service,
    entry.requestedBy || '-',
    `${entry.state}${entry.breakGlass ? ' (break-glass)' : ''}`,
    entry.by || '-',
    entry.revision,
    resultText(entry),
    measuredText(entry),
    reasonText(entry),
    // Whole, and so at the end: what failed may be the last of many.
    entry.evidence || '-'
  ])
  return table([head, ...rows])
}

function underwayTable(found: readonly Underway[]): string {
  const head = [
    say`SERVICE`,
    say`DOING (UTC)`,
    say`REVISION`,
    say`ASKED BY`,
    say`DECIDED BY`,
    say`RESULT`,
    say`REQUESTS FAILED`,
    say`REASON`
  ]
  const rows = found.map(({ entry, phases }) => [
    entry.service,
    phases.map((phase) => phaseText(phase, entry)).join('; '),
    entry.revision,
    entry.requestedBy || '-',
    entry.by || '-',
    resultText(entry),
    measuredText(entry),
    reasonText(entry)
  ])
  return table([head, ...rows])
}

const DOING: Readonly<Record<Doing, () => string>> = {
  waiting: () => say`waiting for a decision`,
  approved: () => say`approved, no traffic moved yet`,
  moving: () => say`moving traffic`,
  'all-on-green': () => say`all traffic on the new revision`,
  'rolling-back': () => say`rolling back`
}

function phaseText({ doing, from, until }: Phase, { decidedAt }: HistoryEntry): string {
  const start = shortTime(iso(from), decidedAt)
  if (until === undefined) return say`${DOING[doing]()} since ${start}`
  return `${DOING[doing]()} ${start}–${shortTime(iso(until), iso(from))}`
}

/** What became of a release, in one cell: `released 10:11:00 (all traffic shifted 10:06:00)`. */
export function resultText(entry: HistoryEntry): string {
  const { result, decidedAt, beganAt, shiftedAt, endedAt } = entry
  const began = shortTime(beganAt, decidedAt)
  const shifted = shortTime(shiftedAt, decidedAt)
  const ended = shortTime(endedAt, decidedAt)
  const moved = shifted
    ? say`all traffic shifted ${shifted}`
    : began
      ? say`traffic moved from ${began}`
      : say`no traffic moved`
  switch (result) {
    case '':
      return '-'
    case 'shifted':
      return say`all traffic shifted ${shifted}, not ended yet`
    case 'unknown':
      return say`not known`
    case 'released':
      return shifted ? `${say`released ${ended}`} (${moved})` : say`released ${ended}`
    case 'failed':
      return `${say`failed ${ended}`} (${moved})${backText(entry)}`
    case 'stopped':
      return `${say`stopped ${ended}`} (${moved})${backText(entry)}`
  }
}

function backText({ rollback, rolledBackAt, decidedAt }: HistoryEntry): string {
  const at = shortTime(rolledBackAt, decidedAt)
  switch (rollback) {
    case '':
    case 'none':
      return ''
    case 'succeeded':
      return `, ${at ? say`rolled back ${at}` : say`rolled back`}`
    case 'in-progress':
      return `, ${say`rolling back when last seen`}`
    case 'failed':
      return `, ${say`the rollback failed`}`
  }
}

/** Figures name their source, because the job and the gate's observer ask from different places. */
export function measuredText({ requests, requestsFailed, measuredBy }: HistoryEntry): string {
  if (requests === '' || requestsFailed === '') return '-'
  switch (measuredBy) {
    case 'observer':
      return say`${requestsFailed} of ${requests} (measured by the observer)`
    case 'job':
      return say`${requestsFailed} of ${requests} (measured by the job)`
    case '':
      return say`${requestsFailed} of ${requests} (not on record who measured)`
  }
}

/** Why it was decided so, and why it did not go well, shortened. */
function reasonText({ reason, why }: HistoryEntry): string {
  return clip([reason, why].filter((part) => part !== '').join('; '))
}

/** The time of day, with the day if it is not that of `beside`. */
function shortTime(at: string, beside: string): string {
  const text = at.replace('T', ' ').slice(0, 19)
  return at.slice(0, 10) === beside.slice(0, 10) ? text.slice(11) : text
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}

/** Columns that line up, and no control characters. */
function table(lines: readonly (readonly string[])[]): string {
  const all = lines.map((cells) => cells.map(plain))
  const widths = (all[0] ?? []).map((_, column) =>
    Math.max(...all.map((cells) => width(cells[column] ?? '')))
  )
  return all
    .map((cells) =>
      cells
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .join('  ')
        .trimEnd()
    )
    .map((line) => `${line}\n`)
    .join('')
}

const LONGEST_REASON = 60

function clip(text: string): string {
  return text.length > LONGEST_REASON
    ? `${text.slice(0, LONGEST_REASON - 1).toWellFormed()}…`
    : text
}

function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
}

/** Terminals show Korean, Chinese and Japanese characters two columns wide (Unicode, UAX #11). */
function width(text: string): number {
  let columns = 0
  for (const char of text) {
    columns +=
      /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/.test(
        char
      )
        ? 2
        : 1
  }
  return columns
}

function pad(text: string, to: number): string {
  return text + ' '.repeat(Math.max(0, to - width(text)))
}
