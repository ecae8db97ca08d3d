import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { ROOT } from '../../runner/environment.ts'
import { describeWith } from '../helpers/needs.ts'
import { readManifest } from '../../scripts/release/facts.ts'
import { textOf, WHOLE_SNIPPETS, WORKFLOWS } from './workflow-files.ts'

const OWN = readManifest(ROOT).repository

/** What a judge has printed, and its exit code. */
async function run(command: string, args: readonly string[]): Promise<[string, number]> {
  // Without the job's environment: a token in it would make zizmor ask GitHub.
  const options = { cwd: ROOT, env: { PATH: process.env['PATH'] } }
  return new Promise((resolve, reject) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code
      if (typeof code === 'number') resolve([stdout + stderr, code])
      else reject(error ?? new Error(stderr))
    })
  })
}

/** Without the programs that it would call if the machine had them: they judge shell and Python. */
const actionlint = (files: readonly string[]) =>
  run('actionlint', ['-oneline', '-shellcheck=', '-pyflakes=', ...files])

/** With all its rules; .github/zizmor.yml says what it is not to find. */
const zizmor = (files: readonly string[]) =>
  run('zizmor', [
    '--config=.github/zizmor.yml',
    ...['--offline', '--persona=pedantic', '--no-progress', '--quiet'],
    ...files
  ])

/** A workflow in which both have something to find. */
const CARELESS = `on: push
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - run: echo \${{ github.head_ref }}
`

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careless-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function written(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

const careless = (): Promise<string> => written('careless.yml', CARELESS)

/** The whole workflows that our pages show, as files. */
const shown = (): Promise<string[]> =>
  Promise.all(
    WHOLE_SNIPPETS.map(({ where, yaml }) => written(`${where.replaceAll(/\W/g, '-')}.yml`, yaml))
  )

describeWith(['actionlint'], 'actionlint', () => {
  it('finds nothing in our workflows and examples', async () => {
    expect(await actionlint([...WORKFLOWS, ...(await shown())])).toEqual(['', 0])
  })

  it('would find an injection', async () => {
    const [found, code] = await actionlint([await careless()])
    expect(found).toContain('"github.head_ref" is potentially untrusted')
    expect(code).toBe(1)
  })
})

describeWith(['zizmor'], 'zizmor', () => {
  it('finds nothing in our workflows, examples and action.yml', async () => {
    const pages = await shown()
    expect(pages.length).toBeGreaterThanOrEqual(2)
    expect(await zizmor([...WORKFLOWS, 'action.yml', ...pages])).toEqual([
      expect.stringMatching(/^No findings to report/),
      0
    ])
  })

  it("would find another tag than this action's own", async () => {
    const [example = ''] = WORKFLOWS.filter((path) => path.startsWith('examples'))
    for (const [own, code] of [
      [`${OWN}@v2`, 0],
      [`${OWN}-too@v1`, 14]
    ] as const) {
      const text = textOf(example).replace(`${OWN}@v1`, own)
      const [found, ended] = await zizmor([await written('release.yml', text)])
      expect([own, found.includes('error[unpinned-uses]'), ended]).toEqual([own, code > 0, code])
    }
  })

  it('would find an injection and an action that is not pinned', async () => {
    const [found, code] = await zizmor([await careless()])
    expect(found).toContain('error[template-injection]')
    expect(found).toContain('error[unpinned-uses]')
    expect(code).toBeGreaterThan(10)
  })
})
