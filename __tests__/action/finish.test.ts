import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as core from '@actions/core'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { finish } from '../../src/action/finish.ts'
import type { Io } from '../../src/action/io.ts'
import { createLog } from '../../src/action/log.ts'
import { newDraft } from '../../src/release/draft.ts'
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

/** The outputs as GitHub reads them; `temp` is the runner's folder. */
async function finished(temp: string): Promise<Readonly<Record<string, string>>> {
  const io: Io = {
    core,
    env: { RUNNER_TEMP: temp },
    clock: { now: () => 0, sleep: () => Promise.resolve() },
    random: () => 0,
    cancelled: new AbortController().signal
  }
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
  await finish(io, log, newDraft('production', 'order'), SAMPLES.stopped)
  return parseFileCommands(readFileSync(join(folder, 'GITHUB_OUTPUT'), 'utf8'))
}

it('writes the HTML report beside the JSON report, for this user alone, and says where', async () => {
  const outputs = await finished(folder)
  const [json = '', html = ''] = [outputs['report'], outputs['report-html']]
  expect(html).toBe(join(dirname(json), 'report.html'))
  expect(dirname(dirname(html))).toBe(folder)
  expect(readFileSync(html, 'utf8')).toContain(`<p class="headline">${SAMPLES.stopped.headline}`)
  expect(statSync(html).mode & 0o777).toBe(0o600)
})

it('says so where it cannot, and the job still tells how it ended', async () => {
  const outputs = await finished(join(folder, 'not', 'there'))
  expect(outputs).toMatchObject({ outcome: 'stopped' })
  expect(outputs).not.toHaveProperty('report-html')
  expect(existsSync(join(folder, 'not'))).toBe(false)
  expect(said[0]).toMatch(/^The report could not be written: .*ENOENT/)
  expect(said.at(-1)).toContain(SAMPLES.stopped.headline)
})
