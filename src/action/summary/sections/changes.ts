import type { Change, Report } from '../../../release/report.ts'
import { fenced, paragraph, type Section } from '../blocks.ts'
import { clip, line } from '../markdown.ts'

/** One value in the diff: longer ones are read in the task definition itself. */
const LONGEST_VALUE = 500

/** The difference between the running revision and the new one. */
export function changes({ taskDefinition }: Report): Section | undefined {
  if (taskDefinition === undefined) return undefined
  const { changes: found } = taskDefinition
  if (found.length === 0) {
    return {
      title: 'Revision diff',
      importance: 60,
      blocks: [paragraph(line`No difference to the revision that runs now.`)]
    }
  }
  return { title: 'Revision diff', importance: 60, blocks: [fenced('diff', found.flatMap(lines))] }
}

/** A value that may not be shown is only named: `!` is what the diff colours as changed. */
function lines({ path, kind, before, after }: Change): string[] {
  if (before === undefined && after === undefined) {
    return [`! ${clip(path, LONGEST_VALUE)} ${kind} (value not shown)`]
  }
  return [
    `  ${clip(path, LONGEST_VALUE)}`,
    ...(before === undefined ? [] : [`- ${clip(before, LONGEST_VALUE)}`]),
    ...(after === undefined ? [] : [`+ ${clip(after, LONGEST_VALUE)}`])
  ]
}
