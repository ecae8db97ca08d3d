import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { readAccountTemplate } from '../../emulator/worlds/account-template.ts'

const english = readFileSync('docs/account.md', 'utf8')
const korean = readFileSync('docs/ko/account.md', 'utf8')

const withoutBlocks = (page: string): string => page.replaceAll(/^```.*?^```$/gms, '')
const commands = (page: string): readonly string[] =>
  [...page.matchAll(/^```(?:sh|yaml).*?^```$/gms)].map(([block]) => block)
const levels = (page: string): readonly number[] =>
  [...withoutBlocks(page).matchAll(/^(#+) /gm)].map(([, marks = '']) => marks.length)
const named = (page: string): ReadonlySet<string> =>
  new Set([...withoutBlocks(page).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code))

test.each([
  ['headings', levels],
  ['commands', commands]
])('the page on the account in Korean has the same %s as the one in English', (_, part) => {
  expect(part(english).length).toBeGreaterThan(5)
  expect(part(korean)).toEqual(part(english))
})

test('everything that the English page names in code is in the Korean one', () => {
  expect([...named(english)].filter((code) => !named(korean).has(code))).toEqual([])
})

test('every parameter that its commands give is one of the template that they name', () => {
  const given = commands(english)
    .join('\n')
    .split('aws cloudformation deploy')
    .slice(1)
    .flatMap((text) => {
      const [command = ''] = text.split(/(?<!\\)\n/)
      const [, template = ''] = /infra\/(account|domain)\.yaml/.exec(command) ?? []
      const parameters = command.split('--parameter-overrides')[1] ?? ''
      return [...parameters.matchAll(/([A-Z]\w+)=/g)].map(([, name = '']) => ({ template, name }))
    })
  expect(given.length).toBeGreaterThan(12)
  const known = {
    account: readAccountTemplate('account').Parameters,
    domain: readAccountTemplate('domain').Parameters
  }
  const unknown = given.filter(
    ({ template, name }) => !(name in (template === 'account' ? known.account : known.domain))
  )
  expect(unknown).toEqual([])
})
