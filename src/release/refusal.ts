/**
 * The release is refused, and nothing has been written. Every problem says what, where, and
 * what to do.
 */
export class Refused extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(problems.join('\n'), options)
    this.name = 'Refused'
    this.problems = problems
  }
}
