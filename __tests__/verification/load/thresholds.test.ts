import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Figures } from '../../../src/verification/load/figures.ts'
import {
  judge,
  parseThresholds,
  ThresholdsError
} from '../../../src/verification/load/thresholds.ts'

const FIGURES: Figures = {
  latency: { avg: 120, min: 80, med: 110, max: 2000, p90: 200, p95: 250, p99: 500 },
  requests: 1000,
  rate: 50,
  failureRate: 0.07,
  failed: 70
}

function judged(text: string, figures: Figures = FIGURES): ReturnType<typeof judge> {
  const [threshold] = parseThresholds([text], 'thresholds')
  if (!threshold) throw new Error('no threshold')
  return judge(threshold, figures)
}

function problems(...texts: readonly string[]): readonly string[] {
  try {
    parseThresholds(texts, 'load.thresholds')
  } catch (error) {
    if (error instanceof ThresholdsError) return error.problems
    throw error
  }
  return []
}

describe('judge', () => {
  it.each([
    ['p99 < 500 ms', 500, false],
    ['p99 <= 500 ms', 500, true],
    ['p99<=0.5s', 0.5, true],
    ['p99 < 0.501 s', 0.5, true],
    ['avg <= 0.2 s', 0.12, true],
    ['min > 100 ms', 80, false],
    ['med >= 110 ms', 110, true],
    ['max < 2 s', 2, false],
    ['p90 < 201 ms', 200, true],
    ['p95 < 250 ms', 250, false],
    // 0.07 * 100 is not 7 in binary.
    ['failure-rate <= 7 %', 7, true],
    ['failure-rate < 7%', 7, false],
    ['failure-rate <= 0.07', 0.07, true],
    ['rate > 50 /s', 50, false],
    ['rate >= 50/s', 50, true]
  ])('%s: %d, %s', (text, measured, passed) => {
    expect(judged(text)).toEqual({ text, measured, passed })
  })

  it('lets nothing pass that was not measured', () => {
    const figures = { ...FIGURES, latency: undefined, failureRate: Number.NaN }
    for (const text of [
      'p99 < 500 ms',
      'p99 > 0 ms',
      'failure-rate < 1 %',
      'failure-rate >= 0 %'
    ]) {
      expect(judged(text, figures)).toEqual({ text, measured: undefined, passed: false })
    }
  })

  it('says of a limit and its own complement the opposite, in any unit', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 100 }),
        (failureRate, limit) => {
          const figures = { ...FIGURES, failureRate }
          const below = judged(`failure-rate < ${limit} %`, figures).passed
          expect(judged(`failure-rate >= ${limit} %`, figures).passed).toBe(!below)
        }
      )
    )
  })
})

describe('parseThresholds', () => {
  it.each([
    ['p98 < 500 ms', 'the statistic p98 is not known, accepted: avg, min, med, max, p90, p95, p99'],
    ['p999 < 500 ms', 'did you mean p99?'],
    ['failures < 1 %', 'the statistic failures is not known'],
    ['p99 == 500 ms', 'the comparison == is not known, accepted: <, <=, >, >='],
    ['p99 ≤ 500 ms', 'the comparison ≤ is not known'],
    ['p99 =< 500 ms', 'the comparison =< is not known'],
    ['p99 < 500', 'a duration is wanted in ms or s: 500 ms or 0.5 s'],
    ['p99 < 1 min', 'a duration is wanted in ms or s'],
    ['p99 < 5 %', 'a duration is wanted in ms or s'],
    ['rate > 50', 'a rate is wanted in requests a second: 50 /s'],
    ['rate > 50 /min', 'a rate is wanted in requests a second'],
    ['failure-rate < 1', 'a failure rate is wanted in per cent, 1 %, or as a fraction below 1'],
    ['failure-rate < 101 %', 'a failure rate is wanted in per cent'],
    ['failure-rate < 1 ms', 'a failure rate is wanted in per cent'],
    ['p99', 'wanted a statistic, a comparison and a limit with its unit, such as p99 < 500 ms'],
    ['p99 < -1 ms', 'wanted a statistic, a comparison and a limit'],
    ['p99 < 0,5 s', 'wanted a statistic, a comparison and a limit'],
    ['p99 < 500 ms or so', 'wanted a statistic, a comparison and a limit'],
    ['p99 < 1e3 ms', 'wanted a statistic, a comparison and a limit'],
    ['', 'wanted a statistic, a comparison and a limit']
  ])('refuses %j', (text, complaint) => {
    const found = problems('p99 < 1 s', text)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(`load.thresholds[1]: found ${JSON.stringify(text)}`)
    expect(found[0]).toContain(complaint)
  })

  it('names every problem at once', () => {
    expect(problems('x < 1 s', 'p99 < 1 s', 'p99 ~ 1 s')).toEqual([
      expect.stringContaining('load.thresholds[0]'),
      expect.stringContaining('load.thresholds[2]')
    ])
  })

  it('throws nothing else, whatever the text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .tuple(
          fc.constantFrom('p99', 'avg', 'rate', 'failure-rate', 'constructor', ''),
          fc.constantFrom('<', '<=', '>', '>=', '=', '<>', ''),
          fc.oneof(fc.double().map(String), fc.nat().map(String)),
          fc.constantFrom('ms', 's', '%', '/s', '')
        )
        .map((parts) => parts.join(' '))
    )
    fc.assert(
      fc.property(text, (each) => {
        const found = problems(each)
        if (found.length === 0) expect(typeof judged(each).passed).toBe('boolean')
        else expect(found[0]).not.toContain('\n')
      })
    )
  })
})
