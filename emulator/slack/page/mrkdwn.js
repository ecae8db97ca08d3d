// Slack's mrkdwn as DOM nodes. Text of messages only ever becomes text nodes.
import { dateNode } from './dates.js'
import { emojiNode } from './emoji.js'

/**
 * Code, tags and emoji stand anywhere; a format only where neither a letter nor
 * a digit of any script touches it from outside: `*굵게*입니다` is not bold in
 * Slack either.
 */
const TOKEN = new RegExp(
  [
    '`([^`\\n]+)`',
    '<([^<>\\n]+)>',
    ...['*', '_', '~'].map((mark) => {
      const outside = `[^\\p{L}\\p{N}\\u2060${mark}]`
      return `(?<=^|${outside})[${mark}](?![\\s${mark}])([^${mark}\\n]*(?<!\\s))[${mark}](?=$|${outside})`
    }),
    ':([a-z0-9_+-]+):'
  ].join('|'),
  'gu'
)

/** `context`: who is who, the channels, who looks, and the emulated time. */
export function mrkdwn(text, context) {
  const fragment = document.createDocumentFragment()
  text.split(/\n?```\n?([^]+?)```\n?/).forEach((part, index) => {
    if (index % 2 === 1) coded(part, element('pre', fragment), context)
    else if (part !== '') lines(part, fragment, context)
  })
  return fragment
}

function lines(text, parent, context) {
  let quote
  text.split('\n').forEach((line, index) => {
    const quoted = /^&gt; ?(.*)$/.exec(line)
    if (quoted) {
      if (quote) quote.append('\n')
      quote ??= element('blockquote', parent)
      inline(quoted[1], quote, context)
      return
    }
    if (index > 0 && !quote) parent.append('\n')
    quote = undefined
    inline(line, parent, context)
  })
}

function inline(text, parent, context) {
  let end = 0
  for (const match of text.matchAll(TOKEN)) {
    const [whole, code, tag, bold, italic, strike, emoji] = match
    parent.append(decode(text.slice(end, match.index)))
    end = match.index + whole.length
    if (code !== undefined) coded(code, element('code', parent), context)
    else if (tag !== undefined) parent.append(tagNode(tag, context))
    else if (bold !== undefined) inline(bold, element('b', parent), context)
    else if (italic !== undefined) inline(italic, element('i', parent), context)
    else if (strike !== undefined) inline(strike, element('s', parent), context)
    else parent.append(emojiNode(emoji) ?? whole)
  }
  parent.append(decode(text.slice(end)))
}

/** Tags count in code too, formats do not. */
function coded(text, parent, context) {
  for (const part of text.split(/(<[^<>\n]+>)/)) {
    if (/^<.+>$/.test(part)) parent.append(tagNode(part.slice(1, -1), context))
    else parent.append(decode(part))
  }
}

function tagNode(tag, context) {
  const [target, ...labels] = tag.split('|')
  const label = labels.length > 0 ? decode(labels.join('|')) : undefined
  const name = target.slice(1)
  if (target.startsWith('@')) {
    return mention(`@${context.names.get(name) ?? label ?? name}`, name === context.me)
  }
  if (target.startsWith('#')) return mention(`#${context.channels[name] ?? label ?? name}`)
  if (target.startsWith('!date^')) {
    const [, seconds, format = ''] = target.split('^')
    return dateNode(Number(seconds), decode(format), label ?? '', context.now)
  }
  if (target.startsWith('!subteam^')) return mention(label ?? `@${name.split('^')[1]}`)
  if (target.startsWith('!')) return mention(`@${name}`, true)
  return link(decode(target), label) ?? document.createTextNode(`<${decode(tag)}>`)
}

/** Only what a browser may follow; anything else stays text. */
function link(url, label) {
  if (!/^(https?|mailto):/i.test(url)) return undefined
  const node = document.createElement('a')
  node.href = url
  node.rel = 'noopener noreferrer'
  node.target = '_blank'
  node.append(label ?? url)
  return node
}

function mention(text, me = false) {
  const node = document.createElement('span')
  node.className = me ? 'mention me' : 'mention'
  node.append(text)
  return node
}

function decode(text) {
  return text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>' })[name])
}

function element(name, parent) {
  return parent.appendChild(document.createElement(name))
}
