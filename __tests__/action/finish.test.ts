import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as core from '@actions/core'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { finish, htmlOf, loadHtml } from '../../src/action/finish.ts'
import { createLog } from '../../src/action/log.ts'
import { newDraft } from '../../src/release/draft.ts'
import type { Report } from '../../src/release/report.ts'
import { parseFileCommands } from '../../runner/file-commands.ts'
import { SAMPLES } from './summary/samples.ts'

const VARIABLES = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'] as const
const before = process.env
let folder: string
let said: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'finish-'))
  said = []
  process.env = { ...before }
  for (const name of VARIABLES) {
    process.env[name] = join(folder, name)
    writeFileSync(join(folder, name), '')
  }
})
afterEach(() => {
  process.env = before
})

function say(text: string | Error): void {
  said.push(String(text))
}

interface Finished {
  readonly passes: boolean
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
}

/** The outputs as GitHub reads them; `temp` is the runner's folder. */
async function finished(temp: string, report: Report = SAMPLES.stopped): Promise<Finished> {
  const log = createLog({
    debug: say,
    endGroup: () => undefined,
    error: say,
    info: say,
    setFailed: say,
    setSecret: () => undefined,
    startGroup: say,
    warning: say
  })
  const io = { core, env: { ...process.env, RUNNER_TEMP: temp } }
  const html = htmlOf(log, report, await loadHtml(log))
  const passes = finish(io, log, newDraft('production', 'order'), report, html)
  const read = (name: (typeof VARIABLES)[number]): string => {
    const path = join(folder, name)
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  }
  return {
    passes,
    outputs: parseFileCommands(read('GITHUB_OUTPUT')),
    summary: read('GITHUB_STEP_SUMMARY')
  }
}

it('writes the HTML report beside the JSON report, for this user alone, and says where', async () => {
  const { outputs, passes, summary } = await finished(folder)
  expect(passes).toBe(false)
  expect(summary).toContain(SAMPLES.stopped.headline.slice(0, 20))
  const [json = '', html = ''] = [outputs['report'], outputs['report-html']]
  expect(html).toBe(join(dirname(json), 'report.html'))
  expect(dirname(dirname(html))).toBe(folder)
  expect(readFileSync(html, 'utf8')).toContain(`<p class="headline">${SAMPLES.stopped.headline}`)
  expect(statSync(html).mode & 0o777).toBe(0o600)
})

it('says so where it cannot, and the job still tells how it ended', async () => {
  const { outputs } = await finished(join(folder, 'not', 'there'))
  expect(outputs).toMatchObject({ outcome: 'stopped' })
  expect(outputs).not.toHaveProperty('report-html')
  expect(existsSync(join(folder, 'not'))).toBe(false)
  expect(said[0]).toMatch(/^The report could not be written: .*ENOENT/)
  expect(said.at(-1)).toContain(SAMPLES.stopped.headline)
})

it('is a success when the outcome is good and the outputs are there, whatever else is missing', async () => {
  expect(await finished(folder, SAMPLES.released)).toMatchObject({
    passes: true,
    outputs: { outcome: 'released' }
  })
  delete process.env['GITHUB_STEP_SUMMARY']
  expect(await finished(join(folder, 'not', 'there'), SAMPLES.released)).toMatchObject({
    passes: true
  })
  expect(said.join('\n')).toContain('The job summary could not be written: GITHUB_STEP_SUMMARY')
})

it('is a failure when later steps would not find the outcome', async () => {
  process.env['GITHUB_OUTPUT'] = join(folder, 'not', 'there')
  expect(await finished(folder, SAMPLES.released)).toMatchObject({ passes: false, outputs: {} })
  expect(said.at(-1)).toMatch(/^the outputs could not be written.*released: /)
})
