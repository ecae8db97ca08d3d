import type { SectionBlock } from '@slack/types'
import { section } from '../blocks.ts'
import { minutesUntil, moment } from '../date.ts'
import { code, mention } from '../escape.ts'
import type { CardView, RequesterView } from '../view.ts'
import type { Words } from '../words/words.ts'

/** Until when somebody may decide, and who asked. */
export function asked(view: CardView, words: Words): SectionBlock[] {
  const { labels } = words
  const lines = [`*${labels.askedBy}*  ${requester(view.requester, words)}`]
  if (!view.decision) lines.unshift(`*${labels.openUntil}*  ${deadline(view, words)}`)
  return section(lines, words.more)
}

function deadline({ expiresAt, now }: CardView, words: Words): string {
  const left = minutesUntil(expiresAt, now)
  return left === 0 ? words.timeOver : words.timeLeft(moment(expiresAt), left)
}

/** A card names at most this many requesters. A release has one or two. */
const MOST_NAMES = 5

export function requester({ logins, users, verified }: RequesterView, words: Words): string {
  if (logins.length === 0) return words.nobodyKnows
  const names = [
    ...logins.slice(0, MOST_NAMES).map((login) => code(login, 60)),
    ...users.slice(0, MOST_NAMES).map(mention)
  ]
  return verified ? names.join(' ') : `${names.join(' ')} ${words.notProven}`
}
