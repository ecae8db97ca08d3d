import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from '@jest/globals'
import { call, TEA } from './stage.ts'

const PROGRAM = fileURLToPath(new URL('../../../examples/service/server.ts', import.meta.url))

type Task = ChildProcessByStdio<null, Readable, Readable>

const tasks: Task[] = []
afterEach(() => {
  for (const task of tasks.splice(0)) task.kill('SIGKILL')
})

function start(environment: Record<string, string> = {}): Task {
  const task = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM], {
    env: { HOST: '127.0.0.1', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  tasks.push(task)
  return task
}

/** Where it listens, once it does. */
async function baseOf(task: Task): Promise<string> {
  for await (const line of createInterface({ input: task.stdout })) {
    const { message, port } = JSON.parse(line) as { message: string; port: number }
    if (message === 'listening') return `http://127.0.0.1:${port}`
  }
  throw new Error('it does not listen')
}

const exitCode = (task: Task): Promise<number | null> =>
  new Promise((resolve) => task.on('exit', (code) => resolve(code)))

/** Its exit code and what it has complained about. */
async function end(task: Task): Promise<{ code: number | null; complaint: string }> {
  const [code, complaint] = await Promise.all([exitCode(task), text(task.stderr)])
  return { code, complaint }
}

describe('the process', () => {
  it('serves without any package, and ends when asked', async () => {
    const task = start({ APP_VERSION: '7' })
    const base = await baseOf(task)
    const { headers, content } = await call(base, 'POST /orders', TEA)
    expect(headers.get('x-app-version')).toBe('7')
    expect(content).toMatchObject({ id: 'order-1', total: 700 })
    expect((await call(base, 'GET /version')).content).toMatchObject({ pid: task.pid })
    const ended = end(task)
    task.kill('SIGTERM')
    expect(await ended).toEqual({ code: 0, complaint: '' })
  })

  it('gives up at once with BUG=crash', async () => {
    expect(await end(start({ BUG: 'crash' }))).toEqual({
      code: 1,
      complaint: 'cannot reach the order database: giving up\n'
    })
  })

  it('serves until the first payment with BUG=crash-on-payment', async () => {
    const task = start({ BUG: 'crash-on-payment' })
    const base = await baseOf(task)
    await call(base, 'POST /orders', TEA)
    expect((await call(base, 'POST /orders/order-1/payment', {})).status).toBe(400)
    expect((await call(base, 'GET /health')).status).toBe(200)
    const ended = end(task)
    await expect(call(base, 'POST /orders/order-1/payment', { amount: 700 })).rejects.toThrow(
      'fetch failed'
    )
    expect(await ended).toEqual({
      code: 1,
      complaint: 'out of memory while paying: giving up\n'
    })
  })

  it('refuses settings that it does not understand', async () => {
    const { code, complaint } = await end(start({ BUG: 'payment-lots' }))
    expect(code).toBe(1)
    expect(complaint).toContain('not "payment-lots": giving up')
  })

  it('shares a file with the other tasks', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'service-'))
    try {
      const environment = { STORE_FILE: join(folder, 'orders.db') }
      const bases = await Promise.all([1, 2, 3].map(() => baseOf(start(environment))))
      const [one = '', two = '', three = ''] = bases
      const { content: created } = await call(one, 'POST /orders', TEA)
      const path = `/orders/${String(created.id)}`
      expect((await call(two, `POST ${path}/payment`, { amount: 700 })).status).toBe(200)
      expect((await call(three, `GET ${path}`)).content.status).toBe('paid')
      const credentials = { user: 'minji', password: 'tea-time' }
      const { content } = await call(one, 'POST /login', credentials)
      const authorization = `Bearer ${String(content.token)}`
      const projects = await call(two, 'GET /projects', undefined, { authorization })
      expect(projects.status).toBe(200)
      const placing = bases.flatMap((base) =>
        Array.from({ length: 10 }, () => call(base, 'POST /orders', TEA))
      )
      const ids = (await Promise.all(placing)).map(({ content }) => content.id)
      expect(new Set(ids).size).toBe(30)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('names the storage that it cannot reach', async () => {
    const { code, complaint } = await end(start({ STORE_FILE: '/nowhere/orders.db' }))
    expect(code).toBe(1)
    expect(complaint).toMatch(/^cannot use the file \/nowhere\/orders\.db: .+: giving up\n$/)
  })
})
