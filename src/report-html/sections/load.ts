import { checkRow, exactly, figures, loadFacts, STATISTICS, trends } from '../../pages/load-rows.ts'
import type { LoadCheck, LoadEvidence, ScriptFigures } from '../../release/evidence.ts'
import { count } from '../../release/report-words.ts'
import { say } from '../../words/say.ts'
import { badge, code, details, facts, list, table } from '../blocks.ts'
import { markup, type Markup } from '../markup.ts'

/** A load: its figures, thresholds and checks, then its trends, errors and k6's closing text, folded. */
export function load(evidence: LoadEvidence): Markup[] {
  const { thresholds, checks, script } = evidence
  return [
    facts(loadFacts(evidence).map(([name, value]) => [name, markup`${value}`])),
    ...thresholdTable(thresholds),
    ...(checks.length === 0 ? [] : [checkTable(checks)]),
    ...trendTable(evidence),
    ...(script === undefined ? [] : said(script))
  ]
}

function thresholdTable(thresholds: LoadEvidence['thresholds']): Markup[] {
  const measuredHead = say`Measured`
  if (thresholds.length === 0) return []
  return [
    table(
      [say`Threshold`, measuredHead, say`Verdict`],
      thresholds.map(({ text, measured, passed }) => [
        code(text),
        markup`${exactly(measured)}`,
        passed ? badge('good', say`holds`) : badge('bad', say`does not hold`)
      ]),
      [measuredHead]
    )
  ]
}

function checkTable(checks: readonly LoadCheck[]): Markup {
  const [passes, fails, share, wanted] = [say`Passes`, say`Failures`, say`Share`, say`Wanted`]
  return table(
    [say`Check`, passes, fails, share, wanted, say`Verdict`],
    checks.map((check) => {
      const row = checkRow(check)
      return [
        markup`${check.name}`,
        markup`${row.passes}`,
        markup`${row.fails}`,
        markup`${row.share}`,
        markup`${row.wanted}`,
        verdictOf(check)
      ]
    }),
    [passes, fails, share, wanted]
  )
}

/** A check that fails now and then passes if the file says nothing of it, but a reader should see it. */
function verdictOf({ passes, fails, passed }: LoadCheck): Markup {
  if (passes + fails === 0) return badge('open', say`never ran`)
  if (!passed) return badge('bad', say`does not hold`)
  return fails === 0 ? badge('good', say`holds`) : badge('attention', say`fails sometimes`)
}

function trendTable(evidence: LoadEvidence): Markup[] {
  const known = trends(evidence)
  if (known.length === 0) return []
  const rows = known.map((trend) => [
    code(trend.name),
    ...figures(trend).map((figure) => markup`${figure}`)
  ])
  const head = [say`Trend`, ...STATISTICS]
  const [first = [], ...others] = rows
  return [
    table(head, [first], STATISTICS),
    ...(others.length === 0
      ? []
      : [details(say`Further trends: ${others.length}`, table(head, others, STATISTICS))])
  ]
}

function said({ errors, closing }: ScriptFigures): Markup[] {
  return [
    ...(errors.length === 0
      ? []
      : [
          details(
            say`Errors that the script logged: ${count(errors.reduce((sum, { times }) => sum + times, 0))}`,
            list(
              errors.map(
                ({ text, times }) => markup`${times > 1 ? `${count(times)} × ` : ''}${text}`
              )
            )
          )
        ]),
    ...(closing === ''
      ? []
      : [
          details(
            say`What k6 printed at its end`,
            markup`<pre tabindex="0">${closing}</pre>
`
          )
        ])
  ]
}
