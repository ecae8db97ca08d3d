// Block Kit as DOM nodes. Text of messages only ever becomes text nodes.
import { emojiNodes } from './emoji.js'
import { inputBlock } from './inputs.js'
import { mrkdwn } from './mrkdwn.js'

/** `press` is called with `{ element, option }` and the button when somebody presses one. */
export function blocks(list, context, press) {
  const body = make('div', 'body')
  for (const block of list) {
    const node = KINDS[block.type]?.(block, context, press)
    if (node) body.append(node)
  }
  return body
}

const KINDS = {
  header: (block, context) => text(block.text, context, 'h3'),
  divider: () => document.createElement('hr'),
  image: (block) => image(block, 'figure'),
  section(block, context, press) {
    const part = make('div', 'section')
    const words = make('div', 'words')
    if (block.text) words.append(text(block.text, context, 'div', 'text'))
    if (block.fields) {
      const fields = make('div', 'fields')
      for (const field of block.fields) fields.append(text(field, context, 'div', 'text'))
      words.append(fields)
    }
    part.append(words)
    if (block.accessory) part.append(element(block.accessory, context, press))
    return part
  },
  context(block, context) {
    const part = make('div', 'context')
    for (const each of block.elements) {
      part.append(each.type === 'image' ? image(each, 'span') : text(each, context, 'span', 'text'))
    }
    return part
  },
  actions(block, context, press) {
    const part = make('div', 'actions')
    for (const each of block.elements) part.append(element(each, context, press))
    return part
  },
  input: inputBlock
}

function element(each, context, press) {
  if (each.type === 'image') return image(each, 'figure')
  if (each.type === 'overflow') return overflow(each, context, press)
  const button = text(each.text, context, 'button', each.style ?? '')
  button.type = 'button'
  button.dataset.action = each.action_id
  button.addEventListener('click', () => press({ element: each }, button))
  return button
}

function overflow(each, context, press) {
  const menu = make('details', 'overflow')
  const opener = make('summary', '')
  opener.append('⋯')
  opener.dataset.action = each.action_id
  opener.setAttribute('aria-label', 'More actions')
  const list = make('div', 'menu')
  const close = () => {
    menu.open = false
    opener.focus()
  }
  for (const option of each.options) {
    const button = text(option.text, context, 'button')
    button.type = 'button'
    button.addEventListener('click', () => {
      close()
      press({ element: each, option: option.value }, button)
    })
    list.append(button)
  }
  menu.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') close()
  })
  menu.addEventListener('focusout', ({ relatedTarget }) => {
    if (!menu.contains(relatedTarget)) menu.open = false
  })
  menu.addEventListener('toggle', () => {
    if (menu.open) list.scrollIntoView({ block: 'nearest' })
  })
  menu.append(opener, list)
  return menu
}

/** This page loads nothing from elsewhere: an image is what it says instead of itself. */
function image({ alt_text: said, title }, name) {
  const node = make(name, 'image')
  node.setAttribute('role', 'img')
  node.setAttribute('aria-label', said)
  node.append(`🖼 ${title?.text ?? said}`)
  return node
}

/** A text object, as whatever element it belongs in. */
export function text(object, context, name, className = '') {
  const node = make(name, className)
  if (object.type === 'mrkdwn') node.append(mrkdwn(object.text, context))
  else node.append(object.emoji === false ? object.text : emojiNodes(object.text))
  return node
}

function make(name, className) {
  const node = document.createElement(name)
  if (className !== '') node.className = className
  return node
}
