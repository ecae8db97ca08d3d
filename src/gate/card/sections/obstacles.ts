import type { Closed } from '../../policy/authorise.ts'
import { FAULTS } from '../../identity/fault.ts'
import { moment } from '../date.ts'
import { code, mention, said } from '../escape.ts'
import type { CardView } from '../view.ts'
import type { Words } from '../words/words.ts'
import { againstApproval } from './evidence.ts'

/**
 * What stands between this gate and an approval: votes that are missing, a
 * freeze, nobody who may; and why a rollback did not pass without one.
 */
export function obstacles(view: CardView, words: Words): string[] {
  const {
    closedBecause,
    frozenBy,
    quorum,
    votes,
    breakGlass,
    breakGlassRefused: refused,
    greenChangedAt
  } = view
  const lines: string[] = []
  if (closedBecause) lines.push(words.closed(closedText(closedBecause, words)))
  if (frozenBy.length > 0) lines.push(words.frozen(named(frozenBy)))
  const { pending, failed } = againstApproval(view)
  if (failed.length > 0) lines.push(`:no_entry: ${words.evidenceFailed(named(failed))}`)
  if (pending.length > 0)
    lines.push(`:hourglass_flowing_sand: ${words.evidenceAwaited(named(pending))}`)
  if (breakGlass && lines.length > 0) lines.push(words.frozenBreakGlass)
  if (greenChangedAt !== undefined) lines.push(words.greenChanged(moment(greenChangedAt)))
  if (refused) lines.push(refusedText(refused, words))
  if (quorum > 1) {
    const people = votes.slice(0, 20).map(({ user }) => mention(user))
    lines.push(words.votes(votes.length, quorum, people.join(' ')))
  }
  return lines
}

function named(names: readonly string[]): string {
  return names
    .slice(0, 5)
    .map((name) => said(name, 80))
    .join(', ')
}

/** Why a rollback that asked to pass without a person does not. */
export function refusedText(
  { why, about }: NonNullable<CardView['breakGlassRefused']>,
  words: Words
): string {
  return words.glassRefused(words.glassRefusedWhy[why](code(about || '?', 120)))
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
