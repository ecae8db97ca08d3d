import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import { isList, type Mapping } from '../documents/mapping.ts'
import { ProblemsError } from '../documents/problems.ts'
import { findUnknownMembers } from '../taskdef/dropped.ts'
import { stripReadOnly } from '../taskdef/readonly.ts'
import { knownMembers } from './register-schema.ts'
import { say } from '../words/say.ts'

/**
 * The task definition as the bundled SDK would really send it. Errors: ProblemsError with
 * the path of every member that the SDK would silently drop (aws-semantics 3.1) or that has
 * a type that AWS refuses.
 */
export function registrationFrom(rendered: Mapping): RegisterTaskDefinitionCommandInput & Mapping {
  const problems = memberProblems(rendered)
  if (!conforms(rendered, problems)) throw new ProblemsError(problems)
  return rendered
}

/** What of it the SDK would drop, and what has a type that AWS refuses. */
export function memberProblems(taskDefinition: Mapping): string[] {
  return findUnknownMembers(stripReadOnly(taskDefinition), knownMembers())
}

function conforms(
  rendered: Mapping,
  problems: string[]
): rendered is RegisterTaskDefinitionCommandInput & Mapping {
  if (typeof rendered.family !== 'string') problems.push(say`family: wanted text`)
  if (!isList(rendered.containerDefinitions))
    problems.push(say`containerDefinitions: wanted a list`)
  return problems.length === 0
}
