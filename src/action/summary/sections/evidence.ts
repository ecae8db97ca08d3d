import type { Evidence, RequestResult, Verdict } from '../../../release/evidence.ts'
import type { Report } from '../../../release/report.ts'
import { list, paragraph, table, type Block, type Section } from '../blocks.ts'
import { code, line, text, type Inline } from '../markdown.ts'

/** What was measured: the verdicts first, then the tables behind them. */
export function evidence({ evidence: found }: Report): Section | undefined {
  if (found.length === 0) return undefined
  const details = found.flatMap((each) => [
    ...(rowsOf(each).length > 0 ? [paragraph(line`**${each.name}**`), routes(rowsOf(each))] : [])
  ])
  return { title: 'Evidence', importance: 90, blocks: [list(found.map(verdict)), ...details] }
}

const SIGNS: Readonly<Record<Verdict | RequestResult['verdict'], string>> = {
  passed: '✅',
  failed: '❌',
  unknown: '❔',
  skipped: '➖'
}

function verdict({ name, verdict: said, required, summary }: Evidence): Inline {
  const need = required ? 'required' : 'advisory'
  return line`${SIGNS[said]} **${name}** ${said} (${need}): ${summary}`
}

function rowsOf(each: Evidence): readonly RequestResult[] {
  if (each.section === 'checks') return each.rows
  return each.section === 'flow' ? each.steps : []
}

/** The routing table, or the steps of a flow. */
function routes(rows: readonly RequestResult[]): Block {
  return table(
    ['Request', 'Endpoint', 'Status', 'Time', 'Verdict'],
    rows.map(({ name, method, path, status, ms, verdict: said, attempts, problems }) => [
      text(name),
      code(`${method} ${path}`, 200),
      text(status === undefined ? '–' : String(status)),
      text(ms === undefined ? '–' : `${Math.round(ms)} ms`),
      line`${SIGNS[said]}\u00A0${said}${attempts > 1 ? ` after ${attempts} attempts` : ''}${
        problems.length > 0 ? `: ${problems.join('; ')}` : ''
      }`
    ])
  )
}
