import type { YAMLError } from 'yaml'
import { say } from '../words/say.ts'
import type { Fault } from './json-fault.ts'

/** The faults of the YAML parser in plain words. */
export function inPlainWords(
  faults: readonly Pick<YAMLError, 'code' | 'message' | 'pos'>[],
  text: string
): readonly Fault[] {
  const inWords = faults.map((fault) => ({ offset: fault.pos[0], message: wordsOf(fault, text) }))
  return firstOfEachLine(inWords, text)
}

/** One broken line gives the parser several faults, of which the first one tells what is wrong. */
function firstOfEachLine(faults: readonly Fault[], text: string): readonly Fault[] {
  const lines = new Set<number>()
  return faults.filter(({ offset }) => {
    const start = text.lastIndexOf('\n', offset - 1)
    const isFirst = !lines.has(start)
    lines.add(start)
    return isFirst
  })
}

/** Why an alias cannot be followed. */
export function aboutAlias(error: unknown, most: number): string {
  const message = error instanceof Error ? error.message : String(error)
  if (/^Unresolved alias\b/.test(message)) {
    return say`"*" stands for an anchor ("&") that no line before this one has; put quotes around a value that begins with "*"`
  }
  if (/^Merge sources\b/.test(message)) {
    return say`"<<" takes a mapping, or an alias of one`
  }
  return say`${message} (at most ${most} aliases)`
}

/** What a fault of the YAML parser means for whoever has written the file. Quotes no value. */
function wordsOf(
  { code, message, pos }: Pick<YAMLError, 'code' | 'message' | 'pos'>,
  text: string
): string {
  const [offset] = pos
  const [line = ''] = text.slice(text.lastIndexOf('\n', offset - 1) + 1).split(/\r?\n/, 1)
  if (/^(<{7}|={7}|>{7})( |$)/.test(line)) {
    return say`a mark of a merge conflict; resolve the conflict and remove its marks`
  }
  // A template's `{{NAME}}` is a mapping within a mapping to YAML.
  if (text.startsWith('{{', offset) || text.startsWith('{{', offset - 1)) {
    return say`"{{" begins a mapping in YAML; put quotes around the placeholder, or fill it in before this step`
  }
  const unclosed = /must be sufficiently indented and end with a ([\]}])/.exec(message)?.[1]
  switch (code) {
    case 'TAB_AS_INDENT':
      return say`the line is indented with a tab; YAML takes only spaces there`
    case 'DUPLICATE_KEY':
      return say`the key is there twice in one mapping; remove one of them`
    case 'MULTIPLE_DOCS':
      return say`"---" begins a second document, and this file may hold one; remove it and what follows`
    case 'MULTILINE_IMPLICIT_KEY':
      return /^[^\s:#]+:[^\s]/.test(line.trimStart())
        ? say`a blank is missing after the colon: write "key: value"`
        : say`the line is no "key: value"; a colon is missing, or the line is indented too little`
    case 'BLOCK_AS_IMPLICIT_KEY':
      return say`a second "key: value" on one line; put it on a line of its own, or put quotes around a value with ": " in it`
    case 'BAD_INDENT':
      return unclosed === undefined
        ? say`the line is indented otherwise than its neighbours; the keys of one mapping, and the items of one list, stand in one column`
        : say`"${unclosed}" is missing, which has to come before this place`
    case 'BAD_SCALAR_START':
      return say`a value may not begin with this character; put quotes around the value`
    case 'BAD_DQ_ESCAPE':
      return say`after a backslash in double quotes YAML takes only certain characters; write \\\\ for a backslash, or use single quotes`
    case 'MISSING_CHAR':
      return /quote/.test(message)
        ? say`a quote that was opened is not closed before this line`
        : say`a colon, a comma or a blank is missing here`
    case 'BLOCK_IN_FLOW':
      return say`between braces or brackets a comma is missing before this`
    case 'TAG_RESOLVE_FAILED':
      return say`the tag ${message.replace(/^Unresolved tag: /, '')} has no meaning here; write out what it stands for`
    case 'NON_STRING_KEY':
      return say`a key has to be text`
    case 'UNEXPECTED_TOKEN':
      if (/block-seq-ind/.test(message)) {
        return say`a list's "- " stands on the line of its key; put it on the next line, or write the list as [a, b]`
      }
      return /scalar at node end/.test(message)
        ? say`more text follows after the closing quote; put one pair of quotes around all of the value, and double a quote within single quotes`
        : say`this is not expected here; put quotes around a value with special characters`
    default:
      return message
  }
}
