/** One call of the scenario, and what every client has to make of the answer. */
export interface Step {
  /** `ecs:CreateCluster` */
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
  /** Members of the answer, or the code of a refusal. */
  readonly expected: Readonly<Record<string, unknown>> | string
  /** Under which later steps find the answer. */
  readonly name: string
}

export function step(
  operation: string,
  input: Step['input'],
  expected: Step['expected'],
  name = operation
): Step {
  return { operation, input, expected, name }
}

/** What the steps before have brought. */
export interface Seen {
  /** A text inside an answer: `text('ecs:ListTasks', 'taskArns', 0)`. */
  text(name: string, ...path: readonly (string | number)[]): string
  /** What the account's one function has been asked. */
  readonly hookExecutionId: () => string
  /** Matches a date that is the account's present, whatever way the client writes it. */
  readonly now: () => unknown
}

/** Steps that do not depend on each other, and how much time passes after them. */
export interface Wave {
  readonly steps: (seen: Seen) => readonly Step[]
  readonly thenSeconds?: number
}

/** The answers so far, by the names of their steps. */
export class Answers {
  readonly #answers = new Map<string, unknown>()

  add(name: string, output: unknown): void {
    this.#answers.set(name, output)
  }

  text(name: string, ...path: readonly (string | number)[]): string {
    let value = this.#answers.get(name)
    for (const key of path) value = member(value, key)
    if (typeof value !== 'string') throw new Error(`no text at ${[name, ...path].join('.')}`)
    return value
  }
}

function member(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value
    return list[Number(key)]
  }
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([name]) => name === key)?.[1]
}
