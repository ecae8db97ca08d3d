import { ProblemsError } from '../documents/problems.ts'

/** A task definition that must not be registered. */
export class TaskDefinitionError extends ProblemsError {
  override readonly name = 'TaskDefinitionError'
}
