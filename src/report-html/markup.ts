import { STYLE } from './style.ts'
import { say } from '../words/say.ts'

/**
 * The only place that makes HTML from untrusted text. A template written with `markup`
 * escapes every string in it, so code that forgets to escape does not compile. Values may
 * stand only in text and in quoted attributes.
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
/** Only this module can create one, because a private member makes the class nominal. */
export type Markup = Written

type Value = string | number | Markup | readonly Markup[] | undefined

/** Markup in this action's own words. The values in it are escaped; `undefined` gives nothing. */
export function markup(words: TemplateStringsArray, ...values: readonly Value[]): Markup {
  let source = words[0] ?? ''
  values.forEach((value, index) => {
    source += written(value)
    source += words[index + 1] ?? ''
  })
  return new Written(source)
}

/**
 * The page's own style sheet. Nothing is escaped in it, so it must contain no text from a
 * report.
 */
export const STYLE_ELEMENT: Markup = new Written(`<style>${STYLE}</style>`)

export const NOTHING: Markup = new Written('')

/** A link to a web page. If `url` is no web address, only the label is shown. */
export function link(label: string | Markup, url: string | undefined): Markup {
  const address = url === undefined ? undefined : webAddress(url)
  return address === undefined
    ? markup`${label}`
    : markup`<a href="${address}" rel="noopener noreferrer">${label}</a>`
}

export function join(parts: readonly Markup[], separator: string): Markup {
  return new Written(parts.map((part) => part.source).join(written(separator)))
}

/**
 * A sentence of `say` with markup at its places: `filled(say`${'{0}'} on ${'{1}'}`, commit,
 * branch)`. The translation chooses the order. The sentence may hold no text from a report,
 * because that could name places too; such text is one of the parts.
 */
export function filled(sentence: string, ...parts: readonly (string | number | Markup)[]): Markup {
  const pieces = sentence.split(/\{(\d)\}/)
  return new Written(
    pieces.map((piece, index) => written(index % 2 === 0 ? piece : parts[Number(piece)])).join('')
  )
}

/**
 * An identifier, an address or a path, which may go on in the next line after each of its
 * separators, so that no line ends inside of a word.
 */
export function breakable(value: string): Markup {
  const pieces = clip(value).split(/(?<=[-/:.,_@\[\]=&?])(?=[^-/:.,_@\[\]=&?])/)
  return new Written(pieces.map(escape).join('<wbr>'))
}

/** More characters than fit beside a label on a phone. */
const LONG_WORD = 18

/**
 * Sentences from a report. A long word may go on in the next line after its separators; a short
 * one with a hyphen and a figure, such as a deployment's id or a date, stays on one line.
 */
export function prose(value: string): Markup {
  const words = clip(value).split(/(?<=\s)/)
  return new Written(
    words
      .map((word) => {
        if (word.length > LONG_WORD) return breakable(word).source
        const isName = word.includes('-') && /\d/.test(word)
        return isName ? `<span class="whole">${escape(word)}</span>` : escape(word)
      })
      .join('')
  )
}

/** A longer value is clipped, because one value must not fill the page. */
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

/**
 * Control characters and bidirectional overrides are removed, because they change how the
 * rest reads.
 */
function escape(raw: string): string {
  return raw
    .replace(/[^\P{Cc}\t\n]|[\u202A-\u202E\u2066-\u2069]/gu, '')
    .toWellFormed()
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '')
}

function clip(raw: string): string {
  if (raw.length <= LONGEST_TEXT) return raw
  return say`${raw.slice(0, LONGEST_TEXT)} … (${raw.length - LONGEST_TEXT} characters more)`
}

function webAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, href } = new URL(url)
  return protocol === 'https:' || protocol === 'http:' ? href : undefined
}
