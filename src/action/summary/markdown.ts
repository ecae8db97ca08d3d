import { say } from '../../words/say.ts'

/**
 * The only place that makes Markdown from untrusted text: branch names, actors, stop
 * reasons, messages from AWS. A template written with `line` escapes every string in it, so
 * code that forgets to escape does not compile.
 */
class Escaped {
  readonly #source: string
  constructor(source: string) {
    this.#source = source
  }
  /** Markdown on one line. */
  get source(): string {
    return this.#source
  }
}
/** Only this module can create one, because a private member makes the class nominal. */
export type Inline = Escaped

/** A longer value is clipped, because one value must not fill the summary. */
const LONGEST_TEXT = 2_000
const LONGEST_CODE = 500

/** Markdown in this action's own words. The values in it are escaped. */
export function line(
  words: TemplateStringsArray,
  ...values: readonly (string | number | Inline)[]
): Inline {
  let source = words[0] ?? ''
  values.forEach((value, index) => {
    source += typeof value === 'object' ? value.source : text(String(value)).source
    source += words[index + 1] ?? ''
  })
  return inline(source)
}

/**
 * A sentence of `say` with Markdown at its places: `filled(say`${'{0}'} on ${'{1}'}`, commit,
 * branch)`. The translation chooses the order. The sentence may hold no text from a report,
 * because that could name places too; such text is one of the parts.
 */
export function filled(sentence: string, ...parts: readonly (string | number | Inline)[]): Inline {
  const pieces = sentence.split(/\{(\d)\}/).map((piece, index) => {
    if (index % 2 === 0) return piece
    const part = parts[Number(piece)] ?? ''
    return typeof part === 'object' ? part.source : text(String(part)).source
  })
  return inline(pieces.join(''))
}

/**
 * Prose on one line, shown as it was written: markup, links, mentions and elements in it
 * have no effect.
 */
export function text(raw: string, longest = LONGEST_TEXT): Inline {
  return inline(escape(clip(flatten(raw), longest)))
}

/** An identifier or a value in code type. */
export function code(raw: string, longest = LONGEST_CODE): Inline {
  const flat = clip(flatten(raw), longest)
  if (flat === '') return inline('–')
  // Not every parser allows these characters in a code span, or in one inside a table. In <code>
  // they can be written as entities.
  return inline(/[`|\\]/.test(flat) ? `<code>${escape(flat)}</code>` : `\`${flat}\``)
}

export function strong(content: string | Inline): Inline {
  return inline(`**${typeof content === 'string' ? text(content).source : content.source}**`)
}

/** A link to a web page. If `url` is no web address, only the label is shown. */
export function link(label: string | Inline, url: string | undefined): Inline {
  const shown = typeof label === 'string' ? text(label) : label
  const address = url === undefined ? undefined : webAddress(url)
  return address === undefined ? shown : inline(`[${shown.source}](${address})`)
}

export function join(parts: readonly Inline[], separator: string): Inline {
  return inline(parts.map((part) => part.source).join(separator))
}

/** A fenced block. Nothing in it acts as markup, whatever it contains. */
export function fence(language: string, lines: readonly string[]): string {
  const content = lines.map((line) => clean(line.replace(/[\r\n\u2028\u2029]+/g, ' '))).join('\n')
  const longest = Math.max(2, ...[...content.matchAll(/`+/g)].map(([run]) => run.length))
  const ticks = '`'.repeat(longest + 1)
  return `${ticks}${language}\n${content}\n${ticks}`
}

/** At most `longest` characters of the text, and how many were cut. */
export function clip(raw: string, longest: number): string {
  if (raw.length <= longest) return raw
  // `toWellFormed`, because the cut may have split a surrogate pair.
  const kept = raw
    .slice(0, longest)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
  return say`${kept} … (${raw.length - kept.length} characters more)`
}

function inline(source: string): Inline {
  return new Escaped(source)
}

/**
 * The text on one line, without invisible characters that change how the rest reads. A space
 * that does not break stays one.
 */
function flatten(raw: string): string {
  return clean(raw.replace(/[^\S\u00A0]+/g, ' ')).trim()
}

/** The text without control characters and bidirectional overrides, and encodable as UTF-8. */
function clean(raw: string): string {
  return raw.replace(/[^\P{Cc}\t\n]|[\u202A-\u202E\u2066-\u2069]/gu, '').toWellFormed()
}

/**
 * Characters that Markdown and HTML read as markup become entities, which never act as
 * markup, not even in a table. Plain words that GitHub turns into links or formulas
 * (mentions, addresses, `#12`, `$math$`) are broken up by an element that is invisible and
 * is not copied along.
 */
const MARKUP = /[&<>[\]*~\\`|]|!(?=$|\[)|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/
const AT_START =
  /^[-+](?=\s|$)|^-(?=[-\s]*$)|^=(?==*$)|^#(?=#{0,5}(?:\s|$))|^\d(?=\d{0,8}[.)](?:\s|$))/
// A `#` at the end may be followed by a number from the next text.
const LIVE = /@|#(?=\d|$)|:(?=\/\/)|(?<![a-z0-9])(?:www(?=\.)|GH(?=-\d))/
const SPECIAL = new RegExp(
  `(?<live>${LIVE.source})|(?<markup>${AT_START.source}|${MARKUP.source})|(?<dollar>\\$)`,
  'gi'
)
const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

function escape(flat: string): string {
  return flat.replace(SPECIAL, (found, live: string | undefined, markup: string | undefined) => {
    if (live !== undefined) return `${found}<wbr>`
    if (markup !== undefined) return NAMED[found] ?? `&#${found.charCodeAt(0)};`
    // GitHub recommends this for a dollar sign that does not start a formula.
    return '<span>$</span>'
  })
}

function webAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, href } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') return undefined
  return href
    .replace(/[()|<>[\]\\`'"\s]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/[&$]/g, (char) => NAMED[char] ?? `&#${char.charCodeAt(0)};`)
}
