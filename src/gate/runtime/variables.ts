import { ProblemsError } from '../../documents/problems.ts'

/** Environment variables of a function. */
export type Variables = Readonly<Record<string, string | undefined>>

/** The function's environment variables are incomplete or contradict each other. */
export class EnvironmentError extends ProblemsError {
  override readonly name = 'EnvironmentError'
}

/**
 * Calls `read` with a function that returns a required variable. `what` says in
 * the error what the variable names.
 *
 * @throws EnvironmentError naming every variable that is missing, and every
 * problem that `read` has added to the list.
 */
export function readVariables<T>(
  env: Variables,
  read: (need: (name: string, what: string) => string, problems: string[]) => T
): T {
  const problems: string[] = []
  const found = read((name, what) => {
    const value = env[name]?.trim() ?? ''
    if (value === '') problems.push(`${name} is not set; it names ${what}`)
    return value
  }, problems)
  if (problems.length > 0) throw new EnvironmentError(problems)
  return found
}
