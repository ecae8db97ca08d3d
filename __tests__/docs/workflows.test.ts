import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { parseDocument } from 'yaml'

const folder = new URL('../../.github/workflows/', import.meta.url)
const files = readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')])

describe.each(files)('threat: supply chain: %s', (_, text = '') => {
  it('is YAML', () => {
    const { errors, warnings } = parseDocument(text)
    expect([...errors, ...warnings]).toEqual([])
  })

  it('pins every action by commit, and says which version that is', () => {
    const uses = [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, action]) => action)
    expect(uses.length).toBeGreaterThan(0)
    expect(
      uses.filter((action) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action ?? ''))
    ).toEqual([])
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
