import { isUtf8 } from 'node:buffer'
import { DocumentError } from './parse.ts'
import { say } from '../words/say.ts'

/**
 * The text of a file in UTF-8. A file in another encoding would be read as one
 * that says something else: `Jürg` of ISO-8859-1 as `J\uFFFDrg`.
 * Errors: DocumentError that names the encoding and the line.
 */
export function textInUtf8(content: Uint8Array, path: string): string {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const wide = wideEncoding(bytes)
  if (wide !== undefined) {
    throw new DocumentError([say`${path}:1:1: the file is in ${wide}; save it as UTF-8`])
  }
  if (isUtf8(bytes)) return bytes.toString('utf8')
  const { line, column, byte } = firstFault(bytes)
  // Windows-1252 has characters where ISO-8859-1 has controls, from 0x80 to 0x9F.
  const likely = byte < 0xa0 ? 'Windows-1252' : 'ISO-8859-1'
  const hex = byte.toString(16).toUpperCase()
  throw new DocumentError([
    say`${path}:${line}:${column}: the file is not in UTF-8, as byte 0x${hex} shows: it looks like ${likely}; save it as UTF-8`
  ])
}

/**
 * By its byte order mark, or by the zero bytes beside its first character, as
 * JSON's encodings are told apart (RFC 4627, section 3).
 */
function wideEncoding(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, 4).toString('hex')
  if (start === 'fffe0000' || start === '0000feff') return 'UTF-32'
  if (/^(?:fffe|feff)/.test(start)) return 'UTF-16'
  return /^(?:00(?!00)..|(?!00)..00)(?:00(?!00)..|(?!00)..00)/.test(start) ? 'UTF-16' : undefined
}

interface Place {
  readonly line: number
  readonly column: number
  readonly byte: number
}

/** The first byte that is no UTF-8. A line feed is one byte in it, and in no character but itself. */
function firstFault(bytes: Buffer): Place {
  for (let line = 1, from = 0; ; line++) {
    const end = bytes.indexOf(0x0a, from)
    const content = bytes.subarray(from, end < 0 ? bytes.length : end)
    if (isUtf8(content) && end >= 0) {
      from = end + 1
      continue
    }
    let text = ''
    for (const character of content.toString('utf8')) {
      if (character === '\uFFFD') {
        const at = Buffer.byteLength(text)
        // A replacement character may stand in the file as well.
        const isWritten = content.subarray(at, at + 3).equals(Buffer.from(character))
        if (!isWritten) return { line, column: text.length + 1, byte: content[at] ?? 0 }
      }
      text += character
    }
    return { line, column: text.length + 1, byte: content.at(-1) ?? 0 }
  }
}
