import type { EvidenceFacts } from '../../../ledger/gate.ts'
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

/** What has been shown about the new version so far; that nothing has is said too. */
export function evidence({ evidence: found }: CardView, words: Words): SectionBlock[] {
  const { evidence: title } = words.labels
  if (found.length === 0) return section([`${title}\n${words.noEvidence}`], words.more)
  return section([title, ...inOrder(found).map((each) => line(each, words))], words.more, 12)
}

/** What speaks against it first. */
function inOrder(found: readonly EvidenceFacts[]): EvidenceFacts[] {
  const order: EvidenceFacts['verdict'][] = ['failed', 'unknown', 'pending', 'warning', 'passed']
  return order.flatMap((verdict) => found.filter((each) => each.verdict === verdict))
}

function line(
  { name, verdict, required, summary, asked, measuredBy }: EvidenceFacts,
  words: Words
): string {
  const notes = [
    required && words.required,
    measuredBy === 'job' && words.measuredByJob,
    asked === 'tasks' && words.askedTasks
  ]
  const noted = notes.filter((note) => note !== false).join(', ')
  const need = noted === '' ? '' : ` (${noted})`
  const told = summary === '' ? '' : `: ${said(summary, 160)}`
  return `${MARKS[verdict]} ${code(name, 60)} ${words.verdict[verdict]}${need}${told}`
}
