import type { Report } from '../../../release/report.ts'
import { say } from '../../../words/say.ts'
import { list, paragraph, type Section } from '../blocks.ts'
import { code, filled, line, text } from '../markdown.ts'

/** Every problem of a refused release, and what to do about it. */
export function problems(report: Report): Section | undefined {
  if (report.problems.length === 0) return undefined
  const many = report.problems.length > 1
  return {
    title: many ? say`${report.problems.length} problems` : say`The problem`,
    importance: 100,
    blocks: [
      list(report.problems.map((problem) => text(problem))),
      paragraph(
        line`**${say`What to do:`}** ${many ? say`correct all of them (this is the whole list) and run again.` : say`correct it and run again.`} ${filled(say`Nothing was registered, deployed or changed; ${'{0}'} checks without a release.`, code('dry-run: true'))}`
      )
    ]
  }
}
