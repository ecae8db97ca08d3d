import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { systemClock } from '../../../src/release/clock.ts'
import { runLoad, type LoadOptions } from '../../../src/verification/load/run-load.ts'
import { parseThresholds } from '../../../src/verification/load/thresholds.ts'
import { fakeK6, type FakeK6 } from './fake-k6.ts'
import { smallSummary } from './fixture.ts'
import { serve, type TestServer } from './server.ts'

/** Of k6's figures, which are given. */
const THRESHOLDS = ['p99 < 500 ms', 'failure-rate < 1 %', 'rate > 50 /s']
/** Of what is really sent here: no machine is too slow for its times. */
const PATIENT = ['p99 < 60 s', 'failure-rate < 1 %', 'rate > 0.1 /s']

let server: TestServer
const fakes: FakeK6[] = []
beforeEach(async () => {
  server = await serve((_, response) => response.end('ok'))
})
afterEach(async () => {
  await server.close()
  await Promise.all(fakes.splice(0).map((fake) => fake.remove()))
})

function options(further: Partial<LoadOptions> = {}): LoadOptions {
  return {
    name: 'checkout under load',
    required: true,
    target: server.url,
    thresholds: parseThresholds(THRESHOLDS, 'thresholds'),
    builtin: { connections: 4, seconds: 0.5, requests: [] },
    clock: systemClock,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...further
  }
}

async function withFake(
  behaviour: string,
  metrics: Readonly<Record<string, unknown>> = {}
): Promise<Partial<LoadOptions>> {
  const fake = await fakeK6(smallSummary(metrics))
  fakes.push(fake)
  return { script: await fake.script(behaviour), k6Path: fake.path, env: fake.env }
}

describe('runLoad', () => {
  it('is evidence by k6', async () => {
    const evidence = await runLoad(options(await withFake('exit-0')))
    expect(evidence).toMatchObject({
      section: 'load',
      name: 'checkout under load',
      required: true,
      verdict: 'passed',
      summary: 'k6 1.3.0: p99 312 ms, 2 of 12,345 requests failed (0.02 %), 3 of 3 thresholds hold',
      engine: 'k6',
      engineVersion: '1.3.0',
      requests: 12345,
      rate: 205.75,
      failureRate: 2 / 12345,
      latency: { p99: 312 }
    })
    expect(evidence.thresholds).toEqual([
      { text: 'p99 < 500 ms', measured: 312, passed: true },
      { text: 'failure-rate < 1 %', measured: expect.closeTo(0.0162, 4), passed: true },
      { text: 'rate > 50 /s', measured: 205.75, passed: true }
    ])
    expect(evidence.endedAt).toBeGreaterThanOrEqual(evidence.startedAt)
  })

  it('judges by its own figures, with the thresholds of the script among them', async () => {
    const evidence = await runLoad(
      options(
        await withFake('exit-0', {
          // k6 says that both hold.
          checks: { passes: 1, fails: 1, value: 1, thresholds: { 'rate>0.9': false } },
          'http_req_duration{name:x}': { max: 3, thresholds: { 'p(42)<1': false } }
        })
      )
    )
    expect(evidence.verdict).toBe('failed')
    expect(evidence.summary).toMatch(
      /3 of 5 thresholds hold, not checks: rate>0.9, http_req_duration\{name:x\}: p\(42\)<1 \(not measured\)$/
    )
  })

  it('fails what k6 says has failed if it cannot see what, and says so', async () => {
    const evidence = await runLoad(options(await withFake('exit-99')))
    expect(evidence.verdict).toBe('failed')
    expect(evidence.summary).toMatch(
      /^k6 1\.3\.0: k6 ended with exit code 99, a threshold was crossed, but by its figures none is, so the load counts as failed; p99 /
    )
    expect(evidence.thresholds.at(-1)).toEqual({
      text: 'thresholds of the script',
      measured: undefined,
      passed: false
    })
  })

  it('fails what k6 says holds if its figures say otherwise, and says so', async () => {
    const orders = { count: 0, rate: 0, thresholds: { 'count>500': false } }
    const evidence = await runLoad(options(await withFake('exit-0', { orders })))
    expect(evidence.verdict).toBe('failed')
    expect(evidence.summary).toMatch(
      /: k6 ended with exit code 0, every threshold holds, but by its figures this does not: orders: count>500; so the load counts as failed; /
    )
  })

  it('does not contradict k6 where it crosses one of the two as k6 does', async () => {
    const checks = { passes: 1, fails: 1, thresholds: { 'rate>0.9': true, 'rate>0.1': false } }
    const evidence = await runLoad(options(await withFake('exit-99', { checks })))
    expect(evidence.verdict).toBe('failed')
    expect(evidence.summary).not.toContain('exit code')
  })

  it('does not know a required load if a trend of its script has no samples', async () => {
    const pay = { avg: 0, min: 0, med: 0, max: 0, count: 0, thresholds: { 'p(95)<1': false } }
    const evidence = await runLoad(options(await withFake('exit-0', { pay })))
    expect(evidence.verdict).toBe('unknown')
    expect(evidence.summary).toMatch(/3 of 4 thresholds hold, not pay: p\(95\)<1 \(not measured\)$/)
  })

  it('does not know what k6 could not measure', async () => {
    const evidence = await runLoad(options(await withFake('fail-107')))
    expect(evidence).toMatchObject({
      verdict: 'unknown',
      engine: 'k6',
      requests: 0,
      latency: undefined,
      thresholds: THRESHOLDS.map((text) => ({ text, measured: undefined, passed: false }))
    })
    expect(evidence.summary).toMatch(/^k6 1\.3\.0: exit code 107, the script threw an error: /)
  })

  it('does not pass if the file wants checks and no check ran, with k6 or without', async () => {
    const checks = { all: 0.99, named: new Map() }
    const byK6 = await runLoad({ ...options(await withFake('exit-0')), checks })
    expect(byK6.verdict).toBe('unknown')
    expect(byK6.summary).toMatch(/; no check ran, although the file has load\.checks$/)
    const builtin = { connections: 1, seconds: 0.3, requests: [{ method: 'GET', path: '/' }] }
    const thresholds = parseThresholds(PATIENT, 'thresholds')
    const without = { script: 'load.js', k6Path: '/nowhere/k6', thresholds, builtin }
    const named = { all: undefined, named: new Map([['is 200', 0.5]]) }
    const byBuiltin = await runLoad(options({ ...without, checks: named }))
    expect(byBuiltin).toMatchObject({ engine: 'autocannon', verdict: 'unknown' })
    expect(byBuiltin.summary).toContain('0 of 1 checks pass, not "is 200" (never ran)')
  })

  it('runs the builtin without a script', async () => {
    const evidence = await runLoad(options({ thresholds: parseThresholds(PATIENT, 'thresholds') }))
    expect(evidence).toMatchObject({ verdict: 'passed', engine: 'autocannon', failureRate: 0 })
    expect(evidence.summary).toMatch(
      /^autocannon 9\.0\.0: p99 [\d,.]+ ms, 0 of [\d,]+ requests failed, 3 of 3 thresholds hold$/
    )
  })

  it('runs the builtin without k6 where there are requests, and says so', async () => {
    const evidence = await runLoad(
      options({
        script: 'load.js',
        k6Path: '/nowhere/k6',
        thresholds: parseThresholds(PATIENT, 'thresholds'),
        builtin: { connections: 4, seconds: 0.5, requests: [{ method: 'GET', path: '/orders' }] }
      })
    )
    expect(evidence).toMatchObject({ verdict: 'passed', engine: 'autocannon' })
    expect(evidence.summary).toMatch(
      /^k6 is not there \(spawn \/nowhere\/k6 ENOENT\), so its script did not run; autocannon 9\.0\.0: p99 /
    )
  })

  it('sends nothing, and does not pass, without k6 and requests', async () => {
    const evidence = await runLoad(
      options({
        script: 'load.js',
        k6Path: '/nowhere/k6',
        thresholds: parseThresholds(PATIENT, 'thresholds')
      })
    )
    expect(evidence).toMatchObject({
      verdict: 'unknown',
      summary:
        'k6 is not there (spawn /nowhere/k6 ENOENT), so its script did not run; the load has no requests to send instead; install k6, say in k6-path where it is, or give requests',
      engine: 'k6',
      engineVersion: 'none',
      requests: 0,
      latency: undefined,
      thresholds: PATIENT.map((text) => ({ text, measured: undefined, passed: false }))
    })
    expect(server.served()).toBe(0)
  })

  it('fails with a threshold', async () => {
    await server.close()
    server = await serve((_, response, count) => {
      response.statusCode = count % 10 === 0 ? 500 : 200
      response.end()
    })
    const evidence = await runLoad(options({ thresholds: parseThresholds(PATIENT, 'thresholds') }))
    expect(evidence.verdict).toBe('failed')
    expect(evidence.summary).toContain('2 of 3 thresholds hold, not failure-rate < 1 %')
    expect(evidence.thresholds[1]?.measured).toBeGreaterThan(7)
    expect(evidence.thresholds[1]?.measured).toBeLessThan(13)
  })

  it.each([[[]], [['rate > 0 /s']]])(
    'fails where nothing is answered, whatever is asked: %j',
    async (texts) => {
      await server.close()
      const evidence = await runLoad(
        options({
          thresholds: parseThresholds(texts, 'thresholds'),
          // It gives up long before that, on any host.
          builtin: { connections: 2, seconds: 60, requests: [] }
        })
      )
      expect(evidence.verdict).toBe('failed')
      expect(evidence.summary).toMatch(
        /1,000 requests in a row had no answer .*; no answer, ([\d,]+) of \1 requests failed \(100 %\)/
      )
    }
  )

  it('does not know what it was kept from measuring', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 200)
    const evidence = await runLoad(
      options({
        signal: controller.signal,
        builtin: { connections: 2, seconds: 30, requests: [] }
      })
    )
    expect(evidence.verdict).toBe('unknown')
    expect(evidence.summary).toMatch(/^autocannon 9\.0\.0: stopped early; p99 /)
    expect(evidence.requests).toBeGreaterThan(0)
  })

  it('does not know what cannot be sent', async () => {
    const builtin = { connections: 0, seconds: 1, requests: [] }
    expect(await runLoad(options({ builtin }))).toMatchObject({
      verdict: 'unknown',
      summary: 'autocannon 9.0.0: connections: found 0, wanted a whole number of at least 1'
    })
  })
})
