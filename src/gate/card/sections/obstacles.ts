import type { SectionBlock } from '@slack/types'
import type { Closed } from '../../policy/authorise.ts'
import { FAULTS } from '../../identity/fault.ts'
import { section } from '../blocks.ts'
import { code, mention, said } from '../escape.ts'
import type { CardView } from '../view.ts'
import type { Words } from '../words/words.ts'

/** What stands between this gate and an approval: votes that are missing, a freeze, nobody who may. */
export function obstacles(view: CardView, words: Words): SectionBlock[] {
  const { closedBecause, frozenBy, quorum, votes, breakGlass, evidence } = view
  const lines: string[] = []
  if (closedBecause) lines.push(words.closed(closedText(closedBecause, words)))
  if (frozenBy.length > 0) {
    lines.push(
      words.frozen(
        frozenBy
          .slice(0, 5)
          .map((name) => said(name, 80))
          .join(', ')
      )
    )
  }
  const missing = evidence.filter(({ required, verdict }) => required && verdict === 'pending')
  if (missing.length > 0) {
    lines.push(
      words.outstanding(
        missing
          .slice(0, 5)
          .map(({ name }) => said(name, 80))
          .join(', ')
      )
    )
  }
  if (breakGlass && lines.length > 0) lines.push(words.frozenBreakGlass)
  if (quorum > 1) {
    const people = votes.slice(0, 20).map(({ user }) => mention(user))
    lines.push(words.votes(votes.length, quorum, people.join(' ')))
  }
  return section(lines, words.more)
}

export function closedText(closed: Closed, words: Words): string {
  if (closed.why === 'unmapped') {
    return words.unmapped(
      closed.logins
        .slice(0, 5)
        .map((login) => code(login, 60))
        .join(', ') || '?'
    )
  }
  const fault = FAULTS.find((each) => each === closed.fault)
  return fault === undefined ? code(closed.fault) : words.unverified[fault]
}
