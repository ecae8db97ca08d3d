import { markup, type Markup } from './markup.ts'

/** A section of the page with its heading; our own words. */
export function section(title: string, ...content: readonly Markup[]): Markup {
  return markup`<section>
<h2>${title}</h2>
${content}
</section>
`
}

/** More rows than this nobody reads here; the JSON report has them all. */
const MOST_ROWS = 500

/** A table that scrolls by itself where the page is too narrow for it. `numbers`: columns set to the right. */
export function table(
  head: readonly string[],
  rows: readonly (readonly Markup[])[],
  numbers: readonly string[] = []
): Markup {
  const align = (index: number): Markup =>
    numbers.includes(head[index] ?? '') ? markup` class="number"` : markup``
  const shown = rows.slice(0, MOST_ROWS)
  const left = rows.length - shown.length
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="Table: ${head.filter((name) => name !== '').join(', ')}"><table>
<thead><tr>${head.map((name, index) => markup`<th scope="col"${align(index)}>${name}</th>`)}</tr></thead>
<tbody>
${shown.map(
  (cells) => markup`<tr>${cells.map((cell, index) => markup`<td${align(index)}>${cell}</td>`)}</tr>
`
)}</tbody>
</table></div>
${left > 0 ? note(`${left} of ${rows.length} rows left out for size; the JSON report has them.`) : markup``}`
}

/** Name and value, one below the other on a phone. */
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
  return markup`<ul>
${items.map(
  (item) => markup`<li>${item}</li>
`
)}</ul>
`
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
  return markup`<code>${value}</code>`
}

/** Sign and word: never colour alone. */
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
