import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as core from '@actions/core'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { startVirtualRelease } from '../../runner/virtual-release.ts'
import type { VirtualRelease } from '../../runner/virtual-release.ts'
import { variableOf } from '../../src/action/inputs/parse.ts'
import type { Io } from '../../src/action/io.ts'
import { main } from '../../src/action/main.ts'
import { endingOfError } from '../../src/action/run-release.ts'
import { readPostState } from '../../src/action/state.ts'
import { newDraft } from '../../src/release/draft.ts'

const HOUR = 3_600_000

let folder: string
let world: VirtualRelease
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'one-off-'))
  world = await startVirtualRelease({ inputs: { 'dry-run': 'true' }, gateAnswers: 'Succeeded' })
  await world.advance(HOUR, world.ended)
})
afterEach(async () => {
  await world.close()
  await rm(folder, { recursive: true, force: true })
})

/** The main phase, with what it has told the runner. */
function begin(command: readonly string[]) {
  const { demo, clock } = world
  const inputs: Record<string, string> = {
    service: demo.service,
    cluster: demo.cluster,
    'container-name': demo.container,
    image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:2',
    'gate-function': demo.gate.name,
    'run-task': 'true',
    'run-task-subnets': 'subnet-1',
    'run-task-container-overrides': JSON.stringify([{ name: demo.container, command }])
  }
  const outputs = new Map<string, unknown>()
  const state = new Map<string, string>()
  const failures: string[] = []
  const cancel = new AbortController()
  let atExit = (): void => undefined
  const io: Io = {
    core: {
      ...core,
      info: () => undefined,
      debug: () => undefined,
      warning: () => undefined,
      startGroup: () => undefined,
      endGroup: () => undefined,
      setSecret: () => undefined,
      setFailed: (message) => void failures.push(String(message)),
      setOutput: (name, value) => void outputs.set(name, value),
      getState: (name) => state.get(name) ?? '',
      saveState: (name, value) => void state.set(name, String(value))
    },
    env: {
      ...process.env,
      RUNNER_TEMP: folder,
      GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
      ...Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [variableOf(name), value])
      )
    },
    clock,
    random: Math.random,
    cancelled: cancel.signal,
    atExit: (act) => {
      atExit = act
      return () => undefined
    }
  }
  const ended = main(io)
  const post = () =>
    readPostState({ getState: (name) => state.get(name) ?? '', saveState: () => undefined })
  return { outputs, failures, cancel, ended, post, exit: () => atExit() }
}

describe('the main phase of a release with a one-off task', () => {
  it('writes its ARN and the state for the post phase while it runs, and forgets it at its end', async () => {
    const run = begin(['migrate'])
    await world.advance(12_000)
    const arns = String(run.outputs.get('run-task-arn'))
    expect(JSON.parse(arns)).toEqual([expect.stringMatching(/^arn:aws:ecs:.*:task\/shop\//)])
    expect(run.outputs.get('task-definition-arn')).toMatch(/orders:2$/)
    expect(run.post().oneOffTask).toMatchObject({
      taskArn: (JSON.parse(arns) as string[])[0],
      cluster: world.demo.cluster,
      onCancel: 'stop-and-rollback'
    })
    await world.advance(HOUR, run.ended)
    expect(await run.ended).toBe(true)
    expect(run.post()).toMatchObject({ oneOffTask: undefined, settled: true })
    expect(run.outputs.get('outcome')).toBe('released')
    expect(run.outputs.get('run-task-arn')).toBe(arns)
    const summary = await readFile(join(folder, 'summary.md'), 'utf8')
    expect(summary).toMatch(/<b>One-off task<\/b><\/summary>\n\n.*succeeded/)
  })

  it('fails the job if the task fails, and deploys nothing', async () => {
    const run = begin(['migrate', 'nowhere'])
    await world.advance(HOUR, run.ended)
    expect(await run.ended).toBe(false)
    expect(run.failures).toEqual([
      expect.stringMatching(/^failed: The one-off task .* exit code 1; nothing was deployed\.$/)
    ])
    expect(run.outputs.get('deployment-id')).toBeUndefined()
    const report: unknown = JSON.parse(await readFile(String(run.outputs.get('report')), 'utf8'))
    expect(report).toMatchObject({
      outcome: 'failed',
      deployment: null,
      oneOffTask: {
        status: 'STOPPED',
        failure: 'container app ended with exit code 1',
        containers: [{ name: 'app', exitCode: 1 }]
      }
    })
    expect(report).toMatchObject({
      checklist: expect.arrayContaining([
        {
          what: 'shift',
          state: 'skipped',
          detail: 'the release did not come to that'
        }
      ])
    })
  })

  it('leaves the task to the post phase if the process exits while it runs', async () => {
    const run = begin([])
    await world.advance(60_000)
    run.exit()
    expect(run.outputs.get('outcome')).toBe('unknown')
    expect(run.failures).toEqual([
      expect.stringMatching(
        /^unknown: .*the one-off task [0-9a-f]+ may go on; nothing was deployed/
      )
    ])
    expect(run.post()).toMatchObject({
      settled: false,
      oneOffTask: { onCancel: 'stop-and-rollback' }
    })
    run.cancel.abort()
    await world.advance(HOUR, run.ended)
  })
})

it('a release that breaks off leaves an HTML report too', async () => {
  const run = begin(['migrate'])
  for (let seconds = 0; !run.outputs.has('deployment-id') && seconds < 600; seconds++) {
    await world.advance(1_000)
  }
  await world.advance(1_000)
  run.exit()
  expect(run.outputs.get('outcome')).toBe('unknown')
  const html = await readFile(String(run.outputs.get('report-html')), 'utf8')
  expect(html).toContain(String(run.outputs.get('deployment-id')))
  expect(html).toContain('this process ended before the release did')
  run.cancel.abort()
  await world.advance(HOUR, run.ended)
})

it('an error before RunTask has answered is no refusal, because a task may run', () => {
  const draft = newDraft('shop', 'orders')
  const signal = new AbortController().signal
  expect(endingOfError(new Error('x'), draft, signal).outcome).toBe('refused')
  draft.timeline.push({ kind: 'phase', at: 0, name: 'one-off-task' })
  expect(endingOfError(new Error('x'), draft, signal)).toMatchObject({
    outcome: 'unknown',
    sentence: 'x; the one-off task may go on; nothing was deployed'
  })
})
