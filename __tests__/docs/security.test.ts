import { describe, expect, test } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'

const page = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8')

const rows = page.split('\n').filter((line) => /^\| (?!Threat|Fault|-)/.test(line))
const shown = rows.flatMap((row) =>
  [...row.matchAll(/\[([^\]]+)\]\(\.\.\/([^)]+)\)/g)].map(([, name = '', path = '']) => ({
    row,
    name,
    path
  }))
)

const tests = new URL('../', import.meta.url)

/** Threats and faults that tests name, each as the test has it. */
function named(): string[] {
  return readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .flatMap((path) => [
      ...readFileSync(new URL(path, tests), 'utf8').matchAll(
        /["'`]((?:threat|fault): [^\n]*?)["'`],/g
      )
    ])
    .map(([, name = '']) => name)
}

describe('docs/security.md', () => {
  test('says of every row what shows it', () => {
    const silent = rows.filter((row) => shown.every((each) => each.row !== row))
    expect(silent).toEqual([])
    expect(rows.length).toBeGreaterThanOrEqual(30)
  })

  test.each(shown.map(({ name, path }) => [name, path] as const))('%s is in %s', (name, path) => {
    expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toContain(name)
  })

  test('leaves out no threat and no fault that a test names', () => {
    const names = shown.map(({ name }) => name)
    const missing = named().filter((each) => !names.some((name) => each.startsWith(name)))
    expect(missing).toEqual([])
    expect(named().length).toBeGreaterThanOrEqual(30)
  })
})
