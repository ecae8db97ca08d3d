import type { KnownBlock } from '@slack/types'

export interface TextObject {
  readonly type: string
  readonly text: string
}

/** Every text object in a message or a view, however deep. */
export function textsIn(value: unknown): TextObject[] {
  if (typeof value !== 'object' || value === null) return []
  const own = isText(value) ? [value] : []
  return [...own, ...Object.values(value).flatMap(textsIn)]
}

function isText(value: object): value is TextObject {
  const type: unknown = Reflect.get(value, 'type')
  return (
    (type === 'mrkdwn' || type === 'plain_text') && typeof Reflect.get(value, 'text') === 'string'
  )
}

/** What Slack would refuse of these blocks ("Reference: blocks", "Reference: composition objects"). */
export function violations(blocks: readonly KnownBlock[]): string[] {
  const found: string[] = blocks.length > 50 ? [`${blocks.length} blocks`] : []
  const check = (what: string, text: string | undefined, most: number): void => {
    if (text === undefined) return
    if (text.length === 0) found.push(`${what} is empty`)
    if (text.length > most) found.push(`${what} has ${text.length} characters of ${most}`)
  }
  for (const block of blocks) {
    if (block.type === 'header') check('header', block.text.text, 150)
    if (block.type === 'section') {
      check('section', block.text?.text, 3_000)
      if ((block.fields?.length ?? 0) > 10) found.push('fields')
      for (const field of block.fields ?? []) check('field', field.text, 2_000)
      if (!block.text && !block.fields) found.push('an empty section')
    }
    if (block.type === 'context') {
      if (block.elements.length > 10) found.push('context elements')
      for (const { text } of textsIn(block)) check('context', text, 3_000)
    }
    if (block.type === 'actions') {
      if (block.elements.length > 25 || block.elements.length === 0) found.push('actions')
      for (const element of block.elements) {
        if (element.type !== 'button') continue
        check('button', element.text.text, 75)
        check('action_id', element.action_id, 255)
        check('value', element.value, 2_000)
        check('confirm title', element.confirm?.title?.text, 100)
        check('confirm text', element.confirm?.text.text, 300)
        check('confirm button', element.confirm?.confirm?.text, 30)
        check('deny button', element.confirm?.deny?.text, 30)
      }
    }
    if (block.type === 'input') {
      check('label', block.label.text, 2_000)
      check('hint', block.hint?.text, 2_000)
    }
  }
  return found
}
