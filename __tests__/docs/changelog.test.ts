import { describe, expect, test } from '@jest/globals'
import { readAction } from '../../scripts/action-yml.ts'
import { filesIn, textOf } from './workflow-files.ts'

/*
 * The form is that of "Keep a Changelog" (keepachangelog.com, 1.1.0), with headings of our own:
 * newest first, `Unreleased` on top, each version with the day of its release.
 */
const lines = textOf('CHANGELOG.md').split('\n')
const versions = lines.filter((line) => line.startsWith('## '))

describe('CHANGELOG.md', () => {
  test('has the unreleased changes on top, and then versions with their day, newest first', () => {
    const [first, ...released] = versions
    expect(lines[0]).toBe('# Changelog')
    expect(first).toBe('## Unreleased')
    const days = released.map(
      (line) => /^## \d+\.\d+\.\d+\S* \((\d{4}-\d{2}-\d{2})\)$/.exec(line)?.[1] ?? line
    )
    expect(days.filter((day) => day.startsWith('##'))).toEqual([])
    expect(days).toEqual([...days].sort().reverse())
  })

  test('has each change as one line of a list, under a heading that has any', () => {
    const body = lines.slice(lines.indexOf('## Unreleased'))
    const other = body.filter((line) => line !== '' && !/^(?:- \S|#{2,3} \S)/.test(line))
    expect(other).toEqual([])
    const told = body.filter((line) => line !== '')
    const empty = told.filter(
      (line, index) => line.startsWith('### ') && told[index + 1]?.startsWith('- ') !== true
    )
    expect(empty).toEqual([])
  })
})

test('every input and output of action.yml is named on a page', () => {
  const { inputs, outputs } = readAction(textOf('action.yml'))
  const pages = ['README.md', 'CHANGELOG.md', ...filesIn('docs', /\.md$/)].map(textOf).join('\n')
  const unnamed = [...inputs, ...outputs]
    .map(({ name }) => name)
    .filter((name) => !pages.includes(`\`${name}\``) && !pages.includes(`\`${name}:`))
  expect(unnamed).toEqual([])
})
