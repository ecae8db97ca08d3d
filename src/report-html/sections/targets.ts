import { oldTasksInWords } from '../../release/checklist-measured.ts'
import { drainedInWords } from '../../release/drained-words.ts'
import type { Report } from '../../release/report.ts'
import type { TargetHealth } from '../../release/snapshot.ts'
import { say } from '../../words/say.ts'
import { badge, code, folded, paragraph, table, type Kind } from '../blocks.ts'
import { markup, NOTHING, type Markup } from '../markup.ts'

/** Green's targets as they were last seen, and what became of the old tasks. */
export function targets({ deployment }: Report): Markup {
  const found = deployment?.targets ?? []
  const old = deployment?.drained
    ? drainedInWords(deployment.drained)
    : oldTasksInWords(deployment?.oldTasks)
  if (found.length === 0 && old === undefined) return NOTHING
  return folded(
    { title: deployment?.sides ? say`Targets` : say`Targets of green`, gist: gist(found) },
    old === undefined ? NOTHING : paragraph(markup`${old}`),
    found.length === 0 ? NOTHING : targetTable(found)
  )
}

/** `3 healthy`, by ELB's own words. */
function gist(found: readonly TargetHealth[]): string {
  const states = new Map<string, number>()
  for (const { state } of found) states.set(state, (states.get(state) ?? 0) + 1)
  return [...states].map(([state, number]) => `${number} ${state}`).join(', ')
}

const KINDS: Readonly<Record<string, Kind>> = { healthy: 'good', unhealthy: 'bad' }

export function targetTable(found: readonly TargetHealth[]): Markup {
  return table(
    [say`Target`, say`State`, say`Reason`, say`Description`],
    found.map(({ id, state, reason, description }) => [
      code(id),
      badge(KINDS[state] ?? 'open', state),
      markup`${reason ?? '–'}`,
      markup`${description ?? '–'}`
    ])
  )
}
