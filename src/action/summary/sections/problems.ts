import type { Report } from '../../../release/report.ts'
import { list, paragraph, type Section } from '../blocks.ts'
import { line, text } from '../markdown.ts'

/** Every problem of a refused release, and what to do about it. */
export function problems(report: Report): Section | undefined {
  if (report.problems.length === 0) return undefined
  const many = report.problems.length > 1
  return {
    title: many ? `${report.problems.length} problems` : 'The problem',
    importance: 100,
    blocks: [
      list(report.problems.map((problem) => text(problem))),
      paragraph(
        line`**What to do:** correct ${many ? 'all of them (this is the whole list)' : 'it'} and run again. Nothing was registered, deployed or changed; \`dry-run: true\` checks without a release.`
      )
    ]
  }
}
