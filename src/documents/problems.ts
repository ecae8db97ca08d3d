/** Everything that is wrong with one thing, found in one go. */
export class ProblemsError extends Error {
  override readonly name: string = 'ProblemsError'
  /** One sentence each: where, what is wrong, what is accepted. */
  readonly problems: readonly string[]

  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(problems.join('\n'), options)
    this.problems = problems
  }
}
