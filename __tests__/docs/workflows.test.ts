import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from '@jest/globals'
import { parse, parseDocument } from 'yaml'
import { readManifest } from '../../scripts/release/facts.ts'
import { SNIPPETS, textOf, WORKFLOWS } from './workflow-files.ts'

const folder = new URL('../../.github/workflows/', import.meta.url)
/** The `uses:` of a text, with their comments. */
function usesIn(text: string): readonly string[] {
  return [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, action = '']) => action)
}

const PINNED = /^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/
/** This action itself, which people choose by its tag; examples/workflows/release.yml says why. */
const OWN = `${readManifest('.').repository}@v1`

const files = readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')])

/** The jobs that write, by workflow and job, and what. */
const MAY_WRITE: Readonly<Record<string, object>> = {
  'release.yml attest': { attestations: 'write', 'id-token': 'write' },
  'release.yml publish': { contents: 'write' },
  'move-tags.yml move': { contents: 'write' }
}

test('the jobs that may write are there', () => {
  const found = files.flatMap(([name = '', text = '']) =>
    Object.keys((parse(text) as { jobs: object }).jobs).map((job) => `${name} ${job}`)
  )
  expect(found).toEqual(expect.arrayContaining(Object.keys(MAY_WRITE)))
})

describe.each(files)('threat: supply chain: %s', (name = '', text = '') => {
  it('is YAML', () => {
    const { errors, warnings } = parseDocument(text)
    expect([...errors, ...warnings]).toEqual([])
  })

  it('pins every action by commit, and says which version that is', () => {
    const uses = usesIn(text)
    expect(uses.length).toBeGreaterThan(0)
    expect(uses.filter((action) => !PINNED.test(action))).toEqual([])
  })

  it('grants nothing by default, and to a job no more than this', () => {
    expect(text).toMatch(/^permissions: \{\}$/m)
    const { jobs } = parse(text) as { jobs: Record<string, { permissions: object }> }
    const granted = Object.entries(jobs).map(
      ([job, { permissions }]) => [job, permissions] as const
    )
    const READS = { contents: 'read' }
    expect(granted).toEqual(granted.map(([job]) => [job, MAY_WRITE[`${name} ${job}`] ?? READS]))
  })

  it('installs nothing where a job may write', () => {
    const { jobs } = parse(text) as {
      jobs: Record<string, { permissions: object; steps: { run?: string }[] }>
    }
    const writing = Object.values(jobs).filter(({ permissions }) =>
      Object.values(permissions).includes('write')
    )
    const run = writing.flatMap(({ steps }) => steps.flatMap((step) => step.run ?? []))
    expect(run.filter((command) => /\bnpm\b|with-setup|\.ci\/run/.test(command))).toEqual([])
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
