import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { evidenceOf } from '../../../src/verification/availability/judge.ts'
import { mergeParts, type Part } from '../../../src/verification/availability/part.ts'
import { partText, readPartText } from '../../../src/verification/availability/part-text.ts'
import { Recorder } from '../../../src/verification/availability/recorder.ts'
import type { ProbeResult } from '../../../src/verification/availability/probe.ts'
import { failure, result } from './results.ts'

const ASKED = { name: 'availability', required: true, rate: 10, limits: {} }
const open = (startedAt: number): Recorder =>
  new Recorder({ ...ASKED, startedAt, judgeFrom: 'shift' })

const PHASES = ['gate', 'shift', 'after', 'rollback'] as const

describe('what several have measured', () => {
  const answers = fc.array(
    fc.record({
      ms: fc.double({ min: 0, max: 6_000, noNaN: true }),
      version: fc.constantFrom('1', '2', undefined),
      isBad: fc.boolean()
    }),
    { minLength: 2, maxLength: 200 }
  )
  const shares = (most: number) =>
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: most })

  test('is the same as what one has measured of the same requests, wherever they took over', () => {
    fc.assert(
      fc.property(answers, shares(4), shares(PHASES.length), (given, takeOvers, begins) => {
        const results: ProbeResult[] = given.map(({ ms, version, isBad }, n) => ({
          at: n * 100,
          ms,
          version,
          failure: version === undefined || isBad ? 'status 503' : undefined
        }))
        const endedAt = results.length * 100
        const phases = begins
          .map((share) => Math.floor(share * endedAt))
          .sort((one, other) => one - other)
          .map((at, n) => ({ name: PHASES[n] ?? 'gate', at }))
        const measured = (from: number, until: number): Part => {
          const recorder = open(from)
          // Each of them learns of what has begun by its end, as AWS tells it.
          for (const { name, at } of phases) if (at < until) recorder.enter(name, at)
          for (const each of results) if (each.at >= from && each.at < until) recorder.record(each)
          return recorder.part(until)
        }
        const ends = [...takeOvers.map((share) => Math.ceil(share * results.length) * 100), endedAt]
          .filter((at) => at > 0)
          .sort((one, other) => one - other)
        const parts = [...new Set(ends)].map((until, n, all) => measured(all[n - 1] ?? 0, until))
        // As they go through the ledger.
        const stored = parts.map((part) => readPartText(partText(part)))
        const whole = stored.reduce((one, other) => one && other && mergeParts(one, other))
        const merged = whole && evidenceOf(ASKED, whole)
        const one = evidenceOf(ASKED, measured(0, endedAt))
        // Which window broke a limit first knows only who has seen the whole window, and a
        // sum of fractions depends on their order.
        const comparable = ({ phases: found, ...rest }: typeof one): object => ({
          ...{ ...rest, summary: '', verdict: '' },
          phases: found
            .filter(({ total }) => total > 0)
            .map(({ name, total, failed, byVersion, latency }) => ({
              ...{ name, total, failed, byVersion },
              latency: latency && { ...latency, avg: 0 }
            }))
        })
        expect(merged && comparable(merged)).toEqual(comparable(one))
        for (const { name, latency } of one.phases) {
          const mine = merged?.phases.find((phase) => phase.name === name)?.latency
          expect(mine?.avg ?? 0).toBeCloseTo(latency?.avg ?? 0, 1)
        }
      }),
      { numRuns: 200 }
    )
  })

  test('breaks the limits in all that none of them has seen broken', () => {
    const parts = [0, 1, 2].map((n) => {
      const recorder = open(n * 4_000_000)
      recorder.enter('shift', n * 4_000_000)
      for (let k = 0; k < 40; k++) {
        const at = n * 4_000_000 + k * 100_000
        recorder.record(k === 7 ? failure(at) : result({ at }))
      }
      return recorder.part((n + 1) * 4_000_000)
    })
    expect(parts.map(({ breach }) => breach)).toEqual([undefined, undefined, undefined])
    const whole = parts.reduce((one, other) => mergeParts(one, other))
    expect(evidenceOf(ASKED, whole)).toMatchObject({
      verdict: 'failed',
      total: 120,
      failed: 3,
      summary: expect.stringContaining('limit broken: 3 of 120 requests failed, at most 1 % may')
    })
  })

  test('keeps the first thousand failures and twenty versions, whatever each of them brings', () => {
    const parts = [0, 1].map((n) => {
      const recorder = open(n * 100_000)
      for (let k = 0; k < 900; k++) recorder.record(failure(n * 100_000 + k))
      for (let k = 0; k < 15; k++)
        recorder.record(result({ at: n * 100_000, version: `${n}-${k}` }))
      return recorder.part((n + 1) * 100_000)
    })
    const whole = parts.reduce((one, other) => mergeParts(one, other))
    expect(whole.failures).toHaveLength(1_000)
    expect(whole.all).toMatchObject({ total: 1_830, failed: 1_800 })
    const versions = whole.phases[0]?.byVersion ?? {}
    expect(Object.keys(versions)).toHaveLength(21)
    expect(versions['other']).toBe(10)
  })
})

describe('a part as text', () => {
  const part = (seconds: number): Part => {
    const recorder = open(0)
    let ms = 1
    for (let n = 0; n < seconds; n++) {
      ms = (ms * 7919) % 60_000
      recorder.record(result({ at: n * 1_000, ms, version: `sha-${'f'.repeat(50)}${n % 19}` }))
    }
    return recorder.part(seconds * 1_000)
  }

  test('is as it was', () => {
    const given = part(50)
    expect(readPartText(partText(given))).toEqual(given)
  })

  test('has longer seconds where it would be too long for an item, and the same counts', () => {
    const given = part(7_200)
    // So many different ones do not compress.
    const noisy = {
      ...given,
      seconds: {
        ...given.seconds,
        list: given.seconds.list.map((second, n) => ({
          ...second,
          byVersion: Object.fromEntries(
            Array.from({ length: 19 }, (_, v) => [`sha-${v}`, (n * 7919 * (v + 3)) % 100_003])
          )
        }))
      }
    }
    const text = partText(noisy)
    expect(text.length).toBeLessThanOrEqual(350_000)
    const read = readPartText(text)
    expect(read?.all).toEqual(given.all)
    expect(read?.seconds.widthMs).toBeGreaterThan(1_000)
    expect(read?.seconds.list.reduce((sum, { total }) => sum + total, 0)).toBe(7_200)
  })

  test('that is none, or another, is none: nothing of it is believed', () => {
    const json = JSON.parse(
      gunzipSync(Buffer.from(partText(part(3)), 'base64')).toString()
    ) as Record<string, unknown>
    const read = (value: unknown): unknown =>
      readPartText(gzipSync(JSON.stringify(value)).toString('base64'))
    expect(read(json)).toBeDefined()
    for (const name of Object.keys(json)) {
      expect([name, read({ ...json, [name]: 'else' })]).toEqual([
        name,
        name === 'lastFailure' || name === 'breach' ? expect.anything() : undefined
      ])
      expect(read({ ...json, [name]: 5.5e300 * 1e10 })).toBeUndefined()
    }
    for (const widthMs of [0, -1, 1, 1500, 2 ** 40]) {
      expect(read({ ...json, seconds: { widthMs, list: [] } })).toBeUndefined()
    }
    expect(readPartText('')).toBeUndefined()
    expect(readPartText('x'.repeat(400_000))).toBeUndefined()
    // A gigabyte of blanks.
    expect(readPartText(gzipSync(Buffer.alloc(2 ** 25, ' ')).toString('base64'))).toBeUndefined()
  })
})
