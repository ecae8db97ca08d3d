import type { Report } from '../../../release/report.ts'
import { say } from '../../../words/say.ts'
import { list, warning, type Section } from '../blocks.ts'
import { line, text } from '../markdown.ts'

/** What people should know although it did not stop the release. */
export function warnings(report: Report): Section | undefined {
  const { allAtOnce, hasTestListener } = report.where
  // Without a test listener no target group in use leads to green when the gate opens
  // (aws-semantics 1.7), so the approver cannot see whether green is healthy.
  const blind = allAtOnce === true && hasTestListener === false
  if (!blind && report.warnings.length === 0) return undefined
  return {
    title: say`Warnings`,
    importance: 95,
    folded: true,
    gist: text(`⚠️ ${report.warnings.length + (blind ? 1 : 0)}`),
    blocks: [
      ...(blind
        ? [
            warning(
              line`**${say`All production traffic moves at once, and there is no test listener.`}** ${say`Green's health checks have not started yet when a person approves: the first requests that reach green are production's. Add a test listener, or a canary or linear deployment config.`}`
            )
          ]
        : []),
      ...(report.warnings.length > 0 ? [list(report.warnings.map((entry) => text(entry)))] : [])
    ]
  }
}
