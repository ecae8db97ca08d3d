import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { request } from 'node:http'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ScaledClock } from '../../../emulator/clock.ts'
import { ProcessRuntime } from '../../../emulator/dataplane/process-runtime.ts'
import type { Endpoint, TaskSpec } from '../../../emulator/dataplane/runtime.ts'

let runtime: ProcessRuntime
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runtime-'))
  runtime = new ProcessRuntime(new ScaledClock())
})
afterEach(async () => {
  await runtime.close()
  rmSync(folder, { recursive: true })
})

const task = (change: Partial<TaskSpec> = {}): TaskSpec => ({
  containerName: 'app',
  image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:7',
  sidecarImages: [],
  environment: {},
  stopTimeoutSeconds: 30,
  ...change
})

const urlOf = ({ host, port }: Endpoint): string => `http://${host}:${port}`

describe('a task', () => {
  it('is a process that reports its image tag as its version and ends when asked', async () => {
    const running = runtime.start(task())
    const endpoint = await running.started
    const answer = await fetch(`${urlOf(endpoint)}/version`)
    expect(await answer.json()).toMatchObject({ version: '7' })
    expect(await runtime.probe(endpoint, '/health', 1000)).toBe(200)
    running.stop()
    expect(await running.exited).toMatchObject({ exitCode: 0 })
    expect(await runtime.probe(endpoint, '/health', 1000)).toBe('refused')
  })

  it('finishes an open request before it ends', async () => {
    const running = runtime.start(task())
    const { host, port } = await running.started
    const open = request({ host, port, path: '/orders', method: 'POST' })
    const answered = new Promise<number | undefined>((resolve, reject) => {
      open.on('error', reject).on('response', (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
    })
    open.write('{"items":[{"name":"tea",')
    await fetch(`${urlOf({ host, port })}/health`)
    running.stop()
    await expect(fetchRefused({ host, port })).resolves.toBe(true)
    open.end('"price":350,"quantity":2}]}')
    expect(await answered).toBe(201)
    expect(await running.exited).toMatchObject({ exitCode: 0 })
  })

  it('fails its health checks or dies as its environment says', async () => {
    const unhealthy = await runtime.start(task({ environment: { BUG: 'unhealthy' } })).started
    expect(await runtime.probe(unhealthy, '/health', 1000)).toBe(500)
    const crashing = runtime.start(task({ environment: { BUG: 'crash' } }))
    expect(await crashing.exited).toEqual({
      exitCode: 1,
      output: 'cannot reach the order database: giving up'
    })
  })

  it.each([
    [{ image: 'orders:missing' }, 'orders:missing'],
    [{ sidecarImages: ['proxy:missing-2'] }, 'proxy:missing-2']
  ])('never starts when an image cannot be pulled: %j', async (change, image) => {
    await expect(runtime.start(task(change)).started).rejects.toMatchObject({
      name: 'CannotStart',
      message: expect.stringContaining(`${image}: not found`)
    })
  })
})

describe('a program of its own', () => {
  const program = (source: string): ProcessRuntime => {
    const path = join(folder, 'program.mjs')
    writeFileSync(path, source)
    // Its stop timeout of 30 s passes at once; the least a real process gets stays real.
    return new ProcessRuntime(new ScaledClock(1000), path)
  }
  const LISTENING = `console.log(JSON.stringify({ message: 'listening', port: 1 }))`

  it('is killed when it does not listen to SIGTERM', async () => {
    const deaf = program(
      `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); ${LISTENING}`
    )
    const running = deaf.start(task())
    await running.started
    running.stop()
    expect((await running.exited).exitCode).toBe(128 + 9)
    await deaf.close()
  })

  it('sees what its task definition gives it and nothing of this machine', async () => {
    const speaking = program(`console.log(Object.keys(process.env).sort().join()); ${LISTENING}`)
    const { exited } = speaking.start(task({ environment: { STAGE: 'test' } }))
    const { output } = await exited
    expect(output.split('\n')[0]).toBe('APP_VERSION,HOST,PORT,STAGE')
    await speaking.close()
  })

  it('does not outlive the emulator', async () => {
    const staying = program(`setInterval(() => {}, 1000); ${LISTENING}`)
    const { started, exited } = staying.start(task())
    await started
    await staying.close()
    expect((await exited).exitCode).toBe(128 + 9)
  })
})

describe('a health check', () => {
  it('times out', async () => {
    const endpoint = await runtime.start(task({ environment: { BUG: 'slow', SLOW_MS: '5000' } }))
      .started
    expect(await runtime.probe(endpoint, '/orders', 100)).toBe('timeout')
  })
})

/** Whether new connections are refused, once they are: the signal takes a moment to arrive. */
async function fetchRefused(endpoint: Endpoint): Promise<boolean> {
  for (let attempt = 0; attempt < 500; attempt++) {
    if ((await runtime.probe(endpoint, '/health', 1000)) === 'refused') return true
  }
  return false
}
