import { duration } from '../../../release/elapsed.ts'
import type { Report } from '../../../release/report.ts'
import { paragraph, type Section } from '../blocks.ts'
import { code, line, link, text, type Inline } from '../markdown.ts'

/** Whether production was put back after a failure. */
export function rollback(report: Report): Section | undefined {
  if (report.rollback === 'none') return undefined
  return { title: 'Rollback', importance: 85, blocks: [paragraph(story(report))] }
}

function story({ rollback: state, rollbackDeployment: made, deployment }: Report): Inline {
  const after =
    deployment === undefined
      ? text('')
      : line` after ${code(deployment.id)} had ended as ${deployment.status}`
  const which =
    made === undefined ? line`A rollback` : line`Rollback ${link(code(made.id), made.consoleUrl)}`
  const took =
    made?.createdAt === undefined || made.completedAt === undefined
      ? text('')
      : line` within ${duration(made.completedAt - made.createdAt)}`
  const said = made?.error === undefined ? text('') : line` AWS says: ${made.error.message}`
  switch (state) {
    case 'succeeded':
      return line`${which} ran${after} and succeeded${took}: production is back on the tasks that served before, green's tasks are going away.`
    case 'in-progress':
      return line`${which} was started${after} and was still in progress when this job ended: look at it before the next release.`
    default:
      return line`**${which} ran${after} and failed. Check now what serves production.**${said}`
  }
}
