import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { trendOf } from '../../../src/verification/load/trend.ts'

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
