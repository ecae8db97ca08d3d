import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { expect, test } from '@jest/globals'
import { ROOT, stepEnvironment } from '../../runner/environment.ts'
import { parseFileCommands } from '../../runner/file-commands.ts'
import { followedOf } from '../helpers/followed.ts'

const STOPPED = pathToFileURL(join(import.meta.dirname, 'stopped.mjs')).href

/** Runs a program whose loop ends at the first thing that it waits for. */
async function stopped(
  program: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = process.env
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--import', STOPPED, join(ROOT, program), ...args], {
    cwd: ROOT,
    env
  })
  const code = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await code, output: out + err }
}

/** Of Node, for a module that still waits when nothing is left to wait for (Node.js, process, "Exit codes"). */
const UNSETTLED = 13

test.each<[string, readonly string[], number]>([
  ['demo/main.ts', [], 1],
  ['bench/main.ts', [], UNSETTLED],
  ['scripts/test.ts', [], UNSETTLED],
  ['scripts/test-long.ts', [], UNSETTLED],
  ['scripts/build.ts', [join(tmpdir(), 'never-built')], UNSETTLED],
  ['scripts/check-dist.ts', [], UNSETTLED],
  ['scripts/with-setup.mjs', ['demo/main.ts'], 1],
  ['src/gate/entries/cli.ts', ['history', '--table', 'release-gate'], 2]
])('%s fails where what it waits for never comes', async (program, args, code) => {
  const env = {
    ...process.env,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'secret'
  }
  const ended = await stopped(program, args, env)
  expect(ended).toEqual({ code, output: expect.any(String) })
})

test('the action fails with an outcome where what it waits for never comes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stopped-'))
  try {
    const inputs = { cluster: 'shop', service: 'orders', 'aws-region': 'eu-central-1' }
    const { environment, files } = await stepEnvironment({ folder, inputs })
    const main = await stopped('src/index.ts', [], environment)
    expect(main.code).toBe(1)
    expect(main.output).toContain('this process ended before the release did; run the job again.')
    const outputs = parseFileCommands(await readFile(files.output, 'utf8'))
    expect(outputs).toMatchObject({ outcome: 'refused', report: expect.stringContaining(folder) })
    expect(await readFile(files.summary, 'utf8')).toContain('this process ended before')

    const deployment = JSON.stringify({
      followed: followedOf('d-ABC'),
      onCancel: 'stop',
      roleSessionName: 'release'
    })
    const state = { isPost: 'true', deployment }
    const { environment: later } = await stepEnvironment({ folder, inputs, state })
    const post = await stopped('src/index.ts', [], later)
    expect(post.code).toBe(1)
    expect(post.output).toContain('::error::Deployment d-ABC could not be looked after')
    expect((await stopped('src/index.ts', [], { ...later, STATE_settled: 'true' })).code).toBe(0)
  } finally {
    await rm(folder, { recursive: true })
  }
})
