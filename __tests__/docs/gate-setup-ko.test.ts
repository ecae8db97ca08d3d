import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'

const ENGLISH = 'docs/gate-setup.md'
const KOREAN = 'docs/ko/gate-setup.md'
const read = (path: string): string => readFileSync(path, 'utf8')

function withoutBlocks(page: string): string {
  return page.replaceAll(/^```.*?^```$/gms, '')
}

/** How deep each heading is, in order. */
function levels(page: string): readonly number[] {
  return [...withoutBlocks(page).matchAll(/^(#+) /gm)].map(([, marks = '']) => marks.length)
}

/** The blocks as a shell or a parser reads them; the gate of a Korean page speaks Korean. */
function blocks(page: string): readonly string[] {
  return [...page.matchAll(/^```.*?^```$/gms)].map(([block]) =>
    block.replaceAll(/(^| +)# .*$/gm, '').replace(/^language: \w+$/m, 'language: LANGUAGE')
  )
}

/** What stands in code in the first column of the tables: parameters, policies, alarms. */
function rows(page: string): readonly string[] {
  return [...withoutBlocks(page).matchAll(/^\| (`[^`]+`|\[[^\]]+\]\(\S*infra\/\S+\)) \|/gm)].map(
    ([, cell = '']) => cell.replace(/\(.*\)/, '')
  )
}

function markers(page: string): readonly string[] {
  return [...page.matchAll(/<!-- (?:start|end) .*? -->/g)].map(([marker]) => marker)
}

test.each([
  ['headings', levels],
  ['commands and files', blocks],
  ['rows of tables', rows],
  ['markers', markers]
])('the setup guide in Korean has the same %s as the one in English', (_, part) => {
  const english = part(read(ENGLISH))
  expect(english.length).toBeGreaterThan(5)
  expect(part(read(KOREAN))).toEqual(english)
})

test('every parameter, file and function that the English guide names is in the Korean one', () => {
  const named = (page: string): ReadonlySet<string> =>
    new Set([...withoutBlocks(page).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code))
  const korean = named(read(KOREAN))
  expect([...named(read(ENGLISH))].filter((code) => !korean.has(code))).toEqual([])
})
