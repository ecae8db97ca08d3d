import type { Change, Report } from '../../../release/report.ts'
import { fenced, paragraph, type Section } from '../blocks.ts'
import { clip, line } from '../markdown.ts'

/** A longer value is clipped in the diff; the task definition itself has all of it. */
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

/** If a value may not be shown, only its path is named. The diff colours `!` as changed. */
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
