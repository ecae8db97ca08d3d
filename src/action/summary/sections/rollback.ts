import { duration } from '../../../release/elapsed.ts'
import type { Report } from '../../../release/report.ts'
import { say } from '../../../words/say.ts'
import { paragraph, type Section } from '../blocks.ts'
import { code, filled, line, link, text, type Inline } from '../markdown.ts'

/** Whether production was put back after a failure. In sight unless that went well. */
export function rollback(report: Report): Section | undefined {
  const { rollback: state, rollbackDeployment: made } = report
  if (state === 'none') return undefined
  return {
    title: say`Rollback`,
    importance: 85,
    folded: state === 'succeeded',
    gist: text(made?.id ?? ''),
    blocks: [paragraph(story(report))]
  }
}

function story({ rollback: state, rollbackDeployment: made, deployment }: Report): Inline {
  const which =
    made === undefined
      ? text(say`A rollback`)
      : line`${say`Rollback`} ${link(code(made.id), made.consoleUrl)}`
  const after =
    deployment === undefined
      ? text('')
      : line` (${filled(say`after ${'{0}'} had ended as ${'{1}'}`, code(deployment.id), deployment.status)})`
  const subject = line`${which}${after}`
  switch (state) {
    case 'succeeded': {
      const took =
        made?.createdAt === undefined || made.completedAt === undefined
          ? text('')
          : line` ${say`It took ${duration(made.completedAt - made.createdAt)}.`}`
      const end = say`succeeded: production is back on the tasks that served before, green's tasks are going away.`
      return line`${subject} ${end}${took}`
    }
    case 'in-progress':
      return line`${subject} ${say`was still in progress when this job ended: look at it before the next release.`}`
    default: {
      const said =
        made?.error === undefined ? text('') : line` ${say`AWS says: ${made.error.message}`}`
      return line`**${subject} ${say`failed. Check now what serves production.`}**${said}`
    }
  }
}
