import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ROOT } from '../../runner/environment.ts'
import { filesIn, textOf } from './workflow-files.ts'

const PAGES = [
  ...filesIn('.', /^[A-Z]+(?:\.ko)?\.md$/),
  ...filesIn('docs', /\.md$/),
  ...filesIn('examples', /\.md$/),
  ...filesIn('infra', /\.md$/)
]

/** GitHub's anchors of a page: those of its headings, a second one of the same text with a number. */
function anchorsOf(path: string): ReadonlySet<string> {
  const seen = new Map<string, number>()
  const headings = withoutCode(textOf(path)).matchAll(/^#{1,6} (.+)$/gm)
  const anchors = [...headings].map(([, heading = '']) => {
    const anchor = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .trim()
      .replaceAll(' ', '-')
    const count = seen.get(anchor) ?? 0
    seen.set(anchor, count + 1)
    return count === 0 ? anchor : `${anchor}-${count}`
  })
  return new Set(anchors)
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^```[^]*?^```/gm, '')
}

function problemsOf(page: string): readonly string[] {
  const links = withoutCode(textOf(page)).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)
  return [...links].flatMap(([, link = '']) => {
    const [file = '', anchor] = link.split('#')
    const target = file === '' ? page : join(dirname(page), file)
    if (!existsSync(join(ROOT, target))) return [`${page}: ${link}: there is no such file`]
    const isThere = anchor === undefined || anchorsOf(target).has(decodeURIComponent(anchor))
    return isThere ? [] : [`${page}: ${link}: there is no such heading`]
  })
}

test('every link of every page leads to a file that is there, and to a heading that it has', () => {
  expect(PAGES.length).toBeGreaterThan(20)
  expect(PAGES.flatMap(problemsOf)).toEqual([])
})
