// Slack's mrkdwn as DOM nodes. Text of messages only ever becomes text nodes.

const EMOJI = {
  white_check_mark: '✅',
  no_entry: '⛔',
  hourglass: '⌛',
  lock: '🔒',
  heavy_minus_sign: '➖',
  rotating_light: '🚨',
  snowflake: '❄️',
  tada: '🎉',
  bell: '🔔',
  x: '❌',
  warning: '⚠️',
  grey_question: '❔',
  octagonal_sign: '🛑',
  rocket: '🚀',
  eyes: '👀',
  '+1': '👍'
}

const TOKEN =
  /```([^]+?)```|`([^`\n]+)`|<([^<>]+)>|(?<![\w*])\*([^*\n]+)\*(?![\w*])|(?<![\w_])_([^_\n]+)_(?![\w_])|(?<![\w~])~([^~\n]+)~(?![\w~])|:([a-z0-9_+-]+):/

/** `context`: who is who, and the emulated time. */
export function mrkdwn(text, context) {
  const fragment = document.createDocumentFragment()
  const lines = text.split('\n')
  let quote
  lines.forEach((line, index) => {
    const quoted = /^&gt; ?(.*)$/.exec(line)
    if (quoted) {
      quote ??= fragment.appendChild(document.createElement('blockquote'))
      if (quote.hasChildNodes()) quote.append('\n')
      inline(quoted[1], quote, context)
      return
    }
    if (index > 0 && !quote) fragment.append('\n')
    quote = undefined
    inline(line, fragment, context)
  })
  return fragment
}

function inline(text, parent, context) {
  let rest = text
  for (;;) {
    const match = TOKEN.exec(rest)
    if (!match) break
    const [whole, block, code, tag, bold, italic, strike, emoji] = match
    parent.append(decode(rest.slice(0, match.index)))
    if (block !== undefined) element('pre', parent).append(decode(block))
    else if (code !== undefined) codeSpan(code, parent, context)
    else if (tag !== undefined) parent.append(tagNode(tag, context))
    else if (bold !== undefined) inline(bold, element('b', parent), context)
    else if (italic !== undefined) inline(italic, element('i', parent), context)
    else if (strike !== undefined) inline(strike, element('s', parent), context)
    else parent.append(Object.hasOwn(EMOJI, emoji) ? EMOJI[emoji] : whole)
    rest = rest.slice(match.index + whole.length)
  }
  parent.append(decode(rest))
}

/** Tags count in code too, formats do not. */
function codeSpan(text, parent, context) {
  const span = element('code', parent)
  for (const part of text.split(/(<[^<>]+>)/)) {
    if (part.startsWith('<')) span.append(tagNode(part.slice(1, -1), context))
    else span.append(decode(part))
  }
}

function tagNode(tag, { names, now }) {
  const [target, ...labels] = tag.split('|')
  const label = labels.length > 0 ? decode(labels.join('|')) : undefined
  if (target.startsWith('@')) return mention(`@${names.get(target.slice(1)) ?? target.slice(1)}`)
  if (target.startsWith('!date^')) return date(target, label ?? '', now)
  if (target.startsWith('!subteam^'))
    return mention(label ?? `@${target.slice('!subteam^'.length)}`)
  if (target.startsWith('!')) return mention(`@${target.slice(1)}`)
  if (target.startsWith('#')) return mention(label ? `#${label}` : target)
  const url = decode(target)
  if (!/^(https?|mailto):/.test(url)) return document.createTextNode(`<${decode(tag)}>`)
  const link = document.createElement('a')
  link.href = url
  link.rel = 'noopener noreferrer'
  link.target = '_blank'
  link.append(label ?? url)
  return link
}

function mention(text) {
  const span = document.createElement('span')
  span.className = 'mention'
  span.append(text)
  return span
}

/** `!date^seconds^format^link`, in the reader's own time zone. */
function date(target, fallback, now) {
  const [, seconds, format = ''] = target.split('^')
  const at = new Date(Number(seconds) * 1000)
  if (Number.isNaN(at.getTime())) return document.createTextNode(fallback)
  const day = at.toDateString() === new Date(now()).toDateString() ? 'today' : undefined
  const time = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hour12: false })
  const short = day ?? at.toLocaleDateString([], { month: 'short', day: 'numeric' })
  const shown = format.replace(/\{(\w+)\}/g, (whole, name) => {
    if (name === 'time' || name === 'time_secs') return time
    return name.startsWith('date') ? short : whole
  })
  const node = document.createElement('time')
  node.dateTime = at.toISOString()
  node.title = fallback
  node.append(shown)
  return node
}

export function decode(text) {
  return text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>' })[name])
}

function element(name, parent) {
  return parent.appendChild(document.createElement(name))
}
