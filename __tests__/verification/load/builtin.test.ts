import { afterEach, describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import { systemClock } from '../../../src/release/clock.ts'
import { isMapping, type Mapping } from '../../../src/documents/mapping.ts'
import {
  AUTOCANNON_VERSION,
  runBuiltin,
  type BuiltinOptions,
  type BuiltinRun
} from '../../../src/verification/load/builtin.ts'
import type { Figures } from '../../../src/verification/load/figures.ts'
import { endless } from './endless.ts'
import { serve, type TestServer } from './server.ts'

let server: TestServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

async function load(
  handle: (...given: [...Parameters<RequestListener>, number]) => void,
  further: Partial<BuiltinOptions> = {}
): Promise<BuiltinRun> {
  server = await serve(handle)
  return runBuiltin({
    target: server.url,
    connections: 4,
    seconds: 1,
    requests: [],
    clock: systemClock,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...further
  })
}

function figuresOf(run: BuiltinRun): Figures {
  if (run.kind === 'failed') throw new Error(run.reason)
  return run.figures
}

/** Of the class that a file of CommonJS exports. */
function prototypeOf(path: string): Mapping {
  const found: unknown = createRequire(import.meta.url)(path)
  const prototype: unknown = typeof found === 'function' ? found.prototype : undefined
  if (!isMapping(prototype)) throw new Error(`${path} exports no class`)
  return prototype
}

describe('runBuiltin', () => {
  it('is of the version that it says', () => {
    const path = createRequire(import.meta.url).resolve('autocannon/package.json')
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ version: AUTOCANNON_VERSION })
  })

  it('counts what fails, and measures what takes its time', async () => {
    const run = await load((_, response, count) => {
      response.statusCode = count % 10 === 0 ? 500 : 200
      setTimeout(() => response.end('ok'), count % 20 === 0 ? 60 : 10)
    })
    expect(run).toMatchObject({ kind: 'measured', interrupted: false, hopeless: undefined })
    const { requests, rate, failureRate, latency } = figuresOf(run)
    expect(failureRate).toBeGreaterThan(0.07)
    expect(failureRate).toBeLessThan(0.13)
    expect(requests).toBeGreaterThan(50)
    expect(requests).toBeLessThanOrEqual(server?.served() ?? 0)
    expect(rate).toBeGreaterThan(requests / 3)
    expect(rate).toBeLessThan(requests * 1.1)
    expect(latency?.min).toBeGreaterThan(8)
    expect(latency?.med).toBeLessThan(50)
    expect(latency?.p99).toBeGreaterThan(55)
  })

  it('takes redirects for answers and 404 for a failure', async () => {
    const run = await load((_, response, count) => {
      response.writeHead(count % 2 === 0 ? 302 : 404, { location: '/away' }).end()
    })
    expect(figuresOf(run).failureRate).toBeCloseTo(0.5, 1)
  })

  it('counts connections that are closed without an answer, and measures right after them', async () => {
    const run = await load((request, response, count) => {
      if (count % 10 === 0) request.socket.destroy()
      else setTimeout(() => response.end('ok'), 5)
    })
    const { failureRate, latency } = figuresOf(run)
    expect(failureRate).toBeGreaterThan(0.07)
    expect(failureRate).toBeLessThan(0.13)
    expect(latency?.med).toBeLessThan(40)
  })

  it('does not hold it against a server that it closes its connections', async () => {
    const run = await load((_, response) => {
      response.setHeader('connection', 'close').end('ok')
    })
    expect(figuresOf(run)).toMatchObject({ failureRate: 0 })
    expect(figuresOf(run).latency?.med).toBeLessThan(40)
  })

  it('takes a server that never answers for one that fails', async () => {
    const run = await load(() => undefined)
    expect(figuresOf(run)).toMatchObject({ latency: undefined, requests: 4, failureRate: 1 })
  })

  it('gives up where nobody listens', async () => {
    const gone = await serve(() => undefined)
    await gone.close()
    const startedAt = Date.now()
    const run = await load(() => undefined, { target: gone.url, seconds: 30 })
    expect(Date.now() - startedAt).toBeLessThan(10_000)
    expect(run).toMatchObject({
      kind: 'measured',
      figures: { latency: undefined, failureRate: 1 },
      hopeless: expect.stringMatching(/^1,000 requests in a row had no answer \(.*ECONNREFUSED/)
    })
  })

  it('sends the requests in turn, from the path of the target on', async () => {
    const seen = new Set<string>()
    const target = (): URL => new URL('shop/', server?.url)
    server = await serve((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        const { method, url, headers } = request
        const one = [method, url, headers.host === target().host, headers['x-test'], body]
        seen.add(JSON.stringify([...one, headers['user-agent']]))
        response.end()
      })
    })
    await runBuiltin({
      target: target(),
      connections: 2,
      seconds: 0.3,
      requests: [
        { method: 'GET', path: '/items?page=2' },
        { method: 'POST', path: '/cart', headers: { 'x-test': 'yes' }, body: '{"ü":1}' }
      ],
      clock: systemClock,
      signal: new AbortController().signal,
      onProgress: () => undefined
    })
    expect([...seen].toSorted()).toEqual([
      '["GET","/shop/items?page=2",true,null,"","ecs-gated-deploy"]',
      '["POST","/shop/cart",true,"yes","{\\"ü\\":1}","ecs-gated-deploy"]'
    ])
  })

  it('stops when it is told to', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 300)
    const startedAt = Date.now()
    const run = await load((_, response) => response.end(), {
      seconds: 30,
      signal: controller.signal
    })
    expect(Date.now() - startedAt).toBeLessThan(5_000)
    expect(run).toMatchObject({ kind: 'measured', interrupted: true })
    expect(figuresOf(run).requests).toBeGreaterThan(0)
  })

  it('keeps nothing of a body that does not end', async () => {
    const controller = new AbortController()
    const before = process.memoryUsage.rss()
    let most = before
    // Fewer than a string can hold, so that a body that is kept is seen and does not end the tests.
    const body = endless(400e6, () => {
      most = Math.max(most, process.memoryUsage.rss())
      if (body.written() >= 400e6) controller.abort()
    })
    const startedAt = Date.now()
    const run = await load((_, response) => body.into(response), {
      connections: 1,
      seconds: 60,
      signal: controller.signal
    })
    expect(Date.now() - startedAt).toBeLessThan(60_000)
    expect(run).toMatchObject({ kind: 'measured', interrupted: true, figures: { requests: 1 } })
    expect(body.written()).toBeGreaterThanOrEqual(400e6)
    expect((most - before) / 1e6).toBeLessThan(200)
  }, 90_000)

  it('keeps little of a header that does not end, and counts it as no answer', async () => {
    const before = process.memoryUsage.rss()
    let most = before
    const header = endless(400e6, () => (most = Math.max(most, process.memoryUsage.rss())))
    const run = await load(({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\nx-long: ')
      header.into(socket)
    })
    expect(figuresOf(run)).toMatchObject({ failureRate: 1, latency: undefined })
    expect(figuresOf(run).requests).toBeGreaterThan(1)
    expect((most - before) / 1e6).toBeLessThan(200)
  })

  it('sends nothing with an autocannon that may keep the bodies', async () => {
    const queue = prototypeOf('autocannon/lib/pipelinedRequestsQueue.js')
    const { addBody } = queue
    Reflect.deleteProperty(queue, 'addBody')
    try {
      const run = await load((_, response) => response.end())
      expect(run).toEqual({
        kind: 'failed',
        reason: expect.stringMatching(/^this autocannon keeps answers elsewhere/)
      })
      expect(server?.served()).toBe(0)
    } finally {
      Object.assign(queue, { addBody })
    }
  })

  it('says how far it is', async () => {
    const said: string[] = []
    await load((_, response) => response.end(), { onProgress: (text) => said.push(text) })
    expect(said).toEqual([expect.stringMatching(/^\d s: [\d,]+ requests, 0 failed$/)])
  })

  it.each([
    [{ connections: 0 }, 'connections: found 0, wanted a whole number of at least 1'],
    [{ connections: 1.5 }, 'connections: found 1.5, wanted'],
    [{ seconds: 0 }, 'seconds: found 0, wanted more than 0'],
    [{ seconds: Number.NaN }, 'seconds: found NaN, wanted'],
    [
      { requests: [{ method: 'BREW', path: '/' }] },
      'requests[0].method: found "BREW", accepted: GET'
    ],
    [{ requests: [{ method: 'GET', path: 'items' }] }, 'requests[0].path: found "items", wanted'],
    [
      { requests: [{ method: 'GET', path: '/ HTTP/1.1\r\nx: y' }] },
      'requests[0].path: found "/ HTTP/1.1\\r\\nx: y", wanted'
    ],
    [
      { requests: [{ method: 'GET', path: '/', headers: { 'x-a': 'b\r\nx: y' } }] },
      'requests[0].headers: "x-a" is no valid header'
    ],
    [
      { requests: [{ method: 'GET', path: '/', headers: { 'x a': 'b' } }] },
      'requests[0].headers: "x a" is no valid header'
    ]
  ])('refuses %j', async (options, reason) => {
    const run = await load((_, response) => response.end(), options)
    expect(run).toEqual({ kind: 'failed', reason: expect.stringContaining(reason) })
    expect(server?.served()).toBe(0)
  })
})

describe('a green that switches to another protocol', () => {
  it('ends where every answer switches to another protocol', async () => {
    const run = await load((request) => {
      request.socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n'
      )
    })
    expect(figuresOf(run).failureRate).toBe(1)
  })
})
