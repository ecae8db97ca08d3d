import { fence, type Inline } from './markdown.ts'

/**
 * A part of a section that can be written with fewer units (rows, lines, items). It says
 * itself how many were left out.
 */
export interface Block {
  readonly units: number
  readonly write: (units: number) => string
}

export interface Section {
  /** A text of this action, which is not escaped. */
  readonly title: string
  /** The section with the lowest value is shortened first. */
  readonly importance: number
  readonly folded?: boolean
  readonly blocks: readonly Block[]
}

export function paragraph(content: Inline): Block {
  return { units: 0, write: () => content.source }
}

export function warning(content: Inline): Block {
  return { units: 0, write: () => `> ⚠️ ${content.source}` }
}

export function list(items: readonly Inline[]): Block {
  return {
    units: items.length,
    write: (units) =>
      withNote(
        items.slice(0, units).map((item) => `- ${item.source}`),
        items.length,
        'entries'
      )
  }
}

export function table(head: readonly string[], rows: readonly (readonly Inline[])[]): Block {
  const header = [row(head), row(head.map(() => '---'))]
  return {
    units: rows.length,
    write: (units) => {
      const kept = rows.slice(0, units).map((cells) => row(cells.map((cell) => cell.source)))
      const note = leftOut(rows.length - kept.length, rows.length, 'rows')
      return [kept.length > 0 ? [...header, ...kept].join('\n') : '', note]
        .filter((part) => part !== '')
        .join('\n\n')
    }
  }
}

export function fenced(language: string, lines: readonly string[]): Block {
  return {
    units: lines.length,
    write: (units) => {
      const note = leftOut(lines.length - units, lines.length, 'lines')
      return [units > 0 ? fence(language, lines.slice(0, units)) : '', note]
        .filter((part) => part !== '')
        .join('\n\n')
    }
  }
}

/** A diagram is written whole or not at all, because half a diagram would mislead. */
export function diagram(source: string): Block {
  return {
    units: 1,
    write: (units) => (units > 0 ? fence('mermaid', source.split('\n')) : '')
  }
}

/** The section as Markdown. `units` are given to its blocks in their order. */
export function writeSection(section: Section, units: number): string {
  let left = units
  const parts = section.blocks.map((block) => {
    const given = Math.min(left, block.units)
    left -= given
    return block.write(given)
  })
  const body = parts.filter((part) => part !== '').join('\n\n')
  return section.folded === true
    ? `<details>\n<summary><b>${section.title}</b></summary>\n\n${body}\n\n</details>`
    : `### ${section.title}\n\n${body}`
}

export function unitsOf(section: Section): number {
  return section.blocks.reduce((sum, block) => sum + block.units, 0)
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function withNote(lines: readonly string[], total: number, what: string): string {
  const note = leftOut(total - lines.length, total, what)
  return [lines.join('\n'), note].filter((part) => part !== '').join('\n\n')
}

function leftOut(missing: number, total: number, what: string): string {
  return missing > 0 ? `*${missing} of ${total} ${what} left out for size.*` : ''
}
