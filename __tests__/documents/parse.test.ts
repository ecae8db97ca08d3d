import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { findJsonFault } from '../../src/documents/json-fault.ts'
import { DocumentError, parseDocument } from '../../src/documents/parse.ts'

async function problems(text: string, path: string): Promise<readonly string[]> {
  try {
    await parseDocument(text, path)
  } catch (error) {
    if (error instanceof DocumentError) return error.problems
    throw error
  }
  return []
}

describe('parseDocument', () => {
  it.each([
    ['a.json', '{"a": [1, "x", null, true], "b": {}}', { a: [1, 'x', null, true], b: {} }],
    ['a.json', '\uFEFF{"a": ""}', { a: '' }],
    ['a.yaml', 'a:\n  - 1\n  - x\nb: {}\n', { a: [1, 'x'], b: {} }],
    ['a.YML', '{"a": 1}', { a: 1 }],
    ['taskdef', ' {"a": 1}', { a: 1 }],
    ['taskdef', 'a: 1', { a: 1 }],
    ['a.yaml', 'x: &x {p: 1}\na:\n  <<: *x\n  q: 2', { x: { p: 1 }, a: { p: 1, q: 2 } }],
    ['a.yaml', 'version: 0.0', { version: 0 }],
    ['a.yaml', '1: a', { '1': 'a' }],
    // YAML 1.2: no Norway problem, no dates.
    ['a.yaml', 'a: no\nb: 2020-01-01', { a: 'no', b: '2020-01-01' }]
  ])('%s: %j', async (path, text, value) => {
    expect(await parseDocument(text, path)).toEqual(value)
  })

  it.each([
    ['a.json', '{"a": 1,}', 'a.json:1:9: found "}", wanted a key in double quotes'],
    ['a.json', '{\n  "a" 1\n}', 'a.json:2:7: found "1", wanted ":"'],
    ['a.json', '{"a": 1', 'a.json:1:8: found the end of the file, wanted "," or "}"'],
    ['a.json', '{"a": [1 2]}', 'a.json:1:10: found "2", wanted "," or "]"'],
    ['a.json', '{\r\n// no\r\n}', 'a.json:2:1: found "/", wanted a key in double quotes'],
    ['a.json', '{"a": yes}', 'a.json:1:7: found "y", wanted a value'],
    ['a.json', '{"a": 1} x', 'a.json:1:10: found "x", wanted the end of the file'],
    ['a.json', '{"a": 1, "b": 2,\n "\\u0061": 3}', 'a.json:2:2: the key "a" is there twice'],
    ['a.json', '{"a": {"b": 1, "b": 2}}', 'a.json:1:16: the key "b" is there twice'],
    ['a.json', '', 'a.json:1:1: the file is empty, wanted a mapping'],
    ['a.json', '[]', 'a.json:1:1: the top level is a list, wanted a mapping'],
    ['a.yaml', '# nothing', 'a.yaml:1:1: the top level is nothing, wanted a mapping'],
    ['a.yaml', '- a', 'a.yaml:1:1: the top level is a list, wanted a mapping'],
    ['a.yaml', 'a: 1\nb: 2\na: 3', 'a.yaml:3:1: the key is there twice in one mapping'],
    ['a.yaml', '1: a\n"1": b', 'a.yaml:2:1: the key is there twice in one mapping'],
    ['a.yaml', 'a: [1', 'a.yaml:1:6: "]" is missing'],
    ['a.yaml', 'a: !Sub x', 'a.yaml:1:4: the tag !Sub has no meaning here'],
    ['a.yaml', 'a: 1\n---\nb: 2', 'a.yaml:2:1: "---" begins a second document'],
    ['a.yaml', 'a: *x', 'a.yaml:1:4: "*" stands for an anchor'],
    // Faults of YAML in plain words: what whoever wrote the file has done, not what a parser calls it.
    ['a.yaml', 'family: a\n\tcpu: 1', 'a.yaml:2:1: the line is indented with a tab'],
    ['a.yaml', 'a: b: c', 'a.yaml:1:4: a second "key: value" on one line'],
    [
      'a.yaml',
      'a:\n  b: 1\n c: 2',
      'a.yaml:3:1: the line is indented otherwise than its neighbours'
    ],
    [
      'a.yaml',
      'a:\n  - b\n  c: 1',
      'a.yaml:3:1: the line is indented otherwise than its neighbours'
    ],
    ['a.yaml', 'a: "b\nc: 1', 'a.yaml:2:5: a quote that was opened is not closed'],
    ['a.yaml', 'a\nb: 1', 'a.yaml:1:1: the line is no "key: value"'],
    ['a.yaml', 'a:1\nb: 2', 'a.yaml:1:1: a blank is missing after the colon'],
    ['a.yaml', 'a: {b: 1', 'a.yaml:1:9: "}" is missing'],
    ['a.yaml', 'a: {b: 1 c: 2}', 'a.yaml:1:8: between braces or brackets a comma is missing'],
    ['a.yaml', 'a: {{NAME}}', 'a.yaml:1:5: "{{" begins a mapping in YAML; put quotes around'],
    ['a.yaml', 'a: @b', 'a.yaml:1:4: a value may not begin with this character'],
    ['a.yaml', 'a: - b', 'a.yaml:1:4: a list\'s "- " stands on the line of its key'],
    ['a.yaml', "a: 'it's'", 'a.yaml:1:8: more text follows after the closing quote'],
    ['a.yaml', 'a: "\\q"', 'a.yaml:1:5: after a backslash in double quotes'],
    ['a.yaml', '<<: 1\na: 2', 'a.yaml:1:1: "<<" takes a mapping'],
    ['a.yaml', '<<<<<<< HEAD\na: 1\n=======', 'a.yaml:1:1: a mark of a merge conflict']
  ])('%s: %j is refused', async (path, text, problem) => {
    expect((await problems(text, path))[0]).toContain(problem)
  })

  it('bounds what aliases expand to', async () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]']
    for (let i = 1; i < 9; i += 1) {
      lines.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(', ')}]`
      )
    }
    const [problem] = await problems(lines.join('\n'), 'bomb.yaml')
    expect(problem).toMatch(/^bomb\.yaml:2:10: .*at most 100 aliases/)
  })

  it('refuses a nesting no stack survives', async () => {
    const [problem] = await problems(`{"a": ${'['.repeat(100_000)}`, 'deep.json')
    expect(problem).toContain('nested deeper than 200 levels')
  })

  it('does not repeat the text of the file', async () => {
    const found = await problems('{"environment": [{"name": "A", "value": "s3cret" "}', 'a.json')
    expect(found.join()).not.toContain('s3cret')
  })
})

describe('findJsonFault', () => {
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }

  it('accepts all that JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.nat(4), (value, indent) => {
        expect(findJsonFault(JSON.stringify(value, null, indent))).toBeUndefined()
      })
    )
  })

  it('agrees with JSON.parse on damaged text', () => {
    const damaged = fc
      .tuple(fc.jsonValue({ maxDepth: 3 }), fc.nat(), fc.string({ maxLength: 2 }), fc.nat(2))
      .map(([value, at, insert, remove]) => {
        const text = JSON.stringify(value)
        const cut = at % (text.length + 1)
        return text.slice(0, cut) + insert + text.slice(cut + remove)
      })
    fc.assert(
      fc.property(damaged, (text) => {
        const fault = findJsonFault(text)
        if (fault?.message.endsWith('is there twice')) return
        expect(fault === undefined).toBe(isJson(text))
      }),
      { numRuns: 2000 }
    )
  })
})
