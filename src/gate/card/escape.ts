/**
 * The only way for text of others into Slack's mrkdwn: branch names, images and
 * reasons are not ours, and must neither mention, link nor format anything.
 */

/** What turns text around, hides in it or ends the line: no name needs it, and a person is to read what is there. */
const INVISIBLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]+/g

/** What mrkdwn takes for a format, an emoji or a mention. */
const FORMATTING = /[*_~`:@#|]/g
/** Of no width; Slack does not see a format through it. */
const WORD_JOINER = '\u2060'

/** On one line and without invisible characters; for `plain_text`. `max` in UTF-16 units. */
export function plain(text: string, max: number): string {
  return shorten(text.replace(INVISIBLE, ' ').replace(/ {2,}/g, ' ').trim(), max)
}

/** A name as code: it shows as it is written. */
export function code(text: string, max = 120): string {
  const shown = plain(text, max).replaceAll('`', '\u02cb')
  return shown === '' ? '`?`' : `\`${escape(shown)}\``
}

/** Prose of others inside a sentence of ours. */
export function said(text: string, max = 300): string {
  return escape(plain(text, max)).replace(FORMATTING, `${WORD_JOINER}$&${WORD_JOINER}`)
}

/** A line for notifications, which show text as it is. */
export function notice(text: string, max: number): string {
  return escape(plain(text, max))
}

/** A link; the text alone where the address is none that a person should follow. */
export function link(url: string | undefined, label: string): string {
  // Between the brackets a bar ends the address.
  const shown = said(label.replaceAll('|', ' '), 80)
  const target = url === undefined ? undefined : addressOf(url)
  return target === undefined ? shown : `<${target}|${shown}>`
}

/** An address of the web as Slack takes it between angle brackets. */
function addressOf(url: string): string | undefined {
  if (url.length > 500 || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined
  const { href } = new URL(url)
  return escape(href.replace(/[|<>]/g, encodeURIComponent))
}

/** A person of this workspace by id; ids come from Slack or from the policy, which checks their form. */
export function mention(user: string): string {
  return /^[UW][A-Z0-9]+$/.test(user) ? `<@${user}>` : code(user)
}

/** Slack's three (Slack, "Escaping text"). */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Both ends matter: of an image the registry and the tag. Never cuts a character in two. */
function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  const head = Math.floor((max - 1) / 3)
  const start = text.slice(0, head).replace(/[\ud800-\udbff]$/, '')
  const end = text.slice(text.length - (max - 1 - head)).replace(/^[\udc00-\udfff]/, '')
  return `${start}\u2026${end}`
}
