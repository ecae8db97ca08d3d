import { describe, expect, it } from '@jest/globals'
import { parseDocument } from 'yaml'
import { complaintsOnAction, complaintsOnWorkflow } from '../helpers/github-parser.ts'
import { SNIPPETS, textOf, WHOLE_SNIPPETS, WORKFLOWS } from './workflow-files.ts'

describe("GitHub's parser loads", () => {
  it('action.yml', () => {
    expect(complaintsOnAction('action.yml', textOf('action.yml'))).toEqual([])
  })

  it.each(WORKFLOWS)('%s', async (file) => {
    expect(await complaintsOnWorkflow(file, textOf(file))).toEqual([])
  })

  it('each workflow that the pages show, and each of their steps', async () => {
    const steps = SNIPPETS.filter(({ yaml }) => /^- (?:id|if|name|uses|run):/.test(yaml)).map(
      ({ where, yaml }) => ({ where, yaml: jobOf(yaml) })
    )
    expect(WHOLE_SNIPPETS.length).toBeGreaterThan(0)
    expect(steps.length).toBeGreaterThan(0)
    const found = await Promise.all(
      [...WHOLE_SNIPPETS, ...steps].map(({ where, yaml }) => complaintsOnWorkflow(where, yaml))
    )
    expect(found.flat()).toEqual([])
  })
})

/** A workflow around the steps of a page. */
function jobOf(steps: string): string {
  const indented = steps.replaceAll(/^(?=.)/gm, '      ')
  return `on: push\njobs:\n  release:\n    runs-on: ubuntu-latest\n    steps:\n${indented}`
}

describe("GitHub's parser, judging action.yml", () => {
  const TOKEN = '${{ github.token }}'
  const refused = expect.stringMatching(/^action\.yml \(Line: \d+, Col: \d+\): /)

  /** action.yml with that member. */
  function withMember(path: readonly string[], value: string): string {
    const document = parseDocument(textOf('action.yml'))
    document.setIn(path, value)
    return document.toString()
  }

  it.each([[['inputs', 'github-token', 'default']], [['runs', 'post-if']]])(
    'takes an expression in %j',
    (path) => {
      expect(complaintsOnAction('action.yml', withMember(path, TOKEN))).toEqual([])
    }
  )

  it.each([
    [['name']],
    [['description']],
    [['author']],
    [['inputs', 'github-token', 'description']],
    [['inputs', 'github-token', 'deprecationMessage']],
    [['inputs', 'github-token', 'required']],
    [['outputs', 'report', 'description']],
    [['branding', 'icon']],
    [['branding', 'color']],
    [['runs', 'main']],
    [['runs', 'post']]
  ])('refuses one in %j', (path) => {
    expect(complaintsOnAction('action.yml', withMember(path, `x ${TOKEN}`))).toContainEqual(refused)
  })

  it.each([
    [['runs', 'using'], 'node26'],
    [['runs', 'man'], 'dist/index.js'],
    [['inputs', 'service', 'required'], 'often']
  ])('refuses %j: %s', (path, value) => {
    expect(complaintsOnAction('action.yml', withMember(path, value))).toContainEqual(refused)
  })
})

describe("GitHub's parser, judging a workflow", () => {
  const steps = (step: string) => complaintsOnWorkflow('a.yml', jobOf(step))

  it.each([
    ['an unknown context', '- run: echo ${{ secret.TOKEN }}', /Unrecognized named-value: 'secret'/],
    ['an unknown member', '- use: ./', /Unexpected value 'use'/],
    ['an unfinished expression', '- if: always( && true\n  run: echo', /./]
  ])('refuses %s', async (_, step, complaint) => {
    expect((await steps(step)).join('\n')).toMatch(complaint)
  })

  it('refuses an unknown event', async () => {
    const found = await complaintsOnWorkflow('a.yml', jobOf('- run: echo').replace('push', 'pull'))
    expect(found).toEqual([expect.stringContaining('pull')])
  })
})
