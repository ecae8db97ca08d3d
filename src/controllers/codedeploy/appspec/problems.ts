import { ProblemsError } from '../../../documents/problems.ts'

/** The AppSpec must not be deployed. */
export class AppSpecError extends ProblemsError {
  override readonly name = 'AppSpecError'
}
