import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Limits } from '../../../src/verification/availability/judge.ts'
import { Recorder } from '../../../src/verification/availability/recorder.ts'
import { MOST_SECONDS } from '../../../src/verification/availability/seconds.ts'
import { failure, result } from './results.ts'

const ASKED = { name: 'availability', required: true }

function recorder(rate = 50, limits: Limits = {}): Recorder {
  return new Recorder({ ...ASKED, rate, limits, startedAt: 0 })
}

describe('phases', () => {
  test('a request belongs to the phase in which it should have gone', () => {
    const recorded = recorder()
    recorded.enter('gate', 100)
    recorded.enter('shift', 200)
    for (const at of [0, 99.9, 100, 199, 200, 250]) recorded.record(result({ at, ms: 500 }))
    const { phases } = recorded.evidence(300)
    expect(phases.map(({ name, from, until, total }) => ({ name, from, until, total }))).toEqual([
      { name: 'before', from: 0, until: 100, total: 2 },
      { name: 'gate', from: 100, until: 200, total: 2 },
      { name: 'shift', from: 200, until: 300, total: 2 }
    ])
  })

  test('a phase that is learnt of late gets what was sent since it began', () => {
    const recorded = recorder()
    for (let at = 0; at < 20_000; at += 100) recorded.record(result({ at }))
    recorded.enter('shift', 12_000)
    recorded.enter('after', 14_000)
    expect(recorded.evidence(20_000).phases.map(({ total }) => total)).toEqual([120, 20, 60])
  })

  test('too late is as early as can be, and time does not run back', () => {
    const recorded = recorder()
    for (let at = 0; at <= 100_000; at += 100) recorded.record(result({ at }))
    recorded.enter('shift', 10_000)
    recorded.enter('after', 5_000)
    const [before, shift, after] = recorded.evidence(100_000).phases
    expect(shift?.from).toBeGreaterThan(30_000)
    expect(shift?.from).toBeLessThanOrEqual(70_000)
    expect(after?.from).toBe(shift?.from)
    expect((before?.total ?? 0) + (after?.total ?? 0)).toBe(1_001)
    expect(shift).toMatchObject({ total: 0, failed: 0, byVersion: {}, latency: undefined })
  })

  test('entering the phase that is on changes nothing', () => {
    const recorded = recorder()
    recorded.enter('shift', 10)
    recorded.enter('shift', 20)
    expect(recorded.evidence(30).phases).toHaveLength(2)
  })

  test('every request is in exactly one phase and one second, whatever comes when', () => {
    const events = fc.array(
      fc.oneof(
        fc.record({
          at: fc.double({ min: 0, max: 200_000, noNaN: true }),
          ms: fc.double({ min: 0, max: 5_000, noNaN: true }),
          version: fc.constantFrom('1', '2', undefined),
          failure: fc.constantFrom('status 503', undefined)
        }),
        fc.record({
          enter: fc.constantFrom('gate', 'shift', 'after', 'rollback'),
          from: fc.integer({ min: 0, max: 200_000 })
        })
      ),
      { maxLength: 80 }
    )
    fc.assert(
      fc.property(events, (given) => {
        const recorded = recorder()
        const results = given.filter((event) => 'at' in event)
        for (const event of given) {
          if ('at' in event) recorded.record(event)
          else recorded.enter(event.enter, event.from)
        }
        const { total, failed, phases, seconds, failures } = recorded.evidence(200_000)
        const failing = results.filter((each) => each.failure !== undefined)
        expect(total).toBe(results.length)
        expect(failed).toBe(failing.length)
        expect(failures).toHaveLength(failing.length)
        for (const parts of [phases, seconds]) {
          const sum = (of: (part: (typeof parts)[number]) => number): number =>
            parts.reduce((all, part) => all + of(part), 0)
          expect(sum((part) => part.total)).toBe(results.length)
          expect(sum((part) => part.failed)).toBe(failing.length)
          for (const version of ['1', '2']) {
            expect(sum((part) => part.byVersion[version] ?? 0)).toBe(
              results.filter((each) => each.version === version).length
            )
          }
        }
        for (const [index, { from, until }] of phases.entries()) {
          expect(until).toBeGreaterThanOrEqual(from)
          expect(phases[index + 1]?.from ?? until).toBe(until)
        }
      }),
      { numRuns: 300 }
    )
  })
})

describe('limits', () => {
  test('a total outage is noticed after an eighth of a second, and stays noticed', () => {
    const recorded = recorder(50)
    for (let at = 0; at < 60_000; at += 20) recorded.record(result({ at }))
    let noticedAt: number | undefined
    for (let at = 60_000; at < 62_000; at += 20) {
      recorded.record(failure(at))
      if (recorded.breach !== undefined) noticedAt ??= at
    }
    expect(noticedAt).toBe(60_100)
    for (let at = 62_000; at < 600_000; at += 20) recorded.record(result({ at }))
    expect(recorded.breach).toBe(
      '6 of 496 requests failed within 10 s, at most 1 % may; last: connection refused'
    )
    expect(recorded.evidence(600_000)).toMatchObject({
      verdict: 'failed',
      total: 30_000,
      failed: 100,
      summary:
        '100 of 30,000 requests failed; p99 before 4 ms; limit broken: 6 of 496 requests failed within 10 s, at most 1 % may; last: connection refused'
    })
  })

  test('where requests hang, when the first of them have timed out', () => {
    const recorded = recorder(50)
    for (let at = 0; at < 60_000; at += 20) recorded.record(result({ at }))
    for (let n = 0; n < 3; n++) {
      expect(recorded.breach).toBeUndefined()
      recorded.record(failure(60_000 + n * 20, 'timed out after 5 s', 5_000))
    }
    // Nothing else has ended in the meantime.
    expect(recorded.breach).toBe(
      '3 of 248 requests failed within 10 s, at most 1 % may; last: timed out after 5 s'
    )
  })

  test.each([0.2, 1, 2, 5, 50])('at %p a second: three in a row, not one and not two', (rate) => {
    const recorded = recorder(rate)
    const step = 1000 / rate
    let at = 0
    const pass = (count: number): void => {
      for (let n = 0; n < count; n++) recorded.record(result({ at: (at += step) }))
    }
    const fail = (count: number): void => {
      for (let n = 0; n < count; n++) recorded.record(failure((at += step)))
    }
    pass(25)
    fail(1)
    pass(400)
    fail(2)
    pass(400)
    expect(recorded.breach).toBeUndefined()
    expect(recorded.evidence(at).verdict).toBe('passed')
    fail(10)
    expect(recorded.breach).toBeDefined()
  })

  test('nothing is judged by fewer than twenty, and then at once', () => {
    const recorded = recorder(1)
    for (let n = 0; n < 5; n++) recorded.record(failure(n * 1_000))
    expect(recorded.evidence(5_000).verdict).toBe('unknown')
    for (let n = 5; n < 19; n++) recorded.record(result({ at: n * 1_000 }))
    expect(recorded.breach).toBeUndefined()
    recorded.record(result({ at: 19_000 }))
    expect(recorded.breach).toContain('5 of 20 requests failed')
  })

  test('a few that went well are good, none at all is unknown', () => {
    const recorded = recorder(1)
    expect(recorded.evidence(0)).toMatchObject({
      verdict: 'unknown',
      summary: 'no request was sent',
      phases: [{ name: 'before', total: 0 }],
      seconds: []
    })
    recorded.record(result())
    expect(recorded.evidence(1_000)).toMatchObject({ verdict: 'passed', total: 1 })
  })

  test('a drizzle that no window shows breaks the limit in all', () => {
    const recorded = recorder(1)
    // One in forty: at most one within the window of 30 s.
    for (let n = 1; n <= 130; n++) {
      recorded.record(n % 40 === 0 ? failure(n * 1_000) : result({ at: n * 1_000 }))
    }
    expect(recorded.breach).toBe(
      '3 of 120 requests failed, at most 1 % may; last: connection refused'
    )
  })

  test('where none may fail, the first one counts', () => {
    const recorded = recorder(1, { maxFailureRate: 0 })
    recorded.record(result())
    expect(recorded.breach).toBeUndefined()
    recorded.record(failure(1_000))
    expect(recorded.breach).toBe(
      '1 of 2 requests failed within 30 s, at most 0 % may; last: connection refused'
    )
  })

  test('where all may fail, none counts', () => {
    const recorded = recorder(50, { maxFailureRate: 1 })
    for (let n = 0; n < 500; n++) recorded.record(failure(n * 20))
    expect(recorded.evidence(10_000)).toMatchObject({ verdict: 'passed', failed: 500 })
  })

  test('p99: more than 1 % of the answers slower, in the window', () => {
    const recorded = recorder(50, { maxP99Ms: 100 })
    for (let n = 0; n < 3_000; n++) recorded.record(result({ at: n * 20 }))
    for (let n = 0; n < 4; n++) recorded.record(result({ at: 60_000 + n * 20, ms: 101 }))
    expect(recorded.breach).toBeUndefined()
    recorded.record(result({ at: 60_080, ms: 101 }))
    expect(recorded.breach).toMatch(/^p99 above 100 ms: 5 of 49\d answers took longer within 10 s$/)
    expect(recorded.evidence(61_000).verdict).toBe('failed')
  })

  test('p99: exactly the limit is within it, and what was not answered is not slow but failed', () => {
    const recorded = recorder(50, { maxP99Ms: 100, maxFailureRate: 1 })
    for (let n = 0; n < 500; n++) recorded.record(result({ at: n * 20, ms: 100 }))
    for (let n = 500; n < 600; n++) recorded.record(failure(n * 20, 'timed out after 5 s', 5_000))
    expect(recorded.breach).toBeUndefined()
  })

  test('the window forgets: what failed ten seconds ago is not held against the present', () => {
    const recorded = recorder(50, { maxFailureRate: 0.02 })
    let at = 0
    // Five at a time, twelve seconds apart: 1 % of a window of 500.
    for (let burst = 0; burst < 5; burst++) {
      for (let n = 0; n < 600; n++, at += 20) recorded.record(result({ at }))
      for (let n = 0; n < 5; n++, at += 20) recorded.record(failure(at))
    }
    expect(recorded.breach).toBeUndefined()
  })
})

describe('what is kept', () => {
  test('the first thousand failures with their times, all of them counted', () => {
    const recorded = recorder()
    for (let n = 0; n < 1_500; n++) recorded.record(failure(n * 20))
    const { failed, failures } = recorded.evidence(30_000)
    expect(failed).toBe(1_500)
    expect(failures).toHaveLength(1_000)
    expect(failures[1]).toEqual({ at: 20, reason: 'connection refused' })
  })

  test('failures stand in the order in which they were sent', () => {
    const recorded = recorder()
    recorded.record(failure(5_000))
    recorded.record(failure(1_000, 'timed out after 5 s', 5_000))
    expect(recorded.evidence(6_000).failures.map(({ at }) => at)).toEqual([1_000, 5_000])
  })

  test('two hours by the second, then by two, by four, and nothing is lost', () => {
    const recorded = recorder(1)
    const hours = 6
    for (let n = 0; n < hours * 3_600; n++) {
      recorded.record(result({ at: n * 1_000, version: n % 2 ? '1' : '2', ms: n === 7 ? 900 : 4 }))
      if (n === MOST_SECONDS - 1) {
        expect(recorded.evidence(n * 1_000).seconds).toHaveLength(MOST_SECONDS)
      }
    }
    const { seconds } = recorded.evidence(hours * 3_600_000)
    expect(seconds).toHaveLength((hours * 3_600) / 4)
    expect(seconds[1]).toEqual({
      at: 4_000,
      total: 4,
      failed: 0,
      slowestMs: 900,
      byVersion: { 1: 2, 2: 2 }
    })
    expect(seconds.reduce((sum, { total }) => sum + total, 0)).toBe(hours * 3_600)
  })

  test('a target with a new version for every answer has twenty and others', () => {
    const recorded = recorder()
    for (let n = 0; n < 100; n++) recorded.record(result({ at: n, version: `v${n}` }))
    const byVersion = recorded.evidence(100).phases[0]?.byVersion ?? {}
    expect(Object.keys(byVersion)).toHaveLength(21)
    expect(byVersion['other']).toBe(80)
  })

  test('a version with a name of JavaScript is one like any other', () => {
    const recorded = recorder()
    for (const version of ['__proto__', 'constructor']) recorded.record(result({ version }))
    const [phase] = recorded.evidence(1).phases
    expect(Object.entries(phase?.byVersion ?? {})).toEqual([
      ['__proto__', 1],
      ['constructor', 1]
    ])
  })

  test('the summary has the p99 of every phase that was answered', () => {
    const recorded = recorder()
    for (let n = 0; n < 6_000; n++) recorded.record(result({ at: n, ms: 4.2 }))
    recorded.enter('gate', 6_000)
    recorded.enter('shift', 6_000)
    for (let n = 0; n < 6_000; n++) recorded.record(result({ at: 6_000 + n, ms: 9.1 }))
    expect(recorded.evidence(12_000).summary).toBe(
      '0 of 12,000 requests failed; p99 before 4 ms, shift 9 ms'
    )
  })

  test('200,000 results need no more memory than the first ones', () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const used = (): number => {
      collect()
      const { heapUsed, external } = process.memoryUsage()
      return (heapUsed + external) / 2 ** 20
    }
    const recorded = recorder(10)
    let n = 0
    const feed = (count: number): void => {
      for (const end = n + count; n < end; n++) {
        recorded.record(n % 50 === 0 ? failure(n * 100) : result({ at: n * 100, ms: n % 300 }))
      }
    }
    // Four hours and more: the seconds are full.
    feed(150_000)
    const before = used()
    feed(200_000)
    expect(used() - before).toBeLessThan(1.5)
    expect(recorded.evidence(n * 100).total).toBe(350_000)
  })
})

test('judged from the shift on: what failed before breaks no limit, but is in the verdict', () => {
  const recorder = new Recorder({
    name: 'availability',
    required: true,
    rate: 10,
    limits: {},
    startedAt: 0,
    judgeFrom: 'shift'
  })
  const send = (from: number, failure: string | undefined): void => {
    for (let n = 0; n < 100; n++)
      recorder.record({ at: from + n * 100, ms: 1, version: '1', failure })
  }
  send(0, 'status 503')
  send(10_000, undefined)
  expect(recorder.breach).toBeUndefined()
  recorder.enter('shift', 20_000)
  send(20_000, undefined)
  expect(recorder.breach).toBeUndefined()
  expect(recorder.evidence(30_000)).toMatchObject({ verdict: 'failed', total: 300, failed: 100 })
  send(30_000, 'status 500')
  expect(recorder.breach).toMatch(/requests failed/)
})

describe('judged from the shift on, a limit is broken only by production that was well before', () => {
  const judged = (): Recorder =>
    new Recorder({ ...ASKED, rate: 10, limits: {}, startedAt: 0, judgeFrom: 'shift' })
  const fail = (recorded: Recorder, from: number): void => {
    for (let n = 0; n < 100; n++) recorded.record(failure(from + n * 100))
  }

  test('one good answer is enough', () => {
    const recorded = judged()
    recorded.record(result())
    fail(recorded, 100)
    recorded.enter('shift', 20_000)
    fail(recorded, 20_000)
    expect(recorded.breach).toMatch(/requests failed/)
    expect(recorded.evidence(30_000)).toMatchObject({ verdict: 'failed' })
  })

  test('none, not even to what went in the shift before that was known, leaves it unknown', () => {
    const recorded = judged()
    fail(recorded, 0)
    recorded.record(result({ at: 20_000 }))
    recorded.enter('shift', 20_000)
    fail(recorded, 20_100)
    expect(recorded.breach).toBeUndefined()
    expect(recorded.evidence(31_000)).toMatchObject({
      verdict: 'unknown',
      summary: expect.stringMatching(
        /limit broken: .*; production did not answer well before the shift either$/
      )
    })
  })

  test('who was not there before does not know either, unless somebody else was', () => {
    const recorded = judged()
    recorded.enter('shift', 0)
    fail(recorded, 0)
    expect(recorded.breach).toBeUndefined()
    expect(recorded.evidence(10_000)).toMatchObject({
      verdict: 'unknown',
      summary: expect.stringMatching(/; production was not asked before the shift$/)
    })
    recorded.wasWell()
    expect(recorded.breach).toMatch(/requests failed/)
  })

  test('what broke no limit has passed all the same', () => {
    const recorded = judged()
    recorded.enter('shift', 0)
    for (let n = 0; n < 100; n++) recorded.record(result({ at: n * 100 }))
    expect(recorded.evidence(10_000)).toMatchObject({ verdict: 'passed' })
  })
})
