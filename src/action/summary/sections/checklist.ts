import {
  checklistWords,
  type ChecklistItem,
  type CheckState
} from '../../../release/checklist-words.ts'
import { checklist } from '../../../release/checklist.ts'
import type { Report } from '../../../release/report.ts'
import { say } from '../../../words/say.ts'
import { table, type Section } from '../blocks.ts'
import { text, type Inline } from '../markdown.ts'

const SIGNS: Readonly<Record<CheckState, string>> = {
  done: '✅',
  attention: '⚠️',
  failed: '❌',
  open: '❔',
  skipped: '➖'
}

export function checks(report: Report): Section {
  const items = checklist(report)
  return {
    title: say`Checklist`,
    importance: 89,
    folded: true,
    gist: gistOf(items),
    blocks: [
      table(
        ['', say`What`, say`Detail`],
        items.map(({ what, state, detail }) => [
          text(SIGNS[state]),
          text(checklistWords(what, report.deployment?.sides)),
          text(detail)
        ])
      )
    ]
  }
}

/** What a reader has to know first: how many have failed, then the rest. */
function gistOf(items: readonly ChecklistItem[]): Inline {
  const states: readonly CheckState[] = ['failed', 'attention', 'open', 'done', 'skipped']
  const counts = states
    .map((state) => ({ state, found: items.filter((item) => item.state === state).length }))
    .filter(({ found }) => found > 0)
  return text(counts.map(({ state, found }) => `${SIGNS[state]}\u00A0${found}`).join('  '))
}
