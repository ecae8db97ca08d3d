// The messages of a channel. Only what changed is made anew: focus and selection stay elsewhere.
import { blocks } from './blocks.js'
import { dateNode } from './dates.js'
import { languageOf } from './language.js'
import { mrkdwn } from './mrkdwn.js'

/** By key: what was shown last, and its node. */
const shown = new Map()

export function showMessages(main, { messages, ephemerals }, context, press) {
  const entries = [
    ...messages.map((each) => ({ ...each, key: `m${each.ts}` })),
    ...ephemerals.map((each) => ({ ...each, key: `e${each.ts}`, only: true }))
  ]
  // Answers stand under what they answer.
  const order = ({ ts, thread }) => `${thread ?? ts} ${ts}`
  entries.sort((one, other) => order(one).localeCompare(order(other)))
  const focused = document.activeElement?.closest('article')
  const action = document.activeElement?.dataset.action
  const nodes = entries.map((entry) => nodeFor(entry, context, press))
  for (const key of shown.keys()) {
    if (!entries.some((entry) => entry.key === key)) shown.delete(key)
  }
  for (const node of [...main.children]) if (!nodes.includes(node)) node.remove()
  nodes.forEach((node, index) => {
    if (main.children[index] !== node) main.insertBefore(node, main.children[index] ?? null)
  })
  main.classList.toggle('empty', nodes.length === 0)
  if (focused && !focused.isConnected) keepFocus(nodes, focused.dataset.key, action)
}

function nodeFor(entry, context, press) {
  const names = JSON.stringify([context.me, context.app, [...context.names], context.channels])
  const signature = JSON.stringify(entry) + names
  const before = shown.get(entry.key)
  if (before?.signature === signature) return before.node
  const node = articleOf(entry, context, press)
  shown.set(entry.key, { signature, node })
  return node
}

/** The message under the focus was replaced: on to the same button, or to the message. */
function keepFocus(nodes, key, action) {
  const node = nodes.find((each) => each.dataset.key === key)
  const button = [...(node?.querySelectorAll('[data-action]') ?? [])].find(
    (each) => each.dataset.action === action
  )
  ;(button ?? node)?.focus({ preventScroll: true })
}

function articleOf({ key, ts, text, thread, author, edited, only, ...rest }, context, press) {
  const name = author === undefined ? context.app : (context.names.get(author) ?? author)
  const node = part('article', thread ? 'message thread' : 'message')
  node.dataset.key = key
  node.dataset.ts = ts
  node.tabIndex = -1
  node.setAttribute('aria-label', `Message of ${name}`)
  const avatar = part('div', author === undefined ? 'avatar' : 'avatar person', [...name][0])
  avatar.setAttribute('aria-hidden', 'true')
  const content = part('div', 'content')
  if (only) content.append(part('div', 'only', 'Only visible to you'))
  const meta = part('div', 'meta')
  // The author is the heading of a message, so that a header block in it does not skip a level.
  const heading = part('span', 'name', name)
  heading.setAttribute('role', 'heading')
  heading.setAttribute('aria-level', '2')
  meta.append(heading)
  if (author === undefined) meta.append(part('span', 'app', 'APP'))
  meta.append(dateNode(Number(ts.split('.')[0]), '{time}', '', context.now))
  if (edited) meta.append(part('span', 'edited', '(edited)'))
  content.append(meta)
  if (rest.broadcast) {
    content.append(part('div', 'only', `Also sent to #${context.channels[rest.channel]}`))
  }
  const body =
    rest.blocks.length > 0
      ? blocks(rest.blocks, context, (pressed, button) => press({ ...pressed, ts }, button))
      : plainBody(text, context)
  content.append(body)
  const lang = languageOf(content.lastElementChild?.textContent ?? '')
  if (lang) content.lastElementChild?.setAttribute('lang', lang)
  node.append(avatar, content)
  return node
}

function plainBody(text, context) {
  const body = part('div', 'body')
  const paragraph = part('div', 'text')
  paragraph.append(mrkdwn(text, context))
  body.append(paragraph)
  return body
}

function part(name, className, text) {
  const node = document.createElement(name)
  node.className = className
  if (text !== undefined) node.append(text)
  return node
}
