import { Check } from './check.ts'
import { accessory, actionElement, contextElement, image, plainTextInput } from './elements.ts'

/**
 * What Slack refuses of blocks ("Reference: blocks"): one sentence each, with
 * the place as Slack's `response_metadata.messages` names it. Empty where all
 * is well.
 */
export function blockProblems(blocks: unknown, surface: 'message' | 'modal'): string[] {
  const at = surface === 'message' ? '/blocks' : '/view/blocks'
  if (!Array.isArray(blocks)) return [`must be an array [json-pointer:${at}]`]
  const problems: string[] = []
  const most = surface === 'message' ? 50 : 100
  if (blocks.length > most) problems.push(`no more than ${most} items allowed [json-pointer:${at}]`)
  const ids = new Set<string>()
  for (const [index, block] of blocks.entries()) {
    const check = new Check(block, `${at}/${index}`, problems)
    const id = check.text('block_id', 255)
    if (id !== undefined && ids.has(id)) check.refuse('/block_id', `"${id}" already exists`)
    if (id !== undefined) ids.add(id)
    const type = check.string('type') ?? ''
    const rule = Object.hasOwn(RULES, type) ? RULES[type] : undefined
    if (!rule || (type === 'input' && surface === 'message')) {
      check.refuse('/type', `unsupported type: ${type}`)
    } else rule(check)
  }
  return problems
}

const RULES: Readonly<Record<string, (block: Check) => void>> = {
  header: (block) => block.textObject('text', 150, ['plain_text'], 'required'),
  divider: () => undefined,
  image(block) {
    image(block)
    block.textObject('title', 2_000, ['plain_text'])
  },
  section(block) {
    block.textObject('text', 3_000)
    const fields = block.list('fields', 10)
    for (const field of fields) field.asTextObject(2_000)
    if (!block.has('text') && fields.length === 0) block.refuse('', 'missing required field: text')
    const beside = block.has('accessory') ? block.inner('accessory') : undefined
    if (beside) accessory(beside)
  },
  context(block) {
    for (const element of block.list('elements', 10, 'required')) contextElement(element)
  },
  actions(block) {
    const ids = new Set<string>()
    for (const element of block.list('elements', 25, 'required')) {
      actionElement(element)
      const id = element.string('action_id')
      if (id !== undefined && ids.has(id)) element.refuse('/action_id', `"${id}" already exists`)
      if (id !== undefined) ids.add(id)
    }
  },
  input(block) {
    block.textObject('label', 2_000, ['plain_text'], 'required')
    block.textObject('hint', 2_000, ['plain_text'])
    block.flag('optional')
    const element = block.inner('element')
    if (element) plainTextInput(element)
  }
}

/** What Slack refuses of a view as `views.open` takes it ("Reference: view objects"). */
export function viewProblems(view: unknown): string[] {
  const problems: string[] = []
  const check = new Check(view, '/view', problems)
  if (check.string('type') !== 'modal') check.refuse('/type', 'unsupported type')
  check.textObject('title', 24, ['plain_text'], 'required')
  check.textObject('submit', 24, ['plain_text'])
  check.textObject('close', 24, ['plain_text'])
  check.text('private_metadata', 3_000)
  check.text('callback_id', 255)
  const blocks = check.value('blocks')
  problems.push(...blockProblems(blocks, 'modal'))
  const hasInput =
    Array.isArray(blocks) &&
    blocks.some((each) => new Check(each, '', []).string('type') === 'input')
  if (hasInput && !check.has('submit')) check.refuse('/submit', 'missing required field: submit')
  return problems
}
