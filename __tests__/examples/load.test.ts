import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test } from '@jest/globals'
import { ROOT } from '../../runner/environment.ts'
import { systemClock } from '../../src/release/clock.ts'
import { parseVerification } from '../../src/verification/file/parse.ts'
import { runLoad } from '../../src/verification/load/run-load.ts'
import { describeWhereBrought, onPath } from '../helpers/needs.ts'
import { openStage, type Stage } from './service/stage.ts'

const SCRIPT = join(ROOT, 'examples/load/orders.js')

let stage: Stage | undefined
afterEach(() => stage?.close())

/** What the script uses of k6: one request after another, and checks that are counted. */
const K6 = `
const counts = {}
let within = []
export const counted = () => counts
export function check(value, checks) {
  const results = Object.entries(checks).map(([name, holds]) => {
    const path = [...within, name].join('::')
    counts[path] ??= { passes: 0, fails: 0 }
    const passed = Boolean(holds(value))
    counts[path][passed ? 'passes' : 'fails'] += 1
    return passed
  })
  return results.every(Boolean)
}
export function group(name, body) {
  within.push(name)
  body()
  within.pop()
}
export function fail(reason) { throw new Error(reason) }
export function sleep() {}
`
const HTTP = `
import { spawnSync } from 'node:child_process'
const ASK = 'const [url, given] = JSON.parse(process.argv[1]); const answer = await fetch(url, given);' +
  'console.log(JSON.stringify({ status: answer.status, body: await answer.text() }))'
function send(method, url, body, { headers = {} } = {}) {
  const given = JSON.stringify([url, { method, headers, ...(body && { body }) }])
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', ASK, given])
  const answer = JSON.parse(String(stdout))
  return { ...answer, json: (name) => JSON.parse(answer.body)[name] }
}
export default {
  get: (url, given) => send('GET', url, undefined, given),
  post: (url, body, given) => send('POST', url, body, given)
}
`
const RUN = `
globalThis.__ENV = { BASE_URL: process.argv[2] }
const { options, setup, default: iterate } = await import('./orders.js')
const { counted } = await import('k6')
const tokens = setup()
for (let user = 0; user < 2; user++) iterate(tokens)
console.log(JSON.stringify({ options, checks: counted() }))
`

interface Ran {
  readonly options: Readonly<Record<string, unknown>>
  readonly checks: Readonly<Record<string, { readonly passes: number; readonly fails: number }>>
}

/** Runs setup() once, and two iterations as two users would. */
async function runScript(settings: Record<string, string>): Promise<Ran> {
  stage = await openStage(settings)
  const folder = await mkdtemp(join(tmpdir(), 'script-'))
  try {
    const k6 = join(folder, 'node_modules/k6')
    await mkdir(k6, { recursive: true })
    await cp(SCRIPT, join(folder, 'orders.js'))
    const exports = { '.': './index.js', './http': './http.js' }
    await writeFile(join(k6, 'package.json'), JSON.stringify({ type: 'module', exports }))
    await writeFile(join(k6, 'index.js'), K6)
    await writeFile(join(k6, 'http.js'), HTTP)
    await writeFile(join(folder, 'package.json'), '{"type":"module"}')
    await writeFile(join(folder, 'run.mjs'), RUN)
    const run = promisify(execFile)
    const { stdout } = await run(process.execPath, [join(folder, 'run.mjs'), stage.url])
    return JSON.parse(stdout) as Ran
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const twice = { passes: 2, fails: 0 }

describe('examples/load/orders.js', () => {
  test('logs in, shares one token of the queue, ramps, and has thresholds and checks', async () => {
    const { options, checks } = await runScript({ QUEUE: 'shared' })
    expect(options).toMatchObject({
      scenarios: { shoppers: { executor: 'ramping-vus' } },
      thresholds: { http_req_duration: ['p(99)<500'] }
    })
    expect(checks).toEqual({
      'look around::projects are listed': twice,
      'order and pay::order is made': twice,
      'order and pay::total is right': twice,
      'order and pay::payment is taken': twice,
      'order and pay::order is paid': twice
    })
  })

  test('sees a token that only one user may use, and a payment that is lost', async () => {
    const required = await runScript({ QUEUE: 'required' })
    expect(required.checks['order and pay::order is made']).toEqual({ passes: 1, fails: 1 })
    await stage?.close()
    const lost = await runScript({ QUEUE: 'shared', BUG: 'payment-lost' })
    expect(lost.checks['order and pay::order is paid']).toEqual({ passes: 0, fails: 2 })
  })
})

const PATHS = (process.env['K6_PATH'] ?? onPath('k6') ?? '')
  .split(delimiter)
  .filter((each) => each !== '')
const MISSING = PATHS.length === 0 ? 'no k6 on the PATH, and K6_PATH is not set' : undefined

for (const k6Path of PATHS.length === 0 ? ['k6'] : PATHS)
  describeWhereBrought(MISSING, `examples/verification/load.yml with ${k6Path}`, () => {
    async function load(settings: Record<string, string>): ReturnType<typeof runLoad> {
      const path = join(ROOT, 'examples/verification/load.yml')
      const verification = await parseVerification(await readFile(path, 'utf8'), path)
      const wanted = verification.load
      if (!wanted) throw new Error('no load')
      stage = await openStage(settings)
      return runLoad({
        ...wanted,
        name: 'load',
        target: new URL(stage.url),
        script: SCRIPT,
        k6Path,
        // Shorter than the script's own stages; the thresholds of time are not what is tested.
        arguments: ['--vus', '3', '--duration', '2s', '--no-thresholds'],
        thresholds: [],
        clock: systemClock,
        signal: new AbortController().signal,
        onProgress: () => undefined
      })
    }

    test('passes a service that works, and fails one that loses payments', async () => {
      const works = await load({ QUEUE: 'shared' })
      expect(works).toMatchObject({ engine: 'k6', verdict: 'passed', failed: 0 })
      expect(works.checks.map(({ fails }) => fails)).toEqual([0, 0, 0, 0, 0])
      expect(works.script?.trends.map(({ name }) => name)).toContain('http_req_waiting')
      expect(works.script?.closing).toContain('TOTAL RESULTS')
      await stage?.close()
      const lost = await load({ QUEUE: 'shared', BUG: 'payment-lost' })
      expect(lost.verdict).toBe('failed')
      expect(lost.summary).toContain('not "order and pay::order is paid" (passed 0 of ')
    })

    test('keeps what the script logs as an error', async () => {
      const found = await load({ QUEUE: 'required' })
      expect(found.script?.errors).toEqual([
        { text: 'order failed with status 403', times: expect.any(Number) }
      ])
    })
  })
