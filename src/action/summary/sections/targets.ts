import { oldTasksInWords } from '../../../release/checklist-measured.ts'
import { drainedInWords } from '../../../release/drained-words.ts'
import type { Report } from '../../../release/report.ts'
import type { TargetHealth } from '../../../release/snapshot.ts'
import { say } from '../../../words/say.ts'
import { paragraph, table, type Block, type Section } from '../blocks.ts'
import { code, text } from '../markdown.ts'

/** Green's targets as they were last seen, and what became of the old tasks. */
export function targets({ deployment, diagnosis }: Report): Section | undefined {
  // A failure's cause shows them already.
  if (diagnosis !== undefined) return undefined
  const found = deployment?.targets ?? []
  const old = deployment?.drained
    ? drainedInWords(deployment.drained)
    : oldTasksInWords(deployment?.oldTasks)
  if (found.length === 0 && old === undefined) return undefined
  const healthy = found.filter(({ state }) => state === 'healthy').length
  return {
    title: deployment?.sides ? say`Targets` : say`Targets of green`,
    importance: 45,
    folded: true,
    gist: text(found.length === 0 ? '' : say`${healthy} of ${found.length} healthy`),
    blocks: [
      ...(old === undefined ? [] : [paragraph(text(old))]),
      ...(found.length === 0 ? [] : [targetTable(found)])
    ]
  }
}

/** Reason and description are the load balancer's own. */
export function targetTable(found: readonly TargetHealth[]): Block {
  return table(
    [say`Target`, say`Health`, say`Reason`],
    found.map(({ id, state, reason, description }) => [
      code(id, 200),
      text(state),
      text([reason, description].filter((part) => part !== undefined).join(': '))
    ])
  )
}
