import { dirname, join } from 'node:path'
import { describe, expect, it, test } from '@jest/globals'
import { parse } from 'yaml'
import { USAGE } from '../../demo/arguments.ts'
import { readAction } from '../../scripts/action-yml.ts'
import { withMainInputs, withRights } from '../../scripts/generate-docs.ts'
import { MAIN_INPUTS } from '../../scripts/main-inputs.ts'
import { NEEDED, OPTIONAL } from '../../scripts/rights-doc.ts'
import { isList, isMapping, mappingsIn, type Mapping } from '../../src/documents/mapping.ts'
import { filesIn, textOf } from './workflow-files.ts'

const READMES = [
  ['README.md', 'en'],
  ['README.ko.md', 'ko']
] as const

/** Files that a page links to, as paths in the checkout, without anchors. */
function linksOf(path: string): readonly string[] {
  return [...textOf(path).matchAll(/\]\((?!https?:|mailto:|#)([^)\s#]+)(?:#[^)]*)?\)/g)].map(
    ([, target = '']) => join(dirname(path), target)
  )
}

describe.each(READMES)('%s', (path, language) => {
  const page = textOf(path)

  it('can be read on a few screens: under 200 lines', () => {
    expect(page.split('\n').length).toBeLessThan(200)
  })

  it('has its screen of inputs as the list says', () => {
    const action = readAction(textOf('action.yml'))
    expect(withMainInputs(page, action, language)).toBe(page)
    expect(Object.keys(MAIN_INPUTS).length).toBeLessThan(25)
  })

  it('links every page for users', () => {
    const pages = filesIn('docs', /\.md$/).filter(
      (each) => !/decisions|switches|docs\/ko\//.test(each)
    )
    const rights = language === 'ko' ? 'docs/ko/rights.md' : 'docs/rights.md'
    const wanted = [...pages.filter((each) => each !== 'docs/rights.md'), rights]
    const linked = linksOf(path)
    // A Korean page stands for the English one of the same name.
    const found = (each: string): boolean =>
      linked.includes(each) || linked.includes(each.replace('docs/', `docs/${language}/`))
    expect(wanted.filter((each) => !found(each))).toEqual([])
  })
})

test('both READMEs have the same parts in the same order', () => {
  const [english = [], korean = []] = READMES.map(([path]) => {
    const links = textOf(path)
      .split(/^## /m)
      .map((part) =>
        /start main inputs/.test(part)
          ? 'inputs'
          : /```yaml/.test(part)
            ? 'start'
            : /npm run demo/.test(part)
              ? 'try'
              : /operations\.md\)(?![^]*moving-over)/.test(part)
                ? 'wrong'
                : 'text'
      )
    return links
  })
  expect(korean).toEqual(english)
  expect(english.length).toBeGreaterThan(5)
})

test('both READMEs name the same options of the demo, of which they lack none that it has', () => {
  const [english, korean] = READMES.map(([path]) => optionsOf(demoPartOf(textOf(path))))
  expect(korean).toEqual(english)
  const all = optionsOf(USAGE).filter((option) => !/^--(help|bug [A-Z]+)$/.test(option))
  expect(all.length).toBeGreaterThan(5)
  expect(all.filter((option) => !english?.includes(option))).toEqual([])
  expect(english).toEqual(expect.arrayContaining(['--bug crash', '--bug payment-lost']))
})

/** The part that has the demo's commands, without what one run has printed. */
function demoPartOf(page: string): string {
  const part = page.split(/^## /m).find((each) => each.includes('npm run demo'))
  return (part ?? '').replace(/<!-- start demo -->[^]*<!-- end demo -->/, '')
}

/** Options with their values, each once. */
function optionsOf(text: string): readonly string[] {
  const found = text.matchAll(/(?<![\w-])--[a-z]+(?: (?:[A-Z]{2,}|ko\b|crash\b|payment-lost\b))?/g)
  return [...new Set([...found].map(([option]) => option))].toSorted()
}

test('the README keeps what the demo prints between its markers', () => {
  expect(textOf('README.md')).toMatch(
    /<!-- start demo -->[^]+```\n\$ npm run demo[^]+<!-- end demo -->/
  )
})

describe('the pages of rights', () => {
  it.each([
    ['docs/rights.md', 'en'],
    ['docs/ko/rights.md', 'ko']
  ] as const)('%s has all of the list', (path, language) => {
    expect(withRights(textOf(path), language)).toBe(textOf(path))
  })

  it("name every right that CI's policies give, and no other", () => {
    const given = actionsOf(/^Ci/)
    const named = namedIn([...NEEDED, ...OPTIONAL].flatMap(({ right, en }) => [right, en]))
    expect([...given].filter((each) => !named.has(each))).toEqual([])
    expect([...named].filter((each) => !given.has(each))).toEqual([])
  })

  it('lack none in Korean, where the names of rights are written anew', () => {
    for (const { right, koRight = right, en, ko } of [...NEEDED, ...OPTIONAL]) {
      const [english, korean] = [namedIn([right, en]), namedIn([koRight, ko])]
      expect([...korean].toSorted()).toEqual([...english].toSorted())
    }
  })
})

/** Names of IAM's actions in Markdown; a bare one has the service of the one before it. */
function namedIn(texts: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const text of texts) {
    let service = ''
    for (const [, code = ''] of text.matchAll(/`([^`]+)`/g)) {
      const [, prefix, action] = /^(?:([a-z]+):)?([A-Z]\w+)$/.exec(code) ?? []
      if (prefix !== undefined) service = prefix
      else if (service === '' || !/^(?:Get|Put|Query|List|Batch|Describe)/.test(code)) continue
      if (action !== undefined) names.add(`${service}:${action}`)
    }
  }
  return names
}

/** What the statements of the policies with such names allow. */
function actionsOf(name: RegExp): ReadonlySet<string> {
  const template: unknown = parse(textOf('infra/policies.yaml'), { logLevel: 'silent' })
  const resources = isMapping(template) ? template['Resources'] : undefined
  const statements = Object.entries(isMapping(resources) ? resources : {}).flatMap(
    ([id, resource]) => (name.test(id) && isMapping(resource) ? statementsOf(resource) : [])
  )
  return new Set(
    statements
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Action }) => (isList(Action) ? [...Action] : [Action]))
      .filter((each) => typeof each === 'string')
  )
}

function statementsOf(resource: Mapping): readonly Mapping[] {
  const properties = resource['Properties']
  const document = isMapping(properties) ? properties['PolicyDocument'] : undefined
  return isMapping(document) ? mappingsIn(document['Statement']) : []
}
