import { checklistWords } from '../../../release/checklist-words.ts'
import { checklist, type CheckState } from '../../../release/checklist.ts'
import type { Report } from '../../../release/report.ts'
import { table, type Section } from '../blocks.ts'
import { text } from '../markdown.ts'

const SIGNS: Readonly<Record<CheckState, string>> = {
  done: '✅',
  attention: '⚠️',
  failed: '❌',
  open: '❔',
  skipped: '➖'
}

export function checks(report: Report): Section {
  return {
    title: 'Checklist',
    importance: 89,
    blocks: [
      table(
        ['', 'What', 'Detail'],
        checklist(report).map(({ what, state, detail }) => [
          text(SIGNS[state]),
          text(checklistWords(what)),
          text(detail)
        ])
      )
    ]
  }
}
