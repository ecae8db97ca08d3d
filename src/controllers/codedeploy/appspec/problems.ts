import { ProblemsError } from '../../../documents/problems.ts'

/** An AppSpec that must not be deployed. */
export class AppSpecError extends ProblemsError {
  override readonly name = 'AppSpecError'
}
