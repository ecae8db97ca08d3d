import type { AvailabilityFacts, TrafficResult } from '../../../ledger/gate.ts'
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
  if (view.greenChangedAt !== undefined) {
    lines.push(words.greenChanged(moment(view.greenChangedAt, 'date and time')))
  }
  if (view.breakGlassRefused) lines.push(refusedText(view.breakGlassRefused, words))
  const own = isOwn(view) ? words.ownPlane : words
  if (decision.effect === 'LATE') lines.push(own.late)
  if (decision.effect === 'NONE') lines.push(own.telling)
  lines.push(...traffic(view, decision, words, naming))
  if (view.availability) lines.push(production(view.availability, words))
  return lines
}

/** When traffic began to move, had moved, and came to rest, and on which side. */
function traffic(view: CardView, { state }: DecisionView, words: Words, naming: Naming): string[] {
  const { trafficResult: result } = view
  const back = backBy(view, words, naming)
  if (!result) return back
  const { status, at, beganAt, shiftedAt, stoppedBy, stoppedBecause: why = result.why } = result
  const when = (each: number): string => moment(each, 'date and time')
  const lines: string[] = []
  const began = beganAt ?? (status === 'shifting' ? at : undefined)
  const isMoving = status === 'shifting' && shiftedAt === undefined
  if (began !== undefined) lines.push((isMoving ? words.moves : words.moved)(when(began)))
  if (shiftedAt !== undefined) lines.push(words.shifted(when(shiftedAt)))
  if (status === 'shifting') return [...lines, ...step(result, words), ...back]
  if (status === 'released') return [...lines, words.released(when(at))]
  lines.push(...back)
  // Whoever has rolled it back is named, and a no says itself why.
  const isSaid =
    (stoppedBy === 'person' && back.length > 0) ||
    (stoppedBy === 'rejected' && state === 'REJECTED')
  if (status === 'stopped' && !isSaid) lines.push(words.stopped[stoppedBy ?? 'somebody'](when(at)))
  // After a no it is the no that says why, and that the deployment fails is no news.
  const isNews = state === 'APPROVED' || began !== undefined
  if (status === 'failed' && isNews) lines.push(words.failed(when(at)))
  if (why !== undefined && (isNews || stoppedBy)) lines.push(words.cause(said(why, 300)))
  if (result.foreign) return [...lines, foreign(result.foreign, words)]
  if (result.reached && began !== undefined) {
    return [...lines, words.staysAt(result.reached.share, code(result.reached.side, 60))]
  }
  return [...lines, rollback(view, result, began !== undefined, words)]
}

/** Whether the gate's own functions move the traffic. */
function isOwn({ shift }: CardView): boolean {
  return shift?.kind === 'steps'
}

/** How far the traffic has come; nothing of a plane that does not move it in steps. */
export function step(
  { reached, shiftedAt }: Pick<TrafficResult, 'reached' | 'shiftedAt'>,
  words: Words
): string[] {
  if (!reached || shiftedAt !== undefined) return []
  return [words.reached(reached.share, code(reached.side, 60), reached.next)]
}

function backBy({ rollback: back }: CardView, words: Words, naming: Naming): string[] {
  if (!back) return []
  const person = naming === 'mention' ? mention(back.by) : said(back.name, 60)
  return [words.rolledBackBy(person, moment(back.at, 'date and time'))]
}

function foreign(
  { sides, left, found }: NonNullable<TrafficResult['foreign']>,
  words: Words
): string {
  const shown = (weights: readonly number[]): string =>
    sides.map((side, index) => `${code(side, 60)} ${weights[index] ?? '?'}`).join(', ')
  return words.foreign(shown(left), found && shown(found))
}

/** Where users are after a release that has failed or was stopped. */
function rollback(
  view: CardView,
  { rollback: state, rolledBackAt }: TrafficResult,
  hasMoved: boolean,
  words: Words
): string {
  const own = isOwn(view)
  if (!hasMoved && state !== 'failed') return words.nothingMoved
  if (state === 'none') {
    if (view.awaitsRollback) return words.rollbackAwaited
    return (own ? words.ownPlane : words).notRolledBack
  }
  const at = rolledBackAt === undefined ? '' : moment(rolledBackAt, 'date and time')
  return own && state === 'failed' ? words.ownPlane.rollbackFailed(at) : words.rollback[state](at)
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
  return (breakGlass && people.length === 0 ? logins : people).join(
    naming === 'mention' ? ' ' : ', '
  )
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
