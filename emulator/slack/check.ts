const EITHER = ['plain_text', 'mrkdwn']

/** One object of a message or a view, where it stands, and what Slack would say of it. */
export class Check {
  readonly #value: unknown
  readonly #at: string
  readonly #problems: string[]

  /** `at` is a JSON pointer; problems are appended in Slack's form, `why [json-pointer:/at]`. */
  constructor(value: unknown, at: string, problems: string[]) {
    this.#value = value
    this.#at = at
    this.#problems = problems
  }

  has(name: string): boolean {
    return this.value(name) !== undefined
  }

  value(name: string): unknown {
    if (typeof this.#value !== 'object' || this.#value === null) return undefined
    return Object.hasOwn(this.#value, name) ? Reflect.get(this.#value, name) : undefined
  }

  string(name: string): string | undefined {
    const value = this.value(name)
    return typeof value === 'string' ? value : undefined
  }

  refuse(at: string, why: string): void {
    this.#problems.push(`${why} [json-pointer:${this.#at}${at}]`)
  }

  /** A string of at most so many characters; undefined where it is absent or refused. */
  text(name: string, most: number, need: 'required' | 'optional' = 'optional'): string | undefined {
    const value = this.value(name)
    if (value === undefined) {
      if (need === 'required') this.refuse('', `missing required field: ${name}`)
      return undefined
    }
    if (typeof value !== 'string') this.refuse(`/${name}`, 'must be a string')
    else if (value.length > most)
      this.refuse(`/${name}`, `must be less than ${most + 1} characters`)
    else return value
    return undefined
  }

  flag(name: string): void {
    const value = this.value(name)
    if (value !== undefined && typeof value !== 'boolean') {
      this.refuse(`/${name}`, 'must be a boolean')
    }
  }

  /** A whole number within bounds, or absent. */
  whole(name: string, least: number, most: number): number | undefined {
    const value = this.value(name)
    if (value === undefined) return undefined
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      this.refuse(`/${name}`, 'must be an integer')
    } else if (value < least) this.refuse(`/${name}`, `must be at least ${least}`)
    else if (value > most) this.refuse(`/${name}`, `must be at most ${most}`)
    else return value
    return undefined
  }

  textObject(
    name: string,
    most: number,
    types: readonly string[] = EITHER,
    need: 'required' | 'optional' = 'optional'
  ): void {
    if (this.has(name)) this.inner(name)?.asTextObject(most, types)
    else if (need === 'required') this.refuse('', `missing required field: ${name}`)
  }

  /** Slack names the object that does not fit any text object first, and then why. */
  asTextObject(most: number, types: readonly string[] = EITHER): void {
    const before = this.#problems.length
    if (!types.includes(this.string('type') ?? '')) this.refuse('/type', 'unsupported type')
    const text = this.text('text', most, 'required')
    if (text === '') this.refuse('/text', 'must be more than 0 characters')
    if (this.#problems.length === before) return
    const summary = `failed to match all allowed schemas [json-pointer:${this.#at}]`
    this.#problems.splice(before, 0, summary)
  }

  inner(name: string): Check | undefined {
    const value = this.value(name)
    if (value === undefined) {
      this.refuse('', `missing required field: ${name}`)
      return undefined
    }
    return new Check(value, `${this.#at}/${name}`, this.#problems)
  }

  list(name: string, most: number, need: 'required' | 'optional' = 'optional', least = 1): Check[] {
    const value = this.value(name)
    if (value === undefined && need === 'optional') return []
    if (!Array.isArray(value)) {
      this.refuse(`/${name}`, 'must be an array')
      return []
    }
    if (value.length < least) this.refuse(`/${name}`, `must provide at least ${least} items`)
    if (value.length > most) this.refuse(`/${name}`, `no more than ${most} items allowed`)
    return value.map(
      (each, index) => new Check(each, `${this.#at}/${name}/${index}`, this.#problems)
    )
  }
}
