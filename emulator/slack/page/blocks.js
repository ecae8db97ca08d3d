// Block Kit as DOM nodes.
import { mrkdwn } from './mrkdwn.js'

/** `press` is called with a button when somebody presses it. */
export function blocks(list, context, press) {
  const body = document.createElement('div')
  body.className = 'body'
  for (const block of list) {
    const node = KINDS[block.type]?.(block, context, press)
    if (node) body.append(node)
  }
  return body
}

const KINDS = {
  header: (block) => make('h3', block.text.text),
  divider: () => document.createElement('hr'),
  section(block, context) {
    const part = make('div')
    if (block.text) part.append(text(block.text, context, 'p'))
    if (block.fields) {
      const fields = make('div')
      fields.className = 'fields'
      for (const field of block.fields) fields.append(text(field, context, 'p'))
      part.append(fields)
    }
    return part
  },
  context(block, context) {
    const part = make('div')
    part.className = 'context'
    for (const each of block.elements) part.append(text(each, context, 'span'))
    return part
  },
  actions(block, context, press) {
    const part = make('div')
    part.className = 'actions'
    for (const each of block.elements) {
      const button = make('button', each.text.text)
      button.type = 'button'
      button.dataset.action = each.action_id
      if (each.style) button.className = each.style
      button.addEventListener('click', () => press(each, button))
      part.append(button)
    }
    return part
  },
  input(block) {
    const label = make('label', block.label.text)
    const { multiline, placeholder } = block.element
    const field = make(multiline ? 'textarea' : 'input')
    field.name = block.block_id
    if (placeholder) field.placeholder = placeholder.text
    label.append(field)
    if (block.hint) {
      const hint = make('span', block.hint.text)
      hint.className = 'hint'
      label.append(hint)
    }
    return label
  }
}

/** A text object, as whatever element it belongs in. */
export function text(object, context, name) {
  const node = make(name)
  node.append(object.type === 'mrkdwn' ? mrkdwn(object.text, context) : object.text)
  return node
}

function make(name, content) {
  const node = document.createElement(name)
  if (content !== undefined) node.append(content)
  return node
}
