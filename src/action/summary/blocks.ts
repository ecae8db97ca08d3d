import { say } from '../../words/say.ts'
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
  /** What a reader learns of a folded section without opening it. It has no code and no links. */
  readonly gist?: Inline
  /** Without a heading, because the section continues what stands before it. */
  readonly bare?: boolean
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
        items.length
      )
  }
}

export function table(head: readonly string[], rows: readonly (readonly Inline[])[]): Block {
  const header = [row(head), row(head.map(() => '---'))]
  return {
    units: rows.length,
    write: (units) => {
      const kept = rows.slice(0, units).map((cells) => row(cells.map((cell) => cell.source)))
      const note = leftOut(rows.length - kept.length, rows.length)
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
      const note = leftOut(lines.length - units, lines.length)
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

/**
 * Names and values, as a table that is as narrow as a phone. GitHub reads no Markdown in it,
 * and lets `nowrap` through, without which it ends lines inside of Korean words.
 */
export function tiles(rows: readonly (readonly [name: Inline, value: Inline])[]): Block {
  const lines = rows.map(
    ([name, value]) =>
      `<tr><th align="left" scope="row" nowrap>${name.source}</th><td>${value.source}</td></tr>`
  )
  return { units: 0, write: () => ['<table>', ...lines, '</table>'].join('\n') }
}

/** Blocks below a line that opens them. */
export function fold(title: Inline, blocks: readonly Block[]): Block {
  return {
    units: sum(blocks),
    write: (units) => folded(title.source, writeBlocks(blocks, units))
  }
}

function folded(title: string, body: string): string {
  return `<details>\n<summary>${title}</summary>\n\n${body}\n\n</details>`
}

/** The section as Markdown. `units` are given to its blocks in their order. */
export function writeSection(section: Section, units: number): string {
  const { title, gist, blocks } = section
  const body = writeBlocks(blocks, units)
  if (section.bare === true) return body
  if (section.folded !== true) return `### ${title}\n\n${body}`
  return folded(`<b>${title}</b>${gist === undefined ? '' : ` ${gist.source}`}`, body)
}

export function unitsOf({ blocks }: Section): number {
  return sum(blocks)
}

function writeBlocks(blocks: readonly Block[], units: number): string {
  let left = units
  const parts = blocks.map((block) => {
    const given = Math.min(left, block.units)
    left -= given
    return block.write(given)
  })
  return parts.filter((part) => part !== '').join('\n\n')
}

function sum(blocks: readonly Block[]): number {
  return blocks.reduce((total, block) => total + block.units, 0)
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function withNote(lines: readonly string[], total: number): string {
  const note = leftOut(total - lines.length, total)
  return [lines.join('\n'), note].filter((part) => part !== '').join('\n\n')
}

function leftOut(missing: number, total: number): string {
  return missing > 0 ? `*${say`${missing} of ${total} entries left out for size.`}*` : ''
}
