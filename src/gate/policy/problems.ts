import { ProblemsError } from '../../documents/problems.ts'

/** A policy document that is not valid: the gate stays closed until it is. */
export class PolicyError extends ProblemsError {
  override readonly name = 'PolicyError'
}
