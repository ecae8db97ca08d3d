import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { inWords, trendOf } from '../../../src/verification/load/figures.ts'

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

function percentOf(failureRate: number): string {
  const figures = { latency: undefined, requests: 1234567, rate: 1, failureRate }
  return / ([^,]*) of 1,234,567/.exec(inWords(figures, []))?.[1] ?? ''
}

describe('inWords', () => {
  it.each([
    [0, 'answer, 0 %'],
    [1, '100 %'],
    [1e-9, 'less than 0.01 %'],
    [0.00016, '0.02 %'],
    [0.1, '10 %'],
    [0.99999, '99.99 %']
  ])('says of a share of %d: %s', (share, words) => {
    expect(`answer, ${percentOf(share)}`).toContain(words)
  })

  it.each([
    [0.74, '0.7 ms'],
    [9.96, '10 ms'],
    [312.4, '312 ms'],
    [12345.6, '12,346 ms']
  ])('says of a p99 of %d: %s', (p99, words) => {
    const latency = { avg: 1, min: 1, med: 1, max: 1, p90: 1, p95: 1, p99 }
    const figures = { latency, requests: 1, rate: 1, failureRate: 0 }
    expect(inWords(figures, [])).toBe(`p99 ${words}, 0 % of 1 requests failed`)
  })

  it('names at most two thresholds that do not hold', () => {
    const figures = { latency: undefined, requests: 1, rate: 1, failureRate: 0 }
    const thresholds = ['a', 'b', 'c', 'd'].map((text, index) => ({
      text,
      measured: index === 1 ? undefined : 1,
      passed: index === 3
    }))
    expect(inWords(figures, thresholds)).toContain(
      '1 of 4 thresholds hold, not a and not b (not measured) and 1 more'
    )
  })
})
