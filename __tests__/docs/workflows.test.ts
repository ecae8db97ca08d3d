import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { parseDocument } from 'yaml'
import { SNIPPETS, textOf, WORKFLOWS } from './workflow-files.ts'

const folder = new URL('../../.github/workflows/', import.meta.url)
/** The `uses:` of a text, with their comments. */
function usesIn(text: string): readonly string[] {
  return [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, action = '']) => action)
}

const PINNED = /^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/
/** This action itself, which people choose by its tag; examples/workflows/release.yml says why. */
const OWN = 'org/ecs-gated-deploy@v1'

const files = readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')])

describe.each(files)('threat: supply chain: %s', (_, text = '') => {
  it('is YAML', () => {
    const { errors, warnings } = parseDocument(text)
    expect([...errors, ...warnings]).toEqual([])
  })

  it('pins every action by commit, and says which version that is', () => {
    const uses = usesIn(text)
    expect(uses.length).toBeGreaterThan(0)
    expect(uses.filter((action) => !PINNED.test(action))).toEqual([])
  })

  it('grants nothing by default and no write to the contents', () => {
    expect(text).toMatch(/^permissions: \{\}$/m)
    expect(text).not.toMatch(/^\s*[a-z-]+: write(?:-all)?\s*$/m)
  })

  it('puts no expression into a script', () => {
    const scripts = [...text.matchAll(/^\s*(?:- )?run: (?:\|\n((?:\s{8,}.*\n?)*)|(.*))/gm)]
    expect(scripts.filter(([script]) => script.includes('${{'))).toEqual([])
  })
})

describe('threat: supply chain: what people copy', () => {
  const examples = WORKFLOWS.filter((path) => path.startsWith('examples/'))
  const texts = [...examples.map(textOf), ...SNIPPETS.map(({ yaml }) => yaml)]

  it("pins every action by commit, and says which version that is, but this action's own", () => {
    const uses = texts.flatMap(usesIn)
    expect(uses.filter((action) => action === OWN).length).toBeGreaterThan(5)
    expect(uses.filter((action) => PINNED.test(action)).length).toBeGreaterThan(5)
    expect(uses.filter((action) => action !== OWN && !PINNED.test(action))).toEqual([])
  })

  it('names each action in one version', () => {
    const versions = new Map<string, Set<string>>()
    for (const use of texts.flatMap(usesIn)) {
      const [action = ''] = use.split('@')
      versions.set(action, (versions.get(action) ?? new Set()).add(use))
    }
    expect([...versions.values()].filter(({ size }) => size > 1)).toEqual([])
  })
})
