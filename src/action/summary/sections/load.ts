import {
  checkRow,
  exactly,
  figures,
  loadFacts,
  STATISTICS,
  trends
} from '../../../pages/load-rows.ts'
import type { LoadCheck, LoadEvidence, ThresholdResult } from '../../../release/evidence.ts'
import { count } from '../../../release/report-words.ts'
import { say } from '../../../words/say.ts'
import { fenced, fold, list, table, type Block } from '../blocks.ts'
import { code, line, text } from '../markdown.ts'

/** A load: its figures, thresholds, checks and trends, then what script and k6 have written. */
export function load(evidence: LoadEvidence): Block[] {
  const { requests, thresholds, checks, script } = evidence
  // Of an engine that sent nothing there are no figures, only what it was to keep.
  if (requests === 0 && script === undefined) {
    return thresholds.length > 0 ? [thresholdTable(thresholds)] : []
  }
  const { errors = [], closing = '' } = script ?? {}
  const known = trends(evidence)
  return [
    list(loadFacts(evidence).map(([name, value]) => line`${name}: ${value}`)),
    ...(thresholds.length > 0 ? [thresholdTable(thresholds)] : []),
    ...(checks.length > 0 ? [checkTable(checks)] : []),
    ...(known.length > 0
      ? [
          table(
            [say`Trend`, ...STATISTICS],
            known.map((trend) => [
              code(trend.name, 200),
              ...figures(trend).map((figure) => text(figure))
            ])
          )
        ]
      : []),
    ...(errors.length > 0
      ? [
          fold(
            text(
              say`Errors that the script logged: ${count(errors.reduce((sum, { times }) => sum + times, 0))}`
            ),
            [list(errors.map((each) => text(`${count(each.times)} × ${each.text}`)))]
          )
        ]
      : []),
    ...(closing === ''
      ? []
      : [fold(text(say`What k6 printed at its end`), [fenced('text', closing.split('\n'))])])
  ]
}

function thresholdTable(found: readonly ThresholdResult[]): Block {
  return table(
    [say`Threshold`, say`Measured`, say`Verdict`],
    found.map(({ text: wanted, measured, passed }) => [
      code(wanted, 200),
      text(exactly(measured)),
      text(passed ? `✅\u00A0${say`holds`}` : `❌\u00A0${say`does not hold`}`)
    ])
  )
}

function checkTable(checks: readonly LoadCheck[]): Block {
  return table(
    [say`Check`, say`Passes`, say`Failures`, say`Share`, say`Wanted`, say`Verdict`],
    checks.map((check) => {
      const row = checkRow(check)
      return [
        text(check.name),
        text(row.passes),
        text(row.fails),
        text(row.share),
        text(row.wanted),
        text(verdictOf(check))
      ]
    })
  )
}

function verdictOf({ passes, fails, passed }: LoadCheck): string {
  if (passes + fails === 0) return `❔\u00A0${say`never ran`}`
  if (!passed) return `❌\u00A0${say`does not hold`}`
  return fails === 0 ? `✅\u00A0${say`holds`}` : `⚠️\u00A0${say`fails sometimes`}`
}
