/**
 * What Slack refuses of blocks ("Reference: blocks", "Reference: block
 * elements", "Reference: composition objects"): one sentence each, with the
 * place as Slack's `response_metadata.messages` names it.
 */
export function blockProblems(blocks: unknown, surface: 'message' | 'modal'): string[] {
  if (!Array.isArray(blocks)) return ['must be a list [json-pointer:/blocks]']
  const problems: string[] = []
  const most = surface === 'message' ? 50 : 100
  if (blocks.length > most)
    problems.push(`no more than ${most} items allowed [json-pointer:/blocks]`)
  const ids = new Set<string>()
  for (const [index, block] of blocks.entries()) {
    const check = new Check(block, `/blocks/${index}`, problems)
    const id = check.text('block_id', 255)
    if (id !== undefined && ids.has(id)) check.refuse('/block_id', `"${id}" already exists`)
    if (id !== undefined) ids.add(id)
    const type = check.string('type') ?? ''
    const rule = RULES[type]
    if (!rule || (type === 'input' && surface === 'message')) {
      check.refuse('/type', `unsupported type: ${type}`)
    } else rule(check)
  }
  return problems
}

const RULES: Readonly<Record<string, (block: Check) => void>> = {
  header: (block) => block.textObject('text', 150, ['plain_text'], 'required'),
  divider: () => undefined,
  section(block) {
    block.textObject('text', 3_000)
    const fields = block.list('fields', 10)
    for (const field of fields) field.asTextObject(2_000)
    if (!block.has('text') && fields.length === 0) block.refuse('', 'missing required field: text')
  },
  context(block) {
    for (const element of block.list('elements', 10, 'required')) element.asTextObject(3_000)
  },
  actions(block) {
    for (const element of block.list('elements', 25, 'required')) element.button()
  },
  input(block) {
    block.textObject('label', 2_000, ['plain_text'], 'required')
    block.textObject('hint', 2_000, ['plain_text'])
    block.inner('element')?.plainTextInput()
  }
}

/** A view as `views.open` takes it. */
export function viewProblems(view: unknown): string[] {
  const problems: string[] = []
  const check = new Check(view, '', problems)
  if (check.string('type') !== 'modal') check.refuse('/type', 'unsupported type')
  check.textObject('title', 24, ['plain_text'], 'required')
  check.textObject('submit', 24, ['plain_text'])
  check.textObject('close', 24, ['plain_text'])
  check.text('private_metadata', 3_000)
  check.text('callback_id', 255)
  const blocks = check.value('blocks')
  problems.push(...blockProblems(blocks, 'modal'))
  const hasInput =
    Array.isArray(blocks) && blocks.some((each) => Reflect.get(Object(each), 'type') === 'input')
  if (hasInput && !check.has('submit')) check.refuse('/submit', 'missing required field: submit')
  return problems
}

/** One object of a message, and where it stands. */
class Check {
  readonly #value: unknown
  readonly #at: string
  readonly #problems: string[]

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
    return Reflect.get(this.#value, name)
  }

  string(name: string): string | undefined {
    const value = this.value(name)
    return typeof value === 'string' ? value : undefined
  }

  refuse(at: string, why: string): void {
    this.#problems.push(`${why} [json-pointer:${this.#at}${at}]`)
  }

  text(name: string, most: number): string | undefined {
    const value = this.value(name)
    if (value === undefined) return undefined
    if (typeof value !== 'string') this.refuse(`/${name}`, 'must be a string')
    else if (value.length > most)
      this.refuse(`/${name}`, `must be less than ${most + 1} characters`)
    else return value
    return undefined
  }

  textObject(
    name: string,
    most: number,
    types: readonly string[] = ['plain_text', 'mrkdwn'],
    need: 'required' | 'optional' = 'optional'
  ): void {
    if (this.has(name)) this.inner(name)?.asTextObject(most, types)
    else if (need === 'required') this.refuse('', `missing required field: ${name}`)
  }

  asTextObject(most: number, types: readonly string[] = ['plain_text', 'mrkdwn']): void {
    if (!types.includes(this.string('type') ?? '')) this.refuse('/type', 'unsupported type')
    if (this.string('text') === '') this.refuse('/text', 'must be more than 0 characters')
    if (this.text('text', most) === undefined && !this.has('text')) {
      this.refuse('', 'missing required field: text')
    }
  }

  inner(name: string): Check | undefined {
    const value = this.value(name)
    if (value === undefined) {
      this.refuse('', `missing required field: ${name}`)
      return undefined
    }
    return new Check(value, `${this.#at}/${name}`, this.#problems)
  }

  list(name: string, most: number, need: 'required' | 'optional' = 'optional'): Check[] {
    const value = this.value(name)
    if (value === undefined && need === 'optional') return []
    if (!Array.isArray(value) || value.length === 0) {
      this.refuse(`/${name}`, 'must provide at least one item')
      return []
    }
    if (value.length > most) this.refuse(`/${name}`, `no more than ${most} items allowed`)
    return value.map(
      (each, index) => new Check(each, `${this.#at}/${name}/${index}`, this.#problems)
    )
  }

  button(): void {
    if (this.string('type') !== 'button') this.refuse('/type', 'unsupported type')
    this.textObject('text', 75, ['plain_text'], 'required')
    this.text('action_id', 255)
    this.text('value', 2_000)
    const style = this.value('style')
    if (style !== undefined && style !== 'primary' && style !== 'danger') {
      this.refuse('/style', 'unsupported value')
    }
    if (!this.has('confirm')) return
    const confirm = this.inner('confirm')
    confirm?.textObject('title', 100, ['plain_text'], 'required')
    confirm?.textObject('text', 300, ['plain_text', 'mrkdwn'], 'required')
    confirm?.textObject('confirm', 30, ['plain_text'], 'required')
    confirm?.textObject('deny', 30, ['plain_text'], 'required')
  }

  plainTextInput(): void {
    if (this.string('type') !== 'plain_text_input') this.refuse('/type', 'unsupported type')
    this.text('action_id', 255)
  }
}
