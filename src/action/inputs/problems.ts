/** One thing wrong with one input. `message` is a whole sentence and can stand alone. */
export interface Problem {
  readonly input: string
  /** The offending text; absent where it may be confidential or is missing. */
  readonly value?: string
  readonly message: string
}

/** Bad input: all problems at once, found before the first network call. */
export class InputError extends Error {
  override readonly name = 'InputError'
  readonly problems: readonly Problem[]
  /** To be registered before this error is printed. */
  readonly secretsToMask: readonly string[]

  constructor(problems: readonly Problem[], secretsToMask: readonly string[]) {
    super(listed(problems))
    this.problems = problems
    this.secretsToMask = secretsToMask
  }
}

function listed(problems: readonly Problem[]): string {
  const [only, ...others] = problems
  if (only !== undefined && others.length === 0) return only.message
  const lines = problems.map(({ message }) => `- ${message}`)
  return [`${problems.length} problems with the inputs:`, ...lines].join('\n')
}

const QUOTE_LIMIT = 120

/** The text in quotes, on one line, short enough for a message. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > QUOTE_LIMIT ? `${text.slice(0, QUOTE_LIMIT)}…` : text)
}
