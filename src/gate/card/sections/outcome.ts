import type { AvailabilityFacts } from '../../../ledger/gate.ts'
import type { SectionBlock } from '@slack/types'
import { count } from '../../../release/report-words.ts'
import { reasonIn } from '../../decide/reasons.ts'
import { section } from '../blocks.ts'
import { moment } from '../date.ts'
import { code, mention, said } from '../escape.ts'
import type { CardView, DecisionView } from '../view.ts'
import { MARKS } from './evidence.ts'
import { refusedText } from './obstacles.ts'
import type { Words } from '../words/words.ts'

const MOST_NAMES = 20

/** Shows who decided what, when and why, and what happened to the traffic. */
export function outcome(view: CardView, decision: DecisionView, words: Words): SectionBlock[] {
  const { trafficResult } = view
  const by = decidedBy(view, decision) || words.theEvidence
  const lines = [words.decided[decision.state](by, moment(decision.at, 'date and time'))]
  if (decision.breakGlass) lines.push(words.withBreakGlass)
  if (decision.reason !== undefined) {
    const reason = reasonIn(words.ownReason, decision, decision.reason)
    lines.push(`${words.labels.reason}: ${said(reason, 600)}`)
  }
  if (view.greenChangedAt !== undefined) {
    lines.push(words.greenChanged(moment(view.greenChangedAt, 'date and time')))
  }
  if (view.breakGlassRefused) lines.push(refusedText(view.breakGlassRefused, words))
  if (decision.effect === 'LATE') lines.push(words.late)
  if (decision.effect === 'NONE') lines.push(words.telling)
  if (trafficResult) {
    lines.push(words.trafficResult[trafficResult.status](moment(trafficResult.at, 'date and time')))
    const rollback = words.rollback[trafficResult.rollback]
    if (rollback !== '') lines.push(rollback)
  }
  if (view.availability) lines.push(production(view.availability, words))
  return section(lines, words.more)
}

/** If a job broke the glass and the policy maps its logins to no Slack user, the GitHub logins are named. */
function decidedBy({ requester }: CardView, { by, breakGlass }: DecisionView): string {
  const people = by.slice(0, MOST_NAMES).map(mention)
  const logins = requester.logins.slice(0, MOST_NAMES).map((login) => code(login, 60))
  return (breakGlass && people.length === 0 ? logins : people).join(' ')
}

/** Shows the number of requests and, if they did not pass, the summary of the job or function that measured them. */
function production(
  { verdict, total, failed, summary, measuredBy }: AvailabilityFacts,
  words: Words
): string {
  const by = measuredBy === 'job' ? ` (${words.measuredByJob})` : ''
  const figures = `${words.production(count(failed), count(total))}${by}`
  const why = verdict === 'passed' ? '' : `: ${said(summary, 300)}`
  return `${MARKS[verdict]} ${figures}${why}`
}
