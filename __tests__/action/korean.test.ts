import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, jest } from '@jest/globals'
import { ManualClock } from '../../emulator/clock.ts'
import { INPUTS } from '../../src/action/inputs/table.ts'
import { startVirtualRelease, type VirtualOptions } from '../../runner/virtual-release.ts'
import { serve } from '../verification/server.ts'
import { runMain, type MainRun } from './run-main.ts'

jest.setTimeout(120_000)

const HOUR = 3_600_000
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A release in Korean, in an account of its own, on a virtual clock. */
async function released(
  options: VirtualOptions,
  inputs: Readonly<Record<string, string>>,
  verification?: string
): Promise<MainRun> {
  const { inputs: before, ...world } = options
  const planned = await startVirtualRelease({ ...world, inputs: { 'dry-run': 'true', ...before } })
  closers.push(() => planned.close())
  await planned.advance(HOUR, planned.ended)
  const workspace = await mkdtemp(join(tmpdir(), 'korean-'))
  if (verification !== undefined) await writeFile(join(workspace, 'check.yml'), verification)
  const { demo, clock } = planned
  const ended = runMain({
    clock,
    env: { ...process.env, GITHUB_WORKSPACE: workspace },
    inputs: {
      language: 'ko',
      cluster: demo.cluster,
      service: demo.service,
      'container-name': demo.container,
      image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:2',
      'gate-function': demo.gate.name,
      ...(verification !== undefined && { verification: 'check.yml' }),
      ...inputs
    }
  })
  await planned.advance(12 * HOUR, ended)
  return ended
}

/** What a person reads in log, summary and page, without what machines gave it. */
function shown({ lines, summary, html }: MainRun): readonly string[] {
  const page = html
    .replaceAll(/<style>[\s\S]*?<\/style>|<head>[\s\S]*?<meta[^>]*>/g, ' ')
    .replaceAll(/<[^>]*>/g, '\n')
  return [...lines, ...summary.split('\n'), ...page.split('\n')]
}

/** What AWS answers stays as AWS says it: an event of ECS, an error of CodeDeploy. */
const OF_AWS = [
  /\(service orders[^)]*\)/,
  /has (?:begun draining connections on|stopped|started) \d+ [\s\S]*/,
  /(?:de)?registered \d+ targets in .*/,
  /updated state to \w+/,
  /The deployment failed because one or more of the lifecycle event validation functions failed/
]

/** Three words of English in a row, outside of code. */
function english(text: string): readonly string[] {
  const own = OF_AWS.reduce((left, said) => left.replace(said, ' '), text)
  const words = own
    .replaceAll(/`[^`]*`|<code>.*?<\/code>|https?:\/\/\S+|arn:\S+/g, ' ; ')
    .replaceAll(/&[a-z#0-9]+;/g, ' ')
    // Names such as `stop-and-rollback` are values of inputs.
    .replaceAll(/\b\w+(?:-\w+)+\b/g, ' - ')
  return words.match(/[A-Za-z][a-z']+(?: +[a-z']{2,}){2,}/g) ?? []
}

function englishIn(run: MainRun): readonly string[] {
  return [...new Set(shown(run).flatMap(english))]
}

it('a release with evidence leaves no sentence in English', async () => {
  const green = await serve((_, response) => response.end('{"id": 1}'))
  closers.push(() => green.close())
  const run = await released(
    { gateAnswers: 'Succeeded' },
    {},
    `version: 1
target: { test: "${green.origin}" }
checks: { required: true, requests: [{ path: /a }, { path: /b, expect: { status: 200 } }] }
flows: [{ name: pay, required: true, steps: [{ path: /order }, { path: /pay }] }]
`
  )
  expect(run.passes).toBe(true)
  expect(run.outputs.get('outcome')).toBe('released')
  expect(englishIn(run)).toEqual([])
})

it('a release that fails its evidence leaves none either', async () => {
  const green = await serve((_, response) => {
    response.statusCode = 500
    response.end('no')
  })
  closers.push(() => green.close())
  const run = await released(
    {},
    {},
    `version: 1
target: { test: "${green.origin}" }
checks: { required: true, requests: [{ path: /a }] }
`
  )
  expect(run.passes).toBe(false)
  expect(englishIn(run)).toEqual([])
})

it('a rejection at the gate leaves none either', async () => {
  const run = await released({ gateAnswers: 'Failed' }, {})
  expect(run.outputs.get('outcome')).toBe('rejected')
  expect(englishIn(run)).toEqual([])
})

// A language that there is not is refused in English.
const others = Object.values(INPUTS).filter(({ name }) => name !== INPUTS.language.name)

it.each(others.map(({ name }) => [name]))(
  'an input that is wrong leaves none: %s',
  async (name) => {
    const { lines } = await runMain({
      clock: new ManualClock(),
      inputs: { language: 'ko', service: 'orders', [name]: '\u0001, {[no =such' }
    })
    expect(lines.flatMap(english)).toEqual([])
  }
)

it('inputs that are wrong leave none either', async () => {
  const run = await runMain({
    clock: new ManualClock(),
    inputs: {
      language: 'ko',
      servise: 'orders',
      'wait-for': 'aproval',
      'on-cancel': 'explode',
      'wait-for-minutes': 'long',
      image: 'https://registry/orders:1',
      secrets: 'NAME',
      'run-task': 'yes',
      'run-task-tags': '[{"key": "aws:x"}, 1]'
    }
  })
  expect(run.outputs.get('outcome')).toBe('refused')
  expect(englishIn(run)).toEqual([])
})
