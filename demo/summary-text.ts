import { columns } from './terminal.ts'
import type { Style } from './terminal.ts'

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }
const FENCE = /^```/
const ROW = /^\| ?(.*) \|$/
const RULE = /^\|(?: ?:?-+:? ?\|)+$/

/**
 * The Markdown of a job summary, for reading in a terminal: folded parts stay
 * folded, as they are on the job's page, and tables stand in columns.
 */
export function summaryText(markdown: string, style: Style): string {
  const folded = foldedIn(markdown)
    .replace(/<tr><th[^>]*>(.*)<\/th><td>(.*)<\/td><\/tr>/g, '| $1 | $2 |')
    .replace(/^<\/?table>\n?/gm, '')
    .replace(/```mermaid\n[\s\S]*?\n```/g, '▸ Chart of the timeline')
  const out: string[] = []
  const table: string[][] = []
  let fenced = false
  for (const line of folded.split('\n')) {
    const row = fenced ? undefined : ROW.exec(line)?.[1]
    if (row !== undefined) {
      if (!RULE.test(line)) table.push(row.split(' | ').map((cell) => plain(cell.trim(), style)))
      continue
    }
    for (const each of columns(table.splice(0))) out.push(`  ${each}`)
    if (FENCE.test(line)) fenced = !fenced
    else out.push(fenced ? `  ${changed(line, style)}` : paragraph(line, style))
  }
  return out
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^(▸.*)\n\n(?=▸)/gm, '$1\n')
    .trim()
}

/** The innermost parts first, because a part that is folded may stand in another one. */
function foldedIn(markdown: string): string {
  const part = /<details>\s*<summary>(.*?)<\/summary>(?:(?!<details>)[\s\S])*?<\/details>/g
  const folded = markdown.replace(part, '▸ $1')
  return folded === markdown ? folded : foldedIn(folded)
}

function paragraph(line: string, style: Style): string {
  const heading = /^#+ (.*)$/.exec(line)?.[1]
  return heading === undefined ? plain(line, style) : style.bold(plain(heading, style))
}

/** A line of a diff. */
function changed(line: string, style: Style): string {
  if (line.startsWith('+')) return style.green(line)
  return line.startsWith('-') ? style.red(line) : line
}

/** Markup as what it stands for: of a link its text. */
function plain(line: string, style: Style): string {
  return line
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/&(?:#(\d+)|(\w+));/g, (whole, code: string | undefined, name: string | undefined) =>
      code === undefined ? (ENTITIES[name ?? ''] ?? whole) : String.fromCodePoint(Number(code))
    )
    .replace(/\*\*(.+?)\*\*/g, (_, bold: string) => style.bold(bold))
}
