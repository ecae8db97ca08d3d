import { elapsed } from '../../../release/elapsed.ts'
import { eventWords } from '../../../release/event-words.ts'
import type { Report } from '../../../release/report.ts'
import { say } from '../../../words/say.ts'
import { table, type Section } from '../blocks.ts'
import { text } from '../markdown.ts'
import { utcTime } from '../../../release/report-words.ts'

/** Everything that happened, in its order. */
export function timeline(report: Report): Section | undefined {
  if (report.timeline.length === 0) return undefined
  const context = { rollbackDeploymentId: report.rollbackDeployment?.id }
  return {
    title: say`Timeline`,
    gist: text(String(report.timeline.length)),
    importance: 30,
    folded: true,
    blocks: [
      table(
        [say`At (UTC)`, say`Elapsed`, say`What`, say`Detail`],
        report.timeline.map((event) => {
          const { subject, detail } = eventWords(event, context)
          return [
            text(utcTime(event.at)),
            text(elapsed(event.at - report.startedAt)),
            text(subject),
            text(detail)
          ]
        })
      )
    ]
  }
}
