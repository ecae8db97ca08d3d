import { isObject, objectIn } from './body.ts'
import type { Block } from './workspace.ts'

/** One text by block id. */
export type Texts = Readonly<Record<string, string>>

/** What Slack says at the fields of a view before it sends anything, by block id. */
export function unmet(view: Block, values: Texts): Texts {
  const found: Record<string, string> = {}
  for (const { id, element, optional } of inputsOf(view)) {
    const least = numberIn(element, 'min_length') ?? 0
    const most = numberIn(element, 'max_length') ?? 3_000
    const value = values[id] ?? ''
    const isEmpty = value.trim() === ''
    if (isEmpty && optional) continue
    if (isEmpty) found[id] = 'Please complete this required field.'
    else if (value.length < least) found[id] = `Please enter at least ${least} characters.`
    else if (value.length > most) found[id] = `Please enter at most ${most} characters.`
  }
  return found
}

/** `view.state.values`: by block id, then by action id. A field left empty is null. */
export function valuesOf(view: Block, values: Texts): object {
  return Object.fromEntries(
    inputsOf(view).map(({ id, element }) => {
      const value = values[id] ?? ''
      const state = { type: 'plain_text_input', value: value === '' ? null : value }
      return [id, { [String(element['action_id'])]: state }]
    })
  )
}

/**
 * What the app's answer to a submission does: closes the view (no body; the one
 * below it shows again), closes all of them (`clear`), or shows errors at its fields. Undefined for anything else, errors
 * of a block that has no input among them: Slack takes none of it. Updating and
 * pushing views are not emulated.
 */
export function modalAnswer(
  body: string,
  view: Block
): 'close' | 'clear' | { readonly errors: Texts } | undefined {
  if (body.trim() === '') return 'close'
  const answer = objectIn(body)
  if (!answer) return undefined
  const { response_action: action, errors } = answer
  if (action === undefined) return 'close'
  if (action === 'clear') return 'clear'
  if (action !== 'errors' || !isObject(errors)) return undefined
  const known = new Set(inputsOf(view).map(({ id }) => id))
  const texts = Object.entries(errors).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && known.has(entry[0])
  )
  const isWhole = texts.length > 0 && texts.length === Object.keys(errors).length
  return isWhole ? { errors: Object.fromEntries(texts) } : undefined
}

interface Input {
  readonly id: string
  readonly element: Block
  readonly optional: boolean
}

function inputsOf({ blocks }: Block): Input[] {
  if (!Array.isArray(blocks)) return []
  return blocks.filter(isObject).flatMap((block) => {
    const { type, block_id: id, element, optional } = block
    if (type !== 'input' || !isObject(element)) return []
    return [{ id: String(id), element, optional: optional === true }]
  })
}

function numberIn(element: Block, name: string): number | undefined {
  const value = element[name]
  return typeof value === 'number' ? value : undefined
}
