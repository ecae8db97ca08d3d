import { say } from '../../words/say.ts'

/** One problem of one input. `message` is a whole sentence that can stand alone. */
export interface Problem {
  readonly input: string
  /** The text that was refused; absent if it may be confidential, or if it is missing. */
  readonly value?: string
  readonly message: string
}

/** Bad inputs: all problems at once, found before the first network call. */
export class InputError extends Error {
  override readonly name = 'InputError'
  readonly problems: readonly Problem[]
  /** The caller has to register them before it prints this error. */
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
  return [say`${problems.length} problems with the inputs:`, ...lines].join('\n')
}

const QUOTE_LIMIT = 120

/** The text in quotes, on one line, and short enough for a message. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > QUOTE_LIMIT ? `${text.slice(0, QUOTE_LIMIT)}…` : text)
}
