import { isDeepStrictEqual } from 'node:util'
import { findJsonFault } from './json-fault.ts'

/** Why readers of JSON and YAML might disagree about a text. */
export type Ambiguity = 'characters' | 'construct' | 'readings'

/** The value of a text that every reader reads in the same way, or why there is none. */
export type Plain =
  | { readonly value: unknown }
  | { readonly fault: 'unreadable' }
  /** `found` is the part of the text that has the fault. */
  | { readonly fault: Ambiguity | 'key-twice'; readonly found: string }

/**
 * Matches what `parsePlain` refuses. It accepts what YAML allows, without a byte order mark
 * and without NEL, LS and PS, which end a line in YAML 1.1 but not in YAML 1.2 (YAML 1.2.2,
 * sections 5.1, 5.2 and 5.4).
 */
const ODD =
  /[^\t\n\r -~\u{a0}-\u{2027}\u{202a}-\u{d7ff}\u{e000}-\u{fefe}\u{ff00}-\u{fffd}\u{10000}-\u{10ffff}]|\r(?!\n)/u

/**
 * Tokens of a plain document, by the `yaml` package's names. All others are refused:
 * anchors, aliases, tags, directives, `?`, block texts, `...`.
 */
const PLAIN_TOKENS: ReadonlySet<string | null> = new Set([
  'doc-mode',
  'doc-start',
  'space',
  'comment',
  'newline',
  'seq-item-ind',
  'map-value-ind',
  'flow-map-start',
  'flow-map-end',
  'flow-seq-start',
  'flow-seq-end',
  'comma',
  'single-quoted-scalar',
  'double-quoted-scalar',
  'scalar'
])

/**
 * Reads JSON, or the plain part of YAML: mappings with text for keys, lists, and scalars on
 * one line each, which mean the same in YAML 1.1 and in the core schema of YAML 1.2. It is
 * for texts that somebody else will read with a parser that is not known. If two parsers
 * could disagree about a text, there is no value.
 */
export async function parsePlain(text: string): Promise<Plain> {
  const isJson = /^[\t\n\r ]*[{[]/.test(text)
  // Readers disagree about where YAML allows a tab.
  const odd = ODD.exec(text)?.[0] ?? (isJson ? undefined : /\t/.exec(text)?.[0])
  if (odd !== undefined) return { fault: 'characters', found: codePoint(odd) }
  const jsonFault = isJson ? findJsonFault(text) : undefined
  const yaml = await import('yaml')
  const construct = constructIn(text, yaml)
  if (construct !== undefined) return { fault: 'construct', found: construct }
  const read = (version: '1.1' | '1.2'): ReturnType<typeof yaml.parseDocument> =>
    yaml.parseDocument(text, {
      version,
      schema: version === '1.1' ? 'yaml-1.1' : 'core',
      merge: version === '1.1',
      prettyErrors: false,
      stringKeys: true
    })
  const document = read('1.2')
  const twice = document.errors.find(({ code }) => code === 'DUPLICATE_KEY')
  if (twice) return { fault: 'key-twice', found: lineAt(text, twice.pos[0]) }
  if (document.errors.length > 0 || document.warnings.length > 0 || jsonFault !== undefined) {
    return { fault: 'unreadable' }
  }
  const value: unknown = document.toJS()
  const older = read('1.1')
  const same = older.errors.length === 0 && isDeepStrictEqual(value, older.toJS())
  return same ? { value } : { fault: 'readings', found: 'YAML 1.1, YAML 1.2' }
}

/** The first token that a plain document may not have. */
function constructIn(text: string, yaml: typeof import('yaml')): string | undefined {
  let isScalar = false
  for (const lexeme of new yaml.Lexer().lex(text)) {
    // The lexer emits a token of its own before an unquoted scalar.
    const type: string | null = isScalar ? 'scalar' : yaml.CST.tokenType(lexeme)
    isScalar = type === 'scalar' && !isScalar
    const isText = type?.endsWith('scalar') === true
    if (!PLAIN_TOKENS.has(type) || (isText && lexeme.includes('\n'))) return lexeme
  }
  return undefined
}

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return (text.slice(start).split('\n', 1)[0] ?? '').trim()
}

function codePoint(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase()
  return `U+${hex.padStart(4, '0')}`
}
