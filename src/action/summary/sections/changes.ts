import type { Change, Report } from '../../../release/report.ts'
import { say } from '../../../words/say.ts'
import { fenced, paragraph, type Section } from '../blocks.ts'
import { clip, text } from '../markdown.ts'

/** A longer value is clipped in the diff; the task definition itself has all of it. */
const LONGEST_VALUE = 500

/** The difference between the running revision and the new one. In sight in a dry run. */
export function changes({ taskDefinition, outcome }: Report): Section | undefined {
  if (taskDefinition === undefined) return undefined
  const { changes: found } = taskDefinition
  if (found.length === 0) {
    return {
      title: say`What changed`,
      importance: 60,
      bare: true,
      blocks: [paragraph(text(say`No difference to the revision that runs now.`))]
    }
  }
  return {
    title: say`What changed`,
    importance: 60,
    folded: outcome !== 'planned',
    gist: text(String(found.length)),
    blocks: [fenced('diff', found.flatMap(lines))]
  }
}

/** If a value may not be shown, only its path is named. The diff colours `!` as changed. */
function lines({ path, kind, before, after }: Change): string[] {
  if (before === undefined && after === undefined) {
    const shown = clip(path, LONGEST_VALUE)
    return [
      `! ${kind === 'added' ? say`${shown} added (value not shown)` : kind === 'removed' ? say`${shown} removed (value not shown)` : say`${shown} changed (value not shown)`}`
    ]
  }
  return [
    `  ${clip(path, LONGEST_VALUE)}`,
    ...(before === undefined ? [] : [`- ${clip(before, LONGEST_VALUE)}`]),
    ...(after === undefined ? [] : [`+ ${clip(after, LONGEST_VALUE)}`])
  ]
}
