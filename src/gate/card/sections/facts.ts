import type { SectionBlock } from '@slack/types'
import { NO_TARGET_GROUP, type HealthFacts } from '../../../ledger/gate.ts'
import { runLabelIn } from '../../request/run-label.ts'
import { fields } from '../blocks.ts'
import { minutesUntil, moment } from '../date.ts'
import { code, link, mention, said } from '../escape.ts'
import type { CardView, RequesterView } from '../view.ts'
import type { Words } from '../words/words.ts'

/** Shows who asked, from which run, whether the new tasks are healthy, and until when the gate is open. */
export function facts(view: CardView, words: Words): SectionBlock[] {
  const { labels } = words
  const { commit, run, testUrl, deploymentId, consoleUrl } = view
  const entries: [string, string][] = [
    [labels.askedBy, requester(view.requester, words)],
    [labels.green, health(view.health, words)]
  ]
  if (!view.decision) entries.unshift([labels.openUntil, deadline(view, words)])
  if (commit) entries.push([labels.commit, link(commit.url, commit.sha.slice(0, 12))])
  if (run) entries.push([labels.run, link(run.url, runLabelIn(words.run, run.label))])
  if (testUrl && !view.decision) {
    const { text, isLink } = testUrl
    entries.push([labels.testUrl, isLink ? link(text, text) : code(text, 200)])
  }
  entries.push([labels.deployment, link(consoleUrl, deploymentId)])
  return fields(entries)
}

function deadline({ expiresAt, now }: CardView, words: Words): string {
  const left = minutesUntil(expiresAt, now)
  return left === 0 ? words.timeOver : words.timeLeft(moment(expiresAt), left)
}

/** A card names at most this many requesters. A release has one or two. */
const MOST_NAMES = 5

function requester({ logins, users, verified }: RequesterView, words: Words): string {
  if (logins.length === 0) return words.nobodyKnows
  const names = [
    ...logins.slice(0, MOST_NAMES).map((login) => code(login, 60)),
    ...users.slice(0, MOST_NAMES).map(mention)
  ]
  return verified ? names.join(' ') : `${names.join(' ')} ${words.notProven}`
}

function health({ states, unavailable }: HealthFacts, words: Words): string {
  if (unavailable === NO_TARGET_GROUP) return words.healthUnknown(words.noTargetGroup)
  if (unavailable !== undefined) return words.healthUnknown(said(unavailable, 200))
  const entries = Object.entries(states).filter(([, count]) => count > 0)
  if (entries.length === 0) return words.noTargets
  const lines = entries.map(([state, count]) => `${count} ${code(state, 30)}`)
  return 'unused' in states ? `${lines.join(', ')}\n${words.unchecked}` : lines.join(', ')
}
