import { glance, type Tile } from '../../pages/glance.ts'
import type { Report } from '../../release/report.ts'
import { say } from '../../words/say.ts'
import { markup, NOTHING, type Markup } from '../markup.ts'

/** The five figures that a reader sees first. */
export function tiles(report: Report): Markup {
  const found = glance(report)
  if (found.length === 0) return NOTHING
  return markup`<dl class="tiles" aria-label="${say`At a glance`}">
${found.map(tile)}</dl>
`
}

/** A sign stands before the word, so that colour is never the only sign. */
const SIGNS: Readonly<Record<Tile['kind'], string>> = {
  good: '✓ ',
  attention: '! ',
  bad: '✕ ',
  plain: ''
}

function tile({ label, value, detail, kind }: Tile): Markup {
  return markup`<div class="tile ${kind}"><dt>${label}</dt><dd><span class="value"><span aria-hidden="true">${SIGNS[kind]}</span>${value}</span>${detail === undefined ? NOTHING : markup`<span class="detail">${detail}</span>`}</dd></div>
`
}
