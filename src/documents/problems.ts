/** All problems of one subject, found in one pass. */
export class ProblemsError extends Error {
  override readonly name: string = 'ProblemsError'
  /** Each problem is one sentence: where, what is wrong, what is accepted. */
  readonly problems: readonly string[]

  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(problems.join('\n'), options)
    this.problems = problems
  }
}
