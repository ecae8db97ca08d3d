import type { AvailabilityFacts } from '../../../ledger/gate.ts'
import { count } from '../../../release/report-words.ts'
import { reasonIn } from '../../decide/reasons.ts'
import { moment } from '../date.ts'
import { code, mention, said } from '../escape.ts'
import type { CardView, DecisionView } from '../view.ts'
import { MARKS } from './evidence.ts'
import { refusedText } from './obstacles.ts'
import type { Words } from '../words/words.ts'

const MOST_NAMES = 20

/** How people are named: a mention notifies them, a name does not. */
export type Naming = 'mention' | 'name'

/** The story of a release, one line a happening: who decided what, when and why, and what became of the traffic. */
export function outcome(
  view: CardView,
  decision: DecisionView,
  words: Words,
  naming: Naming = 'mention'
): string[] {
  const by = decidedBy(view, decision, naming) || words.theEvidence
  const lines = [words.decided[decision.state](by, moment(decision.at, 'date and time'))]
  if (decision.breakGlass) lines.push(words.withBreakGlass)
  if (decision.reason !== undefined) {
    const reason = reasonIn(words.ownReason, decision, decision.reason)
    lines.push(`${words.labels.reason[decision.state]}: ${said(reason, 600)}`)
  }
  if (view.breakGlassRefused) lines.push(refusedText(view.breakGlassRefused, words))
  if (decision.effect === 'LATE') lines.push(words.late)
  if (decision.effect === 'NONE') lines.push(words.telling)
  lines.push(...traffic(view, decision, words))
  if (view.availability) lines.push(production(view.availability, words))
  return lines
}

/** When traffic began to move, had moved, and came to rest, and on which side. */
function traffic(view: CardView, { state }: DecisionView, words: Words): string[] {
  const { trafficResult: result, awaitsRollback } = view
  if (!result) return []
  const { status, rollback, startedAt, shiftedAt, rollbackEndedAt, stoppedBy, why } = result
  const lines: string[] = []
  const when = (at: number): string => moment(at, 'date and time')
  const began = startedAt ?? (status === 'shifting' ? result.at : undefined)
  if (began !== undefined) {
    lines.push(shiftedAt === undefined && status === 'shifting' ? words.moves(when(began)) : words.moved(when(began)))
  }
  if (shiftedAt !== undefined) lines.push(words.shifted(when(shiftedAt)))
  if (status === 'released') lines.push(words.released(when(result.at)))
  if (status === 'failed') lines.push(words.failed(when(result.at)))
  if (status === 'stopped') lines.push(words.stopped[stoppedBy ?? 'somebody'](when(result.at)))
  // A person's no, or a gate's, is the cause; CodeDeploy's sentence about it adds nothing.
  if (why !== undefined && state === 'APPROVED') lines.push(words.cause(said(why, 300)))
  if (status === 'failed' || status === 'stopped') {
    if (rollback === 'none' && awaitsRollback) lines.push(words.rollbackAwaited)
    else if (rollback !== 'none') lines.push(words.rollback[rollback](rollbackEndedAt === undefined ? '' : when(rollbackEndedAt)))
    else lines.push(began === undefined ? words.nothingMoved : words.notRolledBack)
  }
  return lines
}

/** If a job broke the glass and the policy maps its logins to no Slack user, the GitHub logins are named. */
export function decidedBy(
  { requester }: CardView,
  { by, names, breakGlass }: Pick<DecisionView, 'by' | 'names' | 'breakGlass'>,
  naming: Naming
): string {
  const people =
    naming === 'mention'
      ? by.slice(0, MOST_NAMES).map(mention)
      : names.slice(0, MOST_NAMES).map((name) => said(name, 60))
  const logins = requester.logins.slice(0, MOST_NAMES).map((login) => code(login, 60))
  return (breakGlass && people.length === 0 ? logins : people).join(naming === 'mention' ? ' ' : ', ')
}

/** Shows the number of requests and, if they did not pass, the summary of the job or function that measured them. */
function production({ verdict, total, failed, summary }: AvailabilityFacts, words: Words): string {
  const figures = words.production(count(failed), count(total))
  const why = verdict === 'passed' ? '' : `: ${said(summary, 300)}`
  return `${MARKS[verdict]} ${figures}${why}`
}
