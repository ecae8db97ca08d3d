import type { HistoryEntry } from './history.ts'

const COLUMNS = [
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
  'head'
] as const satisfies readonly (keyof HistoryEntry)[]

export const FORMATS = ['table', 'json', 'csv'] as const
export type Format = (typeof FORMATS)[number]

/** The history as text, ending in a line break. */
export function formatHistory(entries: readonly HistoryEntry[], format: Format): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(entries, undefined, 2)}\n`
    case 'csv':
      return [COLUMNS, ...entries.map((entry) => COLUMNS.map((name) => String(entry[name])))]
        .map((cells) => `${cells.map(csvCell).join(',')}\r\n`)
        .join('')
    case 'table':
      return table(entries)
  }
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

/** For a terminal: the columns people read first, and no control characters. */
function table(entries: readonly HistoryEntry[]): string {
  if (entries.length === 0) return 'No decisions.\n'
  const head = ['WHEN (UTC)', 'SERVICE', 'DECISION', 'BY', 'REVISION', 'REASON', 'EVIDENCE']
  const rows = entries.map((entry) => [
    entry.decidedAt.replace('T', ' ').slice(0, 19),
    entry.service,
    `${entry.state}${entry.breakGlass ? ' (break-glass)' : ''}`,
    entry.by || '-',
    entry.revision,
    clip(entry.reason),
    // Whole, and so at the end: what failed may be the last of many.
    entry.evidence || '-'
  ])
  const all = [head, ...rows].map((cells) => cells.map(plain))
  const widths = head.map((_, column) =>
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
