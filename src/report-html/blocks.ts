import { say } from '../words/say.ts'
import { breakable, markup, NOTHING, type Markup } from './markup.ts'

/** A section of the page with its heading. The title is a text of this action. */
export function section(title: string, ...content: readonly Markup[]): Markup {
  return markup`<section>
<h2>${title}</h2>
${content}
</section>
`
}

/** What a folded section tells while it is folded, and whether it is. */
export interface Fold {
  readonly title: string
  /** What a reader learns without opening it. */
  readonly gist?: string | Markup | undefined
  readonly isOpen?: boolean
}

/** A section that is opened by its heading. Printing opens all of them. */
export function folded(
  { title, gist, isOpen = false }: Fold,
  ...content: readonly Markup[]
): Markup {
  return markup`<details class="part"${isOpen ? markup` open` : NOTHING}>
<summary><h2>${title}</h2>${gist === undefined ? NOTHING : markup` <span class="gist">${gist}</span>`}</summary>
<div class="inside">${content}</div>
</details>
`
}

/** A part of a section that is opened by a line of words. */
export function details(title: string, ...content: readonly Markup[]): Markup {
  return markup`<details class="more">
<summary>${title}</summary>
${content}</details>
`
}

/** The page shows no more rows of a table than this; the JSON report has them all. */
const MOST_ROWS = 500

/** A phone has room for figures, but not for sentences side by side. */
const MOST_COLUMNS_ON_A_PHONE = 4
/** A column of sentences counts twice. */
const MOST_ON_A_PHONE = 5

/**
 * On a phone each row of a wide table becomes a block, with the names of the columns before
 * the figures. ARIA roles keep it a table for screen readers. `numbers` are the columns that
 * are aligned to the right.
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly Markup[])[],
  numbers: readonly string[] = []
): Markup {
  const align = (index: number): Markup =>
    numbers.includes(head[index] ?? '') ? markup` class="number"` : markup``
  const shown = rows.slice(0, MOST_ROWS)
  const sentences = head.length - numbers.length
  const isWide = head.length > MOST_COLUMNS_ON_A_PHONE || sentences + head.length > MOST_ON_A_PHONE
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="${say`Table: ${head.filter((name) => name !== '').join(', ')}`}"><table role="table"${isWide ? markup` class="stacked"` : NOTHING}>
<thead role="rowgroup"><tr role="row">${head.map((name, index) => markup`<th role="columnheader" scope="col"${align(index)}>${name}</th>`)}</tr></thead>
<tbody role="rowgroup">
${shown.map(
  (
    cells
  ) => markup`<tr role="row">${cells.map((cell, index) => markup`<td role="cell" data-head="${head[index] ?? ''}"${align(index)}>${cell}</td>`)}</tr>
`
)}</tbody>
</table></div>
${leftOut(rows.length - shown.length, rows.length)}`
}

/** Names and values; on a phone each value is below its name. */
export function facts(pairs: readonly (readonly [string, Markup | undefined])[]): Markup {
  const known = pairs.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]))
  return markup`<dl>
${known.map(
  ({ name, value }) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>
`
)}</dl>
`
}

export function list(items: readonly Markup[]): Markup {
  const shown = items.slice(0, MOST_ROWS)
  return markup`<ul>
${shown.map(
  (item) => markup`<li>${item}</li>
`
)}</ul>
${leftOut(items.length - shown.length, items.length)}`
}

function leftOut(missing: number, total: number): Markup {
  return missing > 0
    ? note(say`${missing} of ${total} entries left out for size; the JSON report has them.`)
    : NOTHING
}

export function paragraph(content: Markup): Markup {
  return markup`<p>${content}</p>
`
}

export function note(words: string): Markup {
  return markup`<p class="note">${words}</p>
`
}

export function heading(words: string, tag?: Markup): Markup {
  return markup`<h3>${words}${tag === undefined ? markup`` : markup` ${tag}`}</h3>
`
}

export function code(value: string): Markup {
  return markup`<code>${breakable(value)}</code>`
}

/** A sign and a word, so that colour is never the only sign. */
export function badge(kind: Kind, words: string): Markup {
  return markup`<span class="badge ${CLASSES[kind]}"><span aria-hidden="true">${SIGNS[kind]}</span> ${words}</span>`
}

export type Kind = 'good' | 'attention' | 'bad' | 'open' | 'skipped'

const CLASSES: Readonly<Record<Kind, string>> = {
  good: 'good',
  attention: 'attention',
  bad: 'bad',
  open: 'open',
  skipped: 'skipped'
}
const SIGNS: Readonly<Record<Kind, string>> = {
  good: '✓',
  attention: '!',
  bad: '✕',
  open: '?',
  skipped: '–'
}
