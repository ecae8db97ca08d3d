import type { TaskDefinitionSource } from '../../release/settings.ts'
import { isEdited, type TaskDefinitionEdits } from '../../taskdef/render.ts'
import { FAMILY_AND_REVISION, TASK_DEFINITION_ARN } from './patterns.ts'
import { quoted, type Problem } from './problems.ts'
import { INPUTS } from './table.ts'
import { say } from '../../words/say.ts'

interface Given {
  readonly rollbackTo: string | undefined
  readonly source: TaskDefinitionSource
  readonly edits: TaskDefinitionEdits
  readonly breakGlassReason: string | undefined
  readonly ledgerTable: string | undefined
}

/** What is released: the given source or, for a rollback, an unchanged revision. */
export function releaseSource(
  { rollbackTo, source, edits, breakGlassReason, ledgerTable }: Given,
  problem: (problem: Problem) => void
): TaskDefinitionSource {
  if (breakGlassReason !== undefined && (rollbackTo === undefined || ledgerTable === undefined)) {
    const missing = rollbackTo === undefined ? INPUTS.rollbackTo.name : INPUTS.ledgerTable.name
    problem({
      input: INPUTS.breakGlassReason.name,
      message: say`\`break-glass-reason\` needs \`${missing}\`: only a rollback to a revision that the ledger knows as approved may pass without a person.`
    })
  }
  if (rollbackTo === undefined) return source
  if (source.kind !== 'running') {
    problem({
      input: INPUTS.rollbackTo.name,
      message: say`\`rollback-to\` and \`task-definition\` both say what to release. Keep one of them.`
    })
  }
  if (isEdited(edits)) {
    problem({
      input: INPUTS.rollbackTo.name,
      message: say`\`rollback-to\` releases a revision as it was; remove the inputs that would change it (\`image\`, \`environment-variables\`, ...).`
    })
  }
  if (rollbackTo === 'previous') return { kind: 'previous' }
  if (/^[1-9]\d{0,8}$/.test(rollbackTo)) return { kind: 'revision', revision: Number(rollbackTo) }
  const pinned = FAMILY_AND_REVISION.pattern.test(rollbackTo) && rollbackTo.includes(':')
  if (!pinned && !TASK_DEFINITION_ARN.pattern.test(rollbackTo)) {
    problem({
      input: INPUTS.rollbackTo.name,
      value: rollbackTo,
      message: say`\`rollback-to\`: ${quoted(rollbackTo)} is not accepted. Wanted previous, a revision's number, family:revision, or an ARN.`
    })
  }
  return { kind: 'reference', reference: rollbackTo }
}
