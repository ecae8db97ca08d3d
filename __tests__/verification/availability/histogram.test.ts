import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Latencies } from '../../../src/verification/availability/histogram.ts'

test('percentiles are those of the sorted list, to a thousandth', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 20_000, noNaN: true }), { minLength: 1, maxLength: 500 }),
      (list) => {
        const latencies = new Latencies()
        for (const ms of list) latencies.record(ms)
        const sorted = list.toSorted((one, other) => one - other)
        const trend = latencies.trend()
        const near = (found: number | undefined, wanted: number): void => {
          expect(Math.abs((found ?? NaN) - wanted)).toBeLessThanOrEqual(wanted / 1000 + 0.002)
        }
        // The rank is rounded to the nearest one.
        const at = (share: number): number =>
          sorted[Math.max(1, Math.floor(sorted.length * share + 0.5)) - 1] ?? NaN
        near(trend?.min, sorted[0] ?? NaN)
        near(trend?.max, sorted.at(-1) ?? NaN)
        near(trend?.avg, list.reduce((sum, ms) => sum + ms, 0) / list.length)
        near(trend?.med, at(0.5))
        near(trend?.p90, at(0.9))
        near(trend?.p95, at(0.95))
        near(trend?.p99, at(0.99))
      }
    ),
    { numRuns: 300 }
  )
})

test('nothing recorded is no trend, and no time at all is zero', () => {
  const latencies = new Latencies()
  expect(latencies.trend()).toBeUndefined()
  latencies.record(0)
  expect(latencies.trend()).toEqual({ avg: 0, min: 0, med: 0, max: 0, p90: 0, p95: 0, p99: 0 })
})

test('what is slower than an hour counts, as an hour at least', () => {
  const latencies = new Latencies()
  latencies.record(5_000_000)
  expect(latencies.trend()?.max).toBe(5_000_000)
  expect(latencies.trend()?.p99).toBeGreaterThanOrEqual(3_599_000)
})
