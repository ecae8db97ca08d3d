import { STYLE } from './style.ts'

/**
 * The one place where HTML is made of untrusted text. A template written with
 * `markup` escapes every string put into it, so forgetting to escape does not
 * type-check. Values go into text and into quoted attributes, nowhere else.
 */
class Written {
  readonly #source: string
  constructor(source: string) {
    this.#source = source
  }
  get source(): string {
    return this.#source
  }
}
/** Only this module can make one: a private member makes the class nominal. */
export type Markup = Written

type Value = string | number | Markup | readonly Markup[] | undefined

/** Markup from our own words, with the values in it escaped; `undefined` is nothing. */
export function markup(words: TemplateStringsArray, ...values: readonly Value[]): Markup {
  let source = words[0] ?? ''
  values.forEach((value, index) => {
    source += written(value)
    source += words[index + 1] ?? ''
  })
  return new Written(source)
}

/** A style sheet of our own: in it nothing would be escaped, so nothing from a report may be in it. */
export const STYLE_ELEMENT: Markup = new Written(`<style>${STYLE}</style>`)

export const NOTHING: Markup = new Written('')

/** A link to a web page; where the address is none, the label alone. */
export function link(label: string | Markup, url: string | undefined): Markup {
  const address = url === undefined ? undefined : webAddress(url)
  return address === undefined
    ? markup`${label}`
    : markup`<a href="${address}" rel="noopener noreferrer">${label}</a>`
}

export function join(parts: readonly Markup[], separator: string): Markup {
  return new Written(parts.map((part) => part.source).join(written(separator)))
}

/** A longer value is clipped: nobody reads on, and one value must not fill the page. */
const LONGEST_TEXT = 2_000

function written(value: Value): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return escape(clip(value))
  return value instanceof Written ? value.source : value.map((part) => part.source).join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}

/** Without control characters and bidirectional overrides, which change how the rest reads. */
function escape(raw: string): string {
  return raw
    .replace(/[^\P{Cc}\t\n]|[\u202A-\u202E\u2066-\u2069]/gu, '')
    .toWellFormed()
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '')
}

function clip(raw: string): string {
  if (raw.length <= LONGEST_TEXT) return raw
  return `${raw.slice(0, LONGEST_TEXT)} … (${raw.length - LONGEST_TEXT} characters more)`
}

function webAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, href } = new URL(url)
  return protocol === 'https:' || protocol === 'http:' ? href : undefined
}
