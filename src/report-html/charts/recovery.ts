import { duration } from '../../release/elapsed.ts'
import type { RecoveryEvidence } from '../../release/evidence.ts'
import { utcTime } from '../../release/report-words.ts'
import { stepWords } from '../../pages/evidence-words.ts'
import { say } from '../../words/say.ts'
import { markup, NOTHING, type Markup } from '../markup.ts'
import { across } from './scale.ts'

const ROW = 24

/**
 * One bar for each wait, from the stop of a task until its side was healthy again; each bar is
 * lower than the one before. Failed requests are marked below, on the same axis.
 */
export function recoverySteps({ steps, failures, failed }: RecoveryEvidence): Markup {
  const waits = steps.flatMap((step, index) => {
    const next = steps[index + 1]
    return next ? [{ from: step.at, until: next.at, what: next.what }] : []
  })
  const [first] = steps
  const last = steps.at(-1)
  if (first === undefined || last === undefined || waits.length === 0) return NOTHING
  const failedAt = failures.map(({ at }) => at)
  const span = { from: first.at, until: Math.max(last.at, ...failedAt) }
  const height = (waits.length + (failed > 0 ? 1 : 0)) * ROW
  const below = waits.length * ROW
  return markup`<figure class="chart">
<figcaption><span>${say`From the stop until healthy: ${duration(last.at - first.at)}`}</span></figcaption>
<div class="plot wide-levels"><svg class="levels" height="${height}" aria-hidden="true">${waits.map(({ what }, index) => markup`<text x="100%" y="${index * ROW + 9}" dy="0.32em">${stepWords(what)}</text>`)}${failed > 0 ? markup`<text x="100%" y="${below + 9}" dy="0.32em">${say`failed`}</text>` : NOTHING}</svg><svg class="picture" height="${height}" role="img" aria-label="${say`How long each step of the recovery took; the table has the same figures.`}">
${waits.map(({ from, until, what }, index) => {
  const left = across(span, from)
  const width = Math.round((across(span, until) - left) * 1_000) / 1_000
  // The label is after the bar if there is room for it, else before it.
  const isLate = left + width > 70
  return markup`<rect class="mark shift" x="${left}%" width="${width}%" y="${index * ROW + 2}" height="14" rx="2"><title>${say`${stepWords(what)} at ${utcTime(until)}, after ${duration(until - from)}`}</title></rect><text class="value" x="${isLate ? left : left + width}%" dx="${isLate ? -6 : 6}" y="${index * ROW + 9}" dy="0.32em" text-anchor="${isLate ? 'end' : 'start'}">${duration(until - from)}</text>\n`
})}${failures.map(({ at, reason }) => markup`<rect class="mark failure" x="${across(span, at)}%" width="2" y="${below + 2}" height="14"><title>${utcTime(at)}: ${reason}</title></rect>\n`)}</svg></div>
</figure>
`
}
