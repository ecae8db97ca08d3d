/** How the demo writes to a terminal: colours only where they show. */
export interface Style {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
  readonly yellow: (text: string) => string
  readonly green: (text: string) => string
}

export function styleFor(colours: boolean): Style {
  const sgr =
    (code: number, end: number) =>
    (text: string): string =>
      colours ? `\u001b[${code}m${text}\u001b[${end}m` : text
  return {
    bold: sgr(1, 22),
    dim: sgr(2, 22),
    red: sgr(31, 39),
    yellow: sgr(33, 39),
    green: sgr(32, 39)
  }
}

/** https://no-color.org */
export function showsColours(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true && (process.env['NO_COLOR'] ?? '') === ''
}

/** A line of the action's log as GitHub would show it; undefined: GitHub would not. */
export function logLine(line: string, style: Style): string | undefined {
  const command = /^::([a-z-]+)(?: [^:]*)?::(.*)$/.exec(line)
  if (!command) return /^OK\b/.test(line) ? `  ${style.dim(line)}` : `  ${line}`
  const [, name = '', data = ''] = command
  const text = data.replaceAll('%0A', '\n').replaceAll('%0D', '').replaceAll('%25', '%')
  switch (name) {
    case 'group':
      return `\n${style.bold(text)}`
    case 'error':
      return `  ${style.red(text)}`
    case 'warning':
      return `  ${style.yellow(`Warning: ${text}`)}`
    case 'notice':
      return `  ${text}`
    default:
      return undefined
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }

/** Markdown of a job summary, for reading in a terminal. */
export function plainMarkdown(markdown: string, style: Style): string {
  return markdown
    .replace(/```mermaid\n[\s\S]*?\n```/g, '(On GitHub a chart of the timeline is here.)')
    .replace(/<summary>(.*?)<\/summary>/g, '$1')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(/\[([^\]]*)\]\((?:[^)]*)\)/g, '$1')
    .replace(/&(?:#(\d+)|(\w+));/g, (whole, code: string | undefined, name: string | undefined) =>
      code === undefined ? (ENTITIES[name ?? ''] ?? whole) : String.fromCodePoint(Number(code))
    )
    .replace(/\*\*(.+?)\*\*/g, (_, text: string) => style.bold(text))
    .split('\n')
    .filter((line) => !/^\|(?: ?-+ ?\|)+$/.test(line))
    .reduce(alignTables, [])
    .map((line) => line.replace(/^#+ (.*)$/, (_, text: string) => style.bold(text)))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Adds a line to those before it; rows of one table are padded to its widest cells. */
function alignTables(done: string[], line: string, index: number, all: string[]): string[] {
  if (!isRow(line)) return [...done, line]
  const start = all.findLastIndex((other, at) => at < index && !isRow(other)) + 1
  const end = all.findIndex((other, at) => at > index && !isRow(other))
  const table = all.slice(start, end < 0 ? all.length : end).map(cellsOf)
  const cells = cellsOf(line).map((cell, column) =>
    cell.padEnd(Math.max(...table.map((row) => (row[column] ?? '').length)))
  )
  return [...done, `  ${cells.join('  ')}`.trimEnd()]
}

function isRow(line: string): boolean {
  return line.startsWith('| ') && line.endsWith(' |')
}

function cellsOf(row: string): string[] {
  return row
    .slice(2, -2)
    .split(' | ')
    .map((cell) => cell.trim())
}
