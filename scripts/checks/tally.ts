/** What a step of the checks came to. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  /** Names of what did not run. */
  readonly skipped: readonly string[]
}

/** In the name of what needs a program that users bring: no machine has to have it. */
export const NOT_REQUIRED = 'not required'

/** Of what did not run, the names of what has to run where tools are required. */
export function missed(skipped: readonly string[]): readonly string[] {
  return skipped.filter((name) => !name.includes(NOT_REQUIRED))
}

/** A step that passes or fails as one. */
export function single(passed: boolean): Tally {
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: [] }
}

export function total(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
    skipped: tallies.flatMap(({ skipped }) => skipped)
  }
}
