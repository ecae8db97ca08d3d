import { glance as figures, type Tile } from '../../../pages/glance.ts'
import type { Report } from '../../../release/report.ts'
import { say } from '../../../words/say.ts'
import { diagram, tiles, type Section } from '../blocks.ts'
import { courseGantt } from '../course-gantt.ts'
import { line, text, type Inline } from '../markdown.ts'

/** The space does not break, so that sign and word stay together. */
const SIGNS: Readonly<Record<Tile['kind'], Inline>> = {
  good: line`✅\u00A0`,
  attention: line`⚠️\u00A0`,
  bad: line`❌\u00A0`,
  plain: line``
}

/** Five figures and one chart over the whole release, before everything else. */
export function glance(report: Report): Section | undefined {
  const found = figures(report)
  if (found.length === 0) return undefined
  const chart = courseGantt(report)
  return {
    title: say`At a glance`,
    importance: 96,
    bare: true,
    blocks: [
      tiles(found.map((tile) => [text(tile.label), valueOf(tile)])),
      ...(chart === undefined ? [] : [diagram(chart)])
    ]
  }
}

/** GitHub reads no Markdown in an HTML table, but elements. */
function valueOf({ value, detail, kind }: Tile): Inline {
  return line`${SIGNS[kind]}<b>${value}</b>${detail === undefined ? text('') : line`, ${detail}`}`
}
