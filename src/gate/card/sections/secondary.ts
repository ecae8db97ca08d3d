import type { ContextBlock } from '@slack/types'
import { NO_TARGET_GROUP, type HealthFacts } from '../../../ledger/gate-facts.ts'
import { runLabelIn } from '../../request/run-label.ts'
import { context } from '../blocks.ts'
import { moment } from '../date.ts'
import { code, link, said } from '../escape.ts'
import type { CardView } from '../view.ts'
import type { Words } from '../words/words.ts'

/** Small print has room for this many other releases. */
const MOST_MOVING = 2
/** People compare this many digits. */
const HEAD_DIGITS = 12

/** Everything that is not needed to decide at a glance, in counts and links. */
export function secondary(view: CardView, words: Words): ContextBlock[] {
  const parts = [
    ...(isOfSides(view) ? [] : [otherChanges(view.changes, words)]),
    ...(isOfSides(view) ? [] : [revision(view, words)]),
    `${words.labels.green}: ${healthCounts(view.health, words)}`,
    ...unchecked(view.health, words),
    ...links(view, words),
    ...(view.decision ? [] : moving(view, words).slice(0, 1)),
    ...(view.head === undefined ? [] : [words.head(code(shortHead(view.head)))])
  ]
  return context(parts, words.more)
}

/** Whether groups are released that have no task definition, so that their names stand for it. */
function isOfSides({ shift, revision: { after }, images }: CardView): boolean {
  return shift?.kind === 'steps' && shift.to === after && images.length === 0
}

/** From which revision to which, or, of groups without one, from which side to which. */
export function revision(view: CardView, words: Words): string {
  const { before, after } = view.revision
  if (isOfSides(view)) return words.betweenSides(code(before ?? '?'), code(after))
  return words.revision(before === undefined ? undefined : code(before), code(after))
}

function otherChanges(changes: CardView['changes'], words: Words): string {
  if (changes === undefined) return words.changesUnknown
  return changes.length === 0 ? words.noChanges : words.changes(changes.length)
}

/** Where to read on: the commit, the run, the new version itself and its deployment. */
export function links(view: CardView, words: Words): string[] {
  const { commit, run, testUrl, deploymentId, consoleUrl, decision } = view
  const found: string[] = []
  if (commit) found.push(`${words.labels.commit} ${link(commit.url, commit.sha.slice(0, 12))}`)
  if (run) found.push(link(run.url, runLabelIn(words.run, run.label)))
  if (testUrl && !decision) {
    const { text, isLink } = testUrl
    const { testUrl: label } = words.labels
    found.push(isLink ? link(text, label) : `${label} ${code(text, 200)}`)
  }
  found.push(`${words.labels.deployment} ${link(consoleUrl, deploymentId)}`)
  return found
}

export function healthCounts({ states, unavailable }: HealthFacts, words: Words): string {
  if (unavailable === NO_TARGET_GROUP) return words.healthUnknown(words.noTargetGroup)
  if (unavailable !== undefined) return words.healthUnknown(said(unavailable, 200))
  const entries = Object.entries(states).filter(([, count]) => count > 0)
  if (entries.length === 0) return words.noTargets
  return entries.map(([state, count]) => `${count} ${code(state, 30)}`).join(', ')
}

/** That nobody has checked the new tasks is worth more than a count of them. */
export function unchecked({ states }: HealthFacts, words: Words): string[] {
  return 'unused' in states ? [words.unchecked] : []
}

/**
 * Other services' open gates and shifting traffic: two releases at once are hard to tell apart
 * afterwards. The first line is for the small print, the rest are one a release.
 */
export function moving({ moving: others }: CardView, words: Words): string[] {
  if (others.length === 0) return []
  const lines = [...others]
    .sort((one, other) => other.since - one.since)
    .map(({ what, service, since }) => words.moving[what](code(service), moment(since)))
  const first = lines.slice(0, MOST_MOVING).join(', ')
  const left = lines.length - MOST_MOVING
  const more = left > 0 ? ` ${words.more(left)}` : ''
  return [`*${words.labels.moving}*: ${first}${more}`, ...lines]
}

/** The chain's head as people compare it. */
function shortHead(head: string): string {
  const [number = '', digest = ''] = head.split('-')
  return `${number}-${digest.slice(0, HEAD_DIGITS)}`
}
