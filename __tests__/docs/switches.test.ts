import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { SWITCH_TABLE } from '../../emulator/switch-table.ts'
import { DEFAULT_SWITCHES, UNKIND_SWITCHES } from '../../emulator/switches.ts'
import { withSwitches } from '../../scripts/generate-docs.ts'

const page = readFileSync(new URL('../../docs/switches.md', import.meta.url), 'utf8')

test('docs/switches.md has a row for each switch, made from the code', () => {
  expect(withSwitches(page)).toBe(page)
  const rows = page.split('\n').filter((line) => /^\| `\w+` \|/.test(line))
  expect(rows.map((row) => /`(\w+)`/.exec(row)?.[1])).toEqual(Object.keys(SWITCH_TABLE))
  for (const row of rows) expect(row.split(' | ')).toHaveLength(5)
})

test('a page that says something else is found, and brought up to date', () => {
  const other = page.replace('| `readyWait` |', '| `elsewhen` |')
  expect(other).not.toBe(page)
  expect(withSwitches(other)).toBe(page)
  expect(() => withSwitches(page.replace('<!-- end unkind -->', ''))).toThrow('has no block')
})

test('the page lists what the unkind settings change, and what cannot stand with them', () => {
  const [, list = ''] = page.split('<!-- start unkind -->')
  for (const [name, setting] of Object.entries(UNKIND_SWITCHES)) {
    const listed = list.includes(`- \`${name}\`: \`${setting}\``)
    const changed = new Map(Object.entries(DEFAULT_SWITCHES)).get(name) !== setting
    const { together } = SWITCH_TABLE[name as keyof typeof SWITCH_TABLE] as { together?: unknown }
    expect([name, listed]).toEqual([name, changed || together !== undefined])
  }
})
