import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { DocumentError } from '../../src/documents/parse.ts'
import { textInUtf8 } from '../../src/documents/utf8.ts'

function problem(bytes: Uint8Array): string {
  try {
    textInUtf8(bytes, 'release/task.json')
  } catch (error) {
    if (error instanceof DocumentError) return error.problems.join('\n')
    throw error
  }
  return 'none'
}

/** Each character as one byte, as ISO-8859-1 has it. */
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')

function utf16(text: string, order: 'LE' | 'BE'): Buffer {
  const bytes = Buffer.from(text, 'utf16le')
  return order === 'LE' ? bytes : bytes.swap16()
}

const FILE = '{\n  "family": "web",\n  "user": "Jürg"\n}\n'

describe('a file is read as UTF-8', () => {
  it.each(['', FILE, '\uFEFF{}', '한국어, 😀 and \uFFFD', 'a\0b'])('which %j is', (text) => {
    expect(textInUtf8(Buffer.from(text), 'x')).toBe(text)
  })

  it('whatever it says, or it is refused with a place in it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const found = problem(bytes)
        if (found === 'none') {
          expect(Buffer.from(textInUtf8(bytes, 'x'))).toEqual(Buffer.from(bytes))
        } else expect(found).toMatch(/^release\/task\.json:\d+:\d+: the file is /)
      })
    )
  })
})

describe('another encoding is named, with the line', () => {
  it.each<[string, Buffer, string]>([
    [
      'ISO-8859-1',
      latin1(FILE),
      'release/task.json:3:13: the file is not in UTF-8, as byte 0xFC shows: it looks like ISO-8859-1; save it as UTF-8'
    ],
    [
      'ISO-8859-1 at the end of a line and of the file',
      latin1('a: b\nc: é'),
      'release/task.json:2:4: the file is not in UTF-8, as byte 0xE9 shows: it looks like ISO-8859-1; save it as UTF-8'
    ],
    [
      'Windows-1252, behind lines in UTF-8',
      Buffer.concat([Buffer.from('# ü\n# 😀 '), Buffer.from([0x93, 0x41])]),
      'release/task.json:2:6: the file is not in UTF-8, as byte 0x93 shows: it looks like Windows-1252; save it as UTF-8'
    ],
    [
      'UTF-16 with its mark, little-endian',
      utf16(`\uFEFF${FILE}`, 'LE'),
      'release/task.json:1:1: the file is in UTF-16; save it as UTF-8'
    ],
    [
      'UTF-16 with its mark, big-endian',
      utf16(`\uFEFF${FILE}`, 'BE'),
      'release/task.json:1:1: the file is in UTF-16; save it as UTF-8'
    ],
    [
      'UTF-16 without a mark',
      utf16(FILE, 'LE'),
      'release/task.json:1:1: the file is in UTF-16; save it as UTF-8'
    ],
    [
      'UTF-16 without a mark, big-endian',
      utf16(FILE, 'BE'),
      'release/task.json:1:1: the file is in UTF-16; save it as UTF-8'
    ],
    [
      'UTF-32',
      Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]),
      'release/task.json:1:1: the file is in UTF-32; save it as UTF-8'
    ]
  ])('%s', (_, bytes, expected) => {
    expect(problem(bytes)).toBe(expected)
  })
})
