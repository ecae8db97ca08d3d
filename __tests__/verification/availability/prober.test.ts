import { afterEach, describe, expect, test } from '@jest/globals'
import { ManualClock } from '../../../emulator/clock.ts'
import { systemClock } from '../../../src/release/clock.ts'
import {
  probeSteadily,
  startProber,
  type PaceOptions
} from '../../../src/verification/availability/prober.ts'
import type { Answer } from '../../../src/verification/availability/probe.ts'
import { serve, type TestServer } from './servers.ts'

const GOOD: Answer = { version: '1', failure: undefined }

/** A prober on a virtual clock, whose answers the test gives. */
function begin(send: (clock: ManualClock) => Promise<Answer>, options: Partial<PaceOptions> = {}) {
  const clock = new ManualClock(1_000_000)
  const breaches: { reason: string; at: number }[] = []
  let closed = 0
  const prober = probeSteadily(
    { send: () => send(clock), close: () => closed++ },
    {
      rate: 50,
      limits: {},
      clock,
      monotonic: () => clock.now(),
      random: () => 0,
      onBreach: (reason) => breaches.push({ reason, at: clock.now() - 1_000_000 }),
      ...options
    }
  )
  return { clock, prober, breaches, closed: () => closed }
}

describe('on a virtual clock', () => {
  test('a release from before to after: evidence by phase and by second', async () => {
    let version = '1'
    const { clock, prober, breaches, closed } = begin(() =>
      Promise.resolve({ version, failure: undefined })
    )
    await clock.advance(1_990)
    prober.enter('gate')
    await clock.advance(2_000)
    prober.enter('shift')
    await clock.advance(500)
    version = '2'
    await clock.advance(500)
    prober.enter('after')
    await clock.advance(1_000)
    const evidence = await prober.stop()
    expect(evidence).toMatchObject({
      section: 'availability',
      name: 'availability',
      required: true,
      verdict: 'passed',
      startedAt: 1_000_000,
      endedAt: 1_005_990,
      rate: 50,
      total: 300,
      failed: 0,
      failures: []
    })
    expect(
      evidence.phases.map(({ name, total, byVersion }) => ({ name, total, byVersion }))
    ).toEqual([
      { name: 'before', total: 100, byVersion: { 1: 100 } },
      { name: 'gate', total: 100, byVersion: { 1: 100 } },
      { name: 'shift', total: 50, byVersion: { 1: 25, 2: 25 } },
      { name: 'after', total: 50, byVersion: { 2: 50 } }
    ])
    expect(evidence.seconds.map(({ at, total }) => [at, total])).toEqual(
      [0, 1, 2, 3, 4, 5].map((second) => [1_000_000 + second * 1_000, 50])
    )
    expect(breaches).toEqual([])
    expect(closed()).toBe(1)
    expect(clock.pending).toBe(0)
  })

  test('a breach is told once, while it happens', async () => {
    let answer = GOOD
    const { clock, prober, breaches } = begin(() => Promise.resolve(answer))
    await clock.advance(12_000)
    answer = { version: undefined, failure: 'connection refused' }
    await clock.advance(2_000)
    answer = GOOD
    await clock.advance(2_000)
    expect(breaches).toHaveLength(1)
    expect(breaches[0]?.at).toBeLessThanOrEqual(12_200)
    expect(breaches[0]?.reason).toContain('last: connection refused')
    expect(await prober.stop()).toMatchObject({ verdict: 'failed', failed: 100 })
  })

  test('a target that stands still: every request waits its own time, and the stall is seen', async () => {
    const waiting: (() => void)[] = []
    let frozen = false
    const { clock, prober } = begin(
      () =>
        new Promise((resolve) => {
          if (frozen) waiting.push(() => resolve(GOOD))
          else resolve(GOOD)
        })
    )
    await clock.advance(2_990)
    frozen = true
    prober.enter('shift')
    await clock.advance(1_000)
    frozen = false
    for (const answer of waiting) answer()
    await clock.advance(0)
    prober.enter('after')
    await clock.advance(1_000)
    const shift = (await prober.stop()).phases.find(({ name }) => name === 'shift')
    expect(shift).toMatchObject({ total: 50, failed: 0 })
    expect(shift?.latency).toMatchObject({ min: 10, max: 990, p99: 990 })
    expect(shift?.latency?.med).toBeCloseTo(490, 0)
  })

  test('a target that never answers: no more than four seconds of requests are open', async () => {
    let open = 0
    const { clock, prober, breaches } = begin((clock) => {
      open++
      return new Promise((resolve) => {
        void clock.sleep(5_000).then(() => {
          open--
          resolve({ version: undefined, failure: 'timed out after 5 s' })
        })
      })
    })
    await clock.advance(4_990)
    expect(open).toBe(200)
    expect(breaches[0]?.reason).toContain('last: not sent: 200 in flight')
    const stopped = prober.stop()
    await clock.advance(5_000)
    const { total, failed, failures } = await stopped
    expect([total, failed]).toEqual([250, 250])
    expect(failures[200]).toEqual({ at: 1_004_000, reason: 'not sent: 200 in flight' })
  })

  test('the first request goes at a random moment of the first interval', async () => {
    const { clock, prober } = begin(() => Promise.resolve(GOOD), { rate: 1, random: () => 0.4 })
    await clock.advance(1_399)
    expect((await prober.stop()).total).toBe(1)
  })

  test('after it has stopped, nothing changes what it found', async () => {
    const { clock, prober } = begin(() => Promise.resolve(GOOD))
    await clock.advance(100)
    const first = prober.stop()
    prober.enter('after')
    const evidence = await first
    expect(evidence.phases).toHaveLength(1)
    expect(await prober.stop()).toBe(evidence)
  })
})

describe('against a real server', () => {
  const servers: TestServer[] = []
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close()
  })

  test('what is in flight when it stops is counted', async () => {
    const server = await serve((_, response) => {
      setTimeout(() => response.setHeader('x-app-version', '7').end(), 300)
    })
    servers.push(server)
    const prober = startProber({
      target: { url: server.url, headers: {} },
      rate: 50,
      limits: {},
      clock: systemClock,
      random: () => 0,
      onBreach: () => undefined
    })
    await systemClock.sleep(100)
    const evidence = await prober.stop()
    expect(evidence.total).toBeGreaterThanOrEqual(5)
    expect(evidence.failed).toBe(0)
    expect(evidence.phases[0]?.byVersion).toEqual({ 7: evidence.total })
    expect(evidence.phases[0]?.latency?.min).toBeGreaterThanOrEqual(298)
  })

  test('it waits no longer than the time-out', async () => {
    const server = await serve(() => undefined)
    servers.push(server)
    const prober = startProber({
      target: { url: server.url, headers: {} },
      rate: 50,
      timeoutMs: 300,
      limits: {},
      clock: systemClock,
      random: () => 0,
      onBreach: () => undefined
    })
    await systemClock.sleep(50)
    const { total, failed, failures } = await prober.stop()
    expect(total).toBeGreaterThan(0)
    expect(failed).toBe(total)
    expect(new Set(failures.map(({ reason }) => reason))).toEqual(
      new Set(['timed out after 0.3 s'])
    )
  })

  test.each([
    { rate: 0 },
    { rate: -1 },
    { rate: 1_001 },
    { rate: NaN },
    { timeoutMs: 0 },
    { timeoutMs: 2 ** 31 },
    { limits: { maxFailureRate: 1.1 } },
    { limits: { maxFailureRate: -0.1 } },
    { limits: { maxP99Ms: 0 } }
  ])('%j is refused', (wrong) => {
    expect(() =>
      startProber({
        target: { url: new URL('http://127.0.0.1:9/'), headers: {} },
        rate: 50,
        limits: {},
        clock: systemClock,
        random: () => 0,
        onBreach: () => undefined,
        ...wrong
      })
    ).toThrow(RangeError)
  })
})
