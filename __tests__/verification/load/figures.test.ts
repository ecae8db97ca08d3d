import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { trendOf } from '../../../src/verification/load/figures.ts'
import { inWords } from '../../../src/verification/words/load.ts'

describe('trendOf', () => {
  it('is nothing for nothing', () => {
    expect(trendOf(new Float64Array())).toBeUndefined()
  })

  it('interpolates percentiles as k6 does', () => {
    const durations = Float64Array.from({ length: 100 }, (_, index) => 100 - index)
    expect(trendOf(durations)).toEqual({
      avg: 50.5,
      min: 1,
      med: 50.5,
      max: 100,
      p90: expect.closeTo(90.1, 9),
      p95: expect.closeTo(95.05, 9),
      p99: expect.closeTo(99.01, 9)
    })
  })

  it('is in order, between the least and the greatest', () => {
    const duration = fc.double({ min: 0, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1 }), (durations) => {
        const trend = trendOf(Float64Array.from(durations))
        if (!trend) throw new Error('no trend')
        const { min, med, p90, p95, p99, max } = trend
        const inOrder = [min, med, p90, p95, p99, max]
        expect(inOrder.toSorted((one, other) => one - other)).toEqual(inOrder)
        expect([min, max]).toEqual([Math.min(...durations), Math.max(...durations)])
      })
    )
  })
})

const NO_ANSWER = { latency: undefined, requests: 1_234_567, rate: 1 }

describe('inWords', () => {
  it.each([
    [0, 0, 'no answer, 0 of 1,234,567 requests failed'],
    [1_234_567, 1, 'no answer, 1,234,567 of 1,234,567 requests failed (100 %)'],
    [1, 1e-9, 'no answer, 1 of 1,234,567 requests failed (less than 0.01 %)'],
    [200, 0.00016, 'no answer, 200 of 1,234,567 requests failed (0.02 %)'],
    [1_234_566, 0.99999, 'no answer, 1,234,566 of 1,234,567 requests failed (99.99 %)']
  ])('says of %d failed, a share of %d: %s', (failed, failureRate, words) => {
    expect(inWords({ ...NO_ANSWER, failed, failureRate }, [])).toBe(words)
  })

  it.each([
    [0.74, '0.7 ms'],
    [9.96, '10 ms'],
    [312.4, '312 ms'],
    [12345.6, '12,346 ms']
  ])('says of a p99 of %d: %s', (p99, words) => {
    const latency = { avg: 1, min: 1, med: 1, max: 1, p90: 1, p95: 1, p99 }
    const figures = { latency, requests: 1, rate: 1, failureRate: 0, failed: 0 }
    expect(inWords(figures, [])).toBe(`p99 ${words}, 0 of 1 requests failed`)
  })

  it('names at most two thresholds that do not hold', () => {
    const figures = { ...NO_ANSWER, failureRate: 0, failed: 0 }
    const thresholds = ['a', 'b', 'c', 'd'].map((text, index) => ({
      text,
      measured: index === 1 ? undefined : 1,
      passed: index === 3
    }))
    expect(inWords(figures, thresholds)).toContain(
      '1 of 4 thresholds hold, not a, b (not measured) and 1 more'
    )
  })

  it('names checks that fail, with how often, and errors', () => {
    const figures = { ...NO_ANSWER, failureRate: 0, failed: 0 }
    const check = (name: string, passes: number, fails: number, passed: boolean) => ({
      ...{ name, passes, fails, passed, wanted: undefined }
    })
    const checks = [
      check('total is right', 0, 9_856, false),
      check('status is 200', 9_849, 7, true),
      check('has a token', 9_856, 0, true),
      check('was never reached', 0, 0, false)
    ]
    expect(inWords(figures, [], checks, [{ text: 'boom', times: 3 }])).toBe(
      'no answer, 0 of 1,234,567 requests failed, 2 of 4 checks pass, ' +
        'not "total is right" (passed 0 of 9,856 times), "was never reached" (never ran), ' +
        '"status is 200" failed 7 of 9,856 times, the script logged 3 errors'
    )
  })
})
