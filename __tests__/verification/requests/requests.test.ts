import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { ManualClock } from '../../../emulator/clock.ts'
import type { Evidence } from '../../../src/release/evidence.ts'
import { parseVerification } from '../../../src/verification/file/parse.ts'
import { announced } from '../../../src/verification/file/announced.ts'
import { verify } from '../../../src/verification/verify.ts'
import { serve, type Served } from '../server.ts'

let served: Served
let clock: ManualClock
let asked: string[]
const held = new Map<string, string>()

/** A shop: a queue token is needed to order, and what was ordered can be paid and read back. */
async function shop(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString()
  const call = `${request.method} ${request.url}`
  asked.push(call)
  const json = (status: number, value: unknown, headers = {}): void =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(value))
  switch (call) {
    case 'GET /health':
      return json(200, { status: 'ok', checks: [{ name: 'db', up: true }] })
    case 'GET /flaky':
      return json(asked.filter((one) => one === call).length < 3 ? 503 : 200, {})
    case 'GET /deep':
      return void response
        .writeHead(200)
        .end(`{"secret":${'['.repeat(500)}{"id":7}${']'.repeat(500)}}`)
    case 'GET /text':
      return void response.writeHead(200).end('hello world')
    case 'POST /queue':
      return json(200, {}, { 'x-queue-token': 'q"1' })
    case 'POST /orders':
      held.set('order 7', text)
      return json(201, { id: 'order 7', echo: request.headers['x-queue-token'] })
    case 'POST /orders/order%207/payment':
      return json(200, { paid: true })
    case 'GET /orders/order%207':
      return json(200, JSON.parse(held.get('order 7') ?? '{}'))
    default:
      return json(404, { error: 'secret-in-a-body' })
  }
}

beforeAll(async () => {
  served = await serve((request, response) => void shop(request, response))
})
afterAll(() => served.close())
beforeEach(() => {
  clock = new ManualClock()
  asked = []
  held.clear()
})

async function run(
  file: string,
  more: { target?: string | undefined; env?: Record<string, string>; signal?: AbortSignal } = {}
): Promise<Evidence[]> {
  const found: Evidence[] = []
  const verification = await parseVerification(`version: 1\n${file}`, 'v.yml')
  const done = verify({
    verification,
    target: served.origin,
    env: {},
    workspace: '/nowhere',
    k6Path: undefined,
    onProgress: () => undefined,
    clock,
    monotonic: () => performance.now(),
    signal: new AbortController().signal,
    onEvidence: (evidence) => Promise.resolve(void found.push(evidence)),
    ...more
  })
  // Pauses between attempts are on the clock that we move.
  const ended = done.then(() => 'ended' as const)
  const tick = (): Promise<'tick'> => new Promise((resolve) => setTimeout(() => resolve('tick'), 2))
  while ((await Promise.race([ended, tick()])) === 'tick') await clock.advance(1_000)
  await done
  expect(found.map(({ name, required }) => ({ name, required }))).toEqual(announced(verification))
  return found
}

const checks = (requests: string, required = true): string =>
  `checks:\n  required: ${required}\n  requests:\n${requests.replace(/^/gm, '    ')}`

async function rowOf(request: string): Promise<object | undefined> {
  const [evidence] = await run(checks(`- ${request}`))
  if (evidence?.section !== 'checks') throw new Error('no checks')
  return evidence.rows[0]
}

describe('checks', () => {
  test('are a routing table in the order of the file', async () => {
    const [evidence] = await run(
      checks(`- { name: health, path: /health }
- { name: gone, path: /gone, expect: { status: [404, 410] } }
- { path: /text, expect: { body: { contains: world } } }
- { path: /text, expect: { body: hello world } }
- { path: /health }
- { path: /health }`)
    )
    expect(evidence).toMatchObject({
      section: 'checks',
      required: true,
      verdict: 'passed',
      summary: expect.stringMatching(/^6 of 6 routes answer, the slowest in \d+ ms$/),
      rows: [
        { name: 'health', path: '/health', status: 200, ms: expect.any(Number), verdict: 'passed' },
        { name: 'gone', status: 404, verdict: 'passed' },
        ...[1, 2, 3, 4].map(() => ({ verdict: 'passed', problems: [] }))
      ]
    })
  })

  test.each([
    ['path: /gone', ['status 404, wanted 200']],
    ['{ path: /gone, expect: { status: [200, 204] } }', ['status 404, wanted 200 or 204']],
    [
      '{ path: /text, expect: { headers: { content-type: x }, body: x } }',
      ['header content-type is missing', 'the body does not equal "x"']
    ],
    [
      '{ path: /health, expect: { headers: { content-type: { contains: xml } } } }',
      ['header content-type does not contain "xml"']
    ],
    ['{ path: /text, expect: { json: { $.a: 1 } } }', ['the body is not JSON']],
    [
      '{ path: /health, expect: { json: { $.status: down, $.none: { exists: true }, $.checks: { exists: false } } } }',
      ['$.status does not equal "down"', '$.none is missing', '$.checks is there']
    ],
    [
      '{ path: /health, expect: { json: { $.status: { contains: x }, "$.checks[*].name": { contains: x } } } }',
      ['$.status does not contain "x"', '$.checks[*].name does not contain "x"']
    ],
    // A path that cannot be evaluated has found nothing out, so nothing is absent.
    [
      '{ path: /deep, expect: { json: { $..id: { exists: false }, $..name: 7 } } }',
      [
        '$..id cannot be evaluated: the answer is nested too deeply',
        '$..name cannot be evaluated: the answer is nested too deeply'
      ]
    ]
  ])('%s', async (request, problems) => {
    expect(await rowOf(request)).toMatchObject({ verdict: 'failed', problems })
  })

  test.each([
    '{ path: /health, expect: { json: { $.status: ok, "$.checks[?@.up].name": db } } }',
    '{ path: /health, expect: { json: { $.checks: { equals: [{ name: db, up: true }] } } } }',
    '{ path: /health, expect: { json: { $.checks: { contains: { name: db, up: true } } } } }',
    '{ path: /health, expect: { json: { "$.checks[0]": { contains: { up: true } } } } }',
    '{ path: /health, expect: { within: 10 s } }'
  ])('%s holds', async (request) => {
    expect(await rowOf(request)).toMatchObject({ verdict: 'passed', problems: [] })
  })

  test('are repeated as often as the file says', async () => {
    expect(await rowOf('{ path: /flaky, retries: 1 }')).toMatchObject({
      verdict: 'failed',
      attempts: 2
    })
    asked = []
    expect(await rowOf('{ path: /flaky, retries: 5 }')).toMatchObject({
      verdict: 'passed',
      attempts: 3
    })
  })

  test('that are too slow have failed, though all else is well', async () => {
    const slow = await serve((_, response) => void setTimeout(() => response.end('{}'), 30))
    try {
      const [evidence] = await run(checks('- { path: /, expect: { within: 1 ms } }'), {
        target: slow.origin
      })
      expect(JSON.stringify(evidence)).toMatch(/took \d+ ms, wanted at most 1 ms/)
    } finally {
      await slow.close()
    }
  })

  test('say what fails first, and how many more', async () => {
    const [evidence] = await run(checks('- path: /a\n- path: /b\n- path: /health', false))
    expect(evidence).toMatchObject({
      required: false,
      verdict: 'failed',
      summary: '2 of 3 routes fail: GET /a: status 404, wanted 200, and 1 more'
    })
    // A body may hold what nobody should see.
    expect(JSON.stringify(evidence)).not.toContain('secret-in-a-body')
  })
})

const ORDER = `flows:
  - name: order and pay
    required: true
    steps:
      - name: queue
        method: POST
        path: /queue
        save: { queue: "header:X-Queue-Token" }
      - name: order
        method: POST
        path: /orders
        headers: { x-queue-token: "{{queue}}" }
        body: { queue: "{{queue}}", pin: "{{env.PIN}}" }
        expect: { status: 201, json: { $.echo: 'q"1' } }
        save: { order: $.id }
      - name: pay
        method: POST
        path: "/orders/{{order}}/payment"
      - name: read back
        path: "/orders/{{order}}"
        expect: { json: { $.queue: 'q"1', $.pin: "{{env.PIN}}" } }
`

describe('flows', () => {
  test('carry values from one answer to the requests after it', async () => {
    const file = ORDER.replace('$.pin: "{{env.PIN}}"', '$.pin: { contains: "4" }')
    const [evidence] = await run(`env: [PIN]\n${file}`, { env: { PIN: '0"4', OTHER: 'x' } })
    expect(evidence).toMatchObject({
      section: 'flow',
      name: 'order and pay',
      verdict: 'passed',
      summary: expect.stringMatching(/^4 steps in \d+ ms$/),
      steps: ['queue', 'order', 'pay', 'read back'].map((name) => ({ name, verdict: 'passed' }))
    })
    expect(JSON.parse(held.get('order 7') ?? '')).toEqual({ queue: 'q"1', pin: '0"4' })
    // Neither saved values nor the environment are shown.
    expect(JSON.stringify(evidence)).not.toMatch(/q\\"1|0\\"4/)
  })

  test('end at the first failure; what follows is skipped, not asked', async () => {
    const [evidence] = await run(`env: [PIN]\n${ORDER.replace('status: 201', 'status: 200')}`, {
      env: { PIN: '1' }
    })
    expect(evidence).toMatchObject({
      verdict: 'failed',
      summary: 'fails at order: status 201, wanted 200',
      steps: [
        { verdict: 'passed' },
        { verdict: 'failed' },
        { verdict: 'skipped', attempts: 0, status: undefined },
        { verdict: 'skipped' }
      ]
    })
    expect(asked).toEqual(['POST /queue', 'POST /orders'])
  })

  test('fail where a value is not to be had', async () => {
    const [evidence] = await run(`env: [PIN]\n${ORDER}`)
    expect(evidence).toMatchObject({
      summary: 'fails at order: a value that it needs is not there'
    })
    const [other] = await run(`env: [PIN]\n${ORDER.replace('$.id', '$.number')}`, {
      env: { PIN: '1' }
    })
    expect(other).toMatchObject({ summary: 'fails at order: nothing to save as order' })
    const [deep] = await run(`flows:
  - name: look
    required: true
    steps:
      - { path: /deep, name: look, save: { order: $..id } }`)
    expect(deep).toMatchObject({
      verdict: 'failed',
      summary: 'fails at look: order: $..id cannot be evaluated: the answer is nested too deeply'
    })
  })
})

describe('verifying', () => {
  test('without a target: every piece is unknown, none is left out', async () => {
    const file = `${checks('- path: /health')}\n${ORDER.replace('"{{env.PIN}}"', 'x').replace(', $.pin: "{{env.PIN}}"', '')}`
    const found = await run(file, { target: undefined })
    expect(found).toMatchObject([
      { name: 'checks', required: true, verdict: 'unknown' },
      { name: 'order and pay', required: true, verdict: 'unknown' }
    ])
  })

  test("against the file's own target, where it names one", async () => {
    const file = `target: { test: "${served.origin}" }\n${checks('- path: /health')}`
    expect(await run(file, { target: 'http://127.0.0.1:9' })).toMatchObject([{ verdict: 'passed' }])
  })

  test('interrupted: ends at once, and nothing has passed', async () => {
    const stop = new AbortController()
    stop.abort()
    const [evidence] = await run(checks('- { path: /health, retries: 20 }'), {
      signal: stop.signal
    })
    expect(evidence).toMatchObject({ verdict: 'failed', rows: [{ attempts: 1 }] })
  })
})

describe('a load', () => {
  test('is put on green last, and judged by what was measured', async () => {
    const file = `env: [PIN]
load:
  required: true
  connections: 2
  duration: 1 s
  requests: [{ path: "/health?{{env.PIN}}" }]
  thresholds: [p99 < 5 s, failure-rate < 1 %]
${checks('- path: /health')}`
    const found = await run(file, { env: { PIN: '7' } })
    expect(found).toMatchObject([
      { section: 'checks' },
      {
        section: 'load',
        engine: 'autocannon',
        // This shop has no such page.
        verdict: 'failed',
        failureRate: 1
      }
    ])
    expect(asked).toContain('GET /health?7')
  }, 20_000)

  test('is not put on an address that no request may go to', async () => {
    const [evidence] = await run(
      `load: { required: true, thresholds: [max < 1 s], requests: [{ path: / }] }`,
      { target: 'http://169.254.169.254' }
    )
    expect(evidence).toMatchObject({
      name: 'load',
      verdict: 'unknown',
      summary: '169.254.169.254 is at 169.254.169.254, where no request may go'
    })
  })

  test('is not put without a value that its requests need', async () => {
    const [evidence] = await run(`env: [PIN]
load: { required: true, thresholds: [max < 1 s], requests: [{ path: "/{{env.PIN}}" }] }`)
    expect(evidence).toMatchObject({
      verdict: 'unknown',
      summary: 'a value that its requests need is not there'
    })
  })
})
