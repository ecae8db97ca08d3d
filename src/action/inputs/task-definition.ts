import type { TaskDefinitionSource } from '../../release/settings.ts'
import { FAMILY_AND_REVISION, TASK_DEFINITION_ARN } from './patterns.ts'
import { quoted, type Problem } from './problems.ts'
import { INPUTS } from './table.ts'
import { say } from '../../words/say.ts'

interface Given {
  readonly taskDefinition: string | undefined
  readonly arn: string | undefined
  readonly family: string | undefined
  readonly revision: number | undefined
}

/**
 * Where the task definition comes from: one of the official actions' four inputs, or what
 * runs now.
 */
export function taskDefinitionSource(
  given: Given,
  problem: (problem: Problem) => void
): TaskDefinitionSource {
  const named = [
    { input: INPUTS.taskDefinition.name, value: given.taskDefinition },
    { input: INPUTS.taskDefinitionArn.name, value: given.arn },
    { input: INPUTS.taskDefinitionFamily.name, value: given.family }
  ].filter(({ value }) => value !== undefined)
  const [first, second] = named
  if (first !== undefined && second !== undefined) {
    const all = named.map(({ input }) => `\`${input}\``).join(say` and `)
    problem({
      input: second.input,
      message: say`${all} both name the task definition. Keep one of them.`
    })
  }
  if (given.revision !== undefined && given.family === undefined) {
    problem({
      input: INPUTS.taskDefinitionRevision.name,
      value: String(given.revision),
      message: say`\`task-definition-revision\` says which revision of a family, and \`task-definition-family\` is not set. Set it, or write family:${given.revision} in \`task-definition\`.`
    })
  }
  if (given.taskDefinition !== undefined) return fromText(given.taskDefinition, problem)
  if (given.arn !== undefined) return { kind: 'reference', reference: given.arn }
  if (given.family === undefined) return { kind: 'running' }
  const revision = given.revision === undefined ? '' : `:${given.revision}`
  return { kind: 'reference', reference: `${given.family}${revision}` }
}

/**
 * The text alone decides, so that a workflow means the same on every runner. `arn:` starts
 * an ARN; a separator, a leading dot or an ending of JSON or YAML makes it a path;
 * everything else is `family[:revision]`, which is refused later if the workspace has a file
 * of that name.
 */
function fromText(text: string, problem: (problem: Problem) => void): TaskDefinitionSource {
  if (text.startsWith('arn:')) {
    if (!TASK_DEFINITION_ARN.pattern.test(text)) {
      problem({
        input: INPUTS.taskDefinition.name,
        value: text,
        message: say`\`task-definition\`: ${quoted(text)} is not the ARN of a task definition. Accepted: ${TASK_DEFINITION_ARN.accepts}.`
      })
    }
    return { kind: 'reference', reference: text }
  }
  if (/[/\\]|^\.|\.(?:json|ya?ml)$/i.test(text)) return { kind: 'file', path: text }
  if (!FAMILY_AND_REVISION.pattern.test(text)) {
    problem({
      input: INPUTS.taskDefinition.name,
      value: text,
      message: say`\`task-definition\`: ${quoted(text)} is neither a path (it would end in .json, .yml or .yaml, or hold a "/": write ./${text} for a file of another name), nor an ARN, nor family[:revision].`
    })
  }
  return { kind: 'reference', reference: text, mayBePath: true }
}
