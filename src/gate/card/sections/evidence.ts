import type { EvidenceFacts } from '../../../ledger/gate-facts.ts'
import type { SectionBlock } from '@slack/types'
import { section } from '../blocks.ts'
import { code, said } from '../escape.ts'
import type { CardView } from '../view.ts'
import type { Words } from '../words/words.ts'

export const MARKS: Readonly<Record<EvidenceFacts['verdict'], string>> = {
  passed: ':white_check_mark:',
  failed: ':x:',
  warning: ':warning:',
  pending: ':hourglass_flowing_sand:',
  unknown: ':grey_question:'
}

/** A first screen has room for this many pieces, and for a figure of a line or two. */
const MOST_PIECES = 8
const LONGEST_FIGURE = 160

/** What has been shown about the new version so far; that nothing has is said too. */
export function evidence({ evidence: found }: CardView, words: Words): SectionBlock[] {
  if (found.length === 0)
    return section([`*${words.labels.evidence}*  ${words.noEvidence}`], words.more)
  const lines = inOrder(found).map((each) => evidenceLine(each, words, LONGEST_FIGURE))
  return section(lines, words.more, MOST_PIECES)
}

/** What speaks against it first. */
export function inOrder(found: readonly EvidenceFacts[]): EvidenceFacts[] {
  const order: EvidenceFacts['verdict'][] = ['failed', 'unknown', 'pending', 'warning', 'passed']
  return order.flatMap((verdict) => found.filter((each) => each.verdict === verdict))
}

export function evidenceLine(
  { name, verdict, required, summary, asked, measuredBy }: EvidenceFacts,
  words: Words,
  longest: number
): string {
  const notes = [
    required && words.required,
    measuredBy === 'job' && words.measuredByJob,
    asked === 'tasks' && words.askedTasks
  ]
  const noted = notes.filter((note) => note !== false).join(', ')
  const need = noted === '' ? '' : ` (${noted})`
  const told = summary === '' ? '' : `: ${said(summary, longest)}`
  return `${MARKS[verdict]} ${code(name, 60)} ${words.verdict[verdict]}${need}${told}`
}

/** Required evidence that keeps Approve from being the obvious button. */
export function againstApproval({ evidence: found }: Pick<CardView, 'evidence'>): {
  readonly pending: readonly string[]
  readonly failed: readonly string[]
} {
  const required = found.filter((each) => each.required)
  const named = (...verdicts: readonly EvidenceFacts['verdict'][]): string[] =>
    required.filter(({ verdict }) => verdicts.includes(verdict)).map(({ name }) => name)
  return { pending: named('pending'), failed: named('failed', 'unknown') }
}
