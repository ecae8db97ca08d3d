import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  K6SummaryError,
  LONGEST_SUMMARY,
  parseK6Summary,
  type K6Summary
} from '../../../src/verification/load/k6-summary.ts'
import { percentilesIn } from '../../../src/verification/load/k6-thresholds.ts'
import { fixture, smallSummary } from './fixture.ts'

async function problems(text: string): Promise<readonly string[]> {
  try {
    await parseK6Summary(text)
  } catch (error) {
    if (error instanceof K6SummaryError) return error.problems
    throw error
  }
  return []
}

function parsed(summary: unknown): Promise<K6Summary> {
  return parseK6Summary(JSON.stringify(summary))
}

/** Of the script's thresholds, those that hold and those that do not, whatever k6 says of them. */
const OF_THE_SCRIPT = {
  'http_req_duration: p(99)<500': true,
  'http_req_duration: avg<0.001': false,
  'http_req_duration: p(99.9)<1000': true,
  'http_req_duration{name:item}: p(95) < 400': true,
  'http_req_duration{name:nothing}: p(95)<400': false,
  // No request has that name, and k6 lets a rate without samples hold.
  'http_req_failed{name:nothing}: rate<0.01': true,
  'http_req_failed: rate<0.01': false,
  'http_reqs: count>10': true,
  'http_reqs: rate>1': true,
  'checks: rate>0.5': true,
  'vus: value>0': true
}

describe('parseK6Summary', () => {
  it.each(['k6-v0.52.0.json', 'k6-v1.8.1.json', 'k6-v2.0.0.json'])('reads %s', async (name) => {
    const { figures, thresholds } = await parseK6Summary(fixture(name))
    expect(figures.requests).toBeGreaterThan(100)
    expect(figures.rate).toBeGreaterThan(50)
    expect(figures.failureRate).toBeCloseTo(0.1, 2)
    expect(figures.latency?.p99).toBeGreaterThan(figures.latency?.med ?? Infinity)
    const verdicts = Object.fromEntries(thresholds.map(({ text, passed }) => [text, passed]))
    expect(verdicts).toEqual(OF_THE_SCRIPT)
  })

  it('says why it does not take the machine-readable shape, which lacks figures', async () => {
    expect(await problems(fixture('k6-v1.8.1-machine-readable.json'))).toEqual([
      'k6-summary.json: metrics.http_req_duration.p(99): found nothing, wanted a number of at least 0',
      'k6-summary.json: it is of --new-machine-readable-summary, which lacks figures: leave that out'
    ])
  })

  it('takes it once it has them', async () => {
    const text = fixture('k6-v1.8.1-machine-readable.json').replaceAll(
      '"p95": ',
      '"p99": 99, "p95": '
    )
    const { figures } = await parseK6Summary(text)
    expect(figures.latency?.p99).toBe(99)
    expect(figures.failureRate).toBeCloseTo(0.1, 2)
    expect(figures.rate).toBeCloseTo(figures.requests / 2, -1)
  })

  it('takes the shape of handleSummary()', async () => {
    const { metrics } = smallSummary()
    const wrapped = Object.fromEntries(
      Object.entries(metrics ?? {}).map(([name, values]: [string, unknown]) => [
        name,
        { type: 'any', values, thresholds: { 'count>99999': { ok: true } } }
      ])
    )
    const { figures, thresholds } = await parsed({ metrics: wrapped })
    expect(figures.failureRate).toBe(2 / 12345)
    expect(thresholds.find(({ text }) => text.startsWith('http_reqs'))).toEqual({
      text: 'http_reqs: count>99999',
      measured: 12345,
      passed: false
    })
  })

  it('takes over neither what the report says of thresholds nor of rates', async () => {
    const { figures, thresholds } = await parsed(
      smallSummary({
        http_req_failed: {
          passes: 50,
          fails: 50,
          value: 0,
          thresholds: { 'rate<0.01': false, 'rate < 0.6': true }
        }
      })
    )
    expect(figures.failureRate).toBe(0.5)
    expect(thresholds).toEqual([
      { text: 'http_req_failed: rate<0.01', measured: 0.5, passed: false },
      { text: 'http_req_failed: rate < 0.6', measured: 0.5, passed: true }
    ])
  })

  it.each([
    // Between p(95) and max, which decide it on either side.
    ['p(99.9)<1000', 30, true],
    ['p(99.9)<=30', 30, true],
    ['p(99.9)<25', undefined, false],
    ['p(99.9)>19', 20, true],
    ['p(99.9)<20', 20, false],
    ['p(60)>30', 20, false],
    ['p(99.9)==25', undefined, false],
    ['p(99.9)!=40', undefined, false],
    ['p(101)<1000', undefined, false],
    ['p(9.5e1)<2e1', 20, false],
    ['p(95)<2.1E+1', 20, true],
    ['max<.3e2', 30, false],
    ['max<=+30.', 30, true],
    ['max<0x1p5', undefined, false],
    ['p(95.0)<1000', 20, true],
    ['p(50)<11', 10, true],
    ['p(100)<=30', 30, true],
    ['p(0)===1', 1, true],
    ['med!=10', 10, false],
    ['avg==12.5', 12.5, true],
    ['count>1', undefined, false],
    ['rate>1', undefined, false],
    ['p(95)<1 && avg<2', undefined, false],
    ['p(95)', undefined, false],
    ['constructor>0', undefined, false],
    ['max<-1', 30, false]
  ])('%s of a trend', async (expression, measured, passed) => {
    const trend = { avg: 12.5, min: 1, med: 10, max: 30, 'p(95)': 20 }
    const { thresholds } = await parsed(
      smallSummary({ waiting: { ...trend, thresholds: { [expression]: false } } })
    )
    expect(thresholds).toEqual([{ text: `waiting: ${expression}`, measured, passed }])
  })

  const none = { avg: 0, min: 0, med: 0, max: 0, 'p(95)': 0 }
  it.each([
    // A rate holds without samples, whatever it is compared with, as k6 has it.
    ['errors', { passes: 0, fails: 0, value: 0 }, 'rate<0.05', undefined, true],
    ['checks', { passes: 0, fails: 0, value: 0 }, 'rate>0.99', undefined, true],
    ['checks{scenario:b}', { matches: 0, total: 0 }, 'rate>0.99', undefined, true],
    // The zeros of a trend or a gauge without samples are no figures.
    ['checkout', { ...none, count: 0 }, 'p(95)<500', undefined, false],
    ['checkout', none, 'p(95)<500', undefined, false],
    ['http_req_waiting{name:pay}', none, 'max<500', undefined, false],
    ['queue', { value: 0, min: 0, max: 0 }, 'value<10', undefined, false],
    ['queue', { value: 0, min: 0, max: 3 }, 'value<10', 0, true],
    // Three samples of 0 ms, such as TLS handshakes over plain HTTP, are measured.
    ['http_req_tls_handshaking', { ...none, count: 3 }, 'p(95)<100', 0, true],
    // An answer in 0 ms is none.
    ['http_req_duration{name:x}', { ...none, count: 3 }, 'p(95)<100', undefined, false],
    ['http_req_waiting', { ...none, count: 3 }, 'p(95)<100', undefined, false],
    // Nobody has counted anything: that is a count (grafana/k6#1053, #1346).
    ['orders', { count: 0, rate: 0 }, 'count>500', 0, false],
    ['error_counter', { count: 0, rate: 0 }, 'count < 10', 0, true],
    // What k6 does not let a threshold ask for.
    ['checkout', { ...none, max: 3, count: 3 }, 'count>1', undefined, false]
  ])('%s of %j: %s', async (name, values, expression, measured, passed) => {
    const { thresholds } = await parsed(
      smallSummary({ [name]: { ...values, thresholds: { [expression]: false } } })
    )
    expect(thresholds).toEqual([{ text: `${name}: ${expression}`, measured, passed }])
  })

  it('has no latency where nothing was answered', async () => {
    const zeros = { avg: 0, min: 0, med: 0, max: 0, 'p(90)': 0, 'p(95)': 0, 'p(99)': 0 }
    const { figures, thresholds } = await parsed(
      smallSummary({
        http_req_duration: { ...zeros, thresholds: { 'p(99)<500': false } },
        http_req_failed: { passes: 190, fails: 0, value: 1 }
      })
    )
    expect(figures).toMatchObject({ latency: undefined, failureRate: 1 })
    expect(thresholds[0]).toMatchObject({ measured: undefined, passed: false })
  })

  it.each([
    ['', 'the file is empty, wanted a mapping'],
    ['[]', 'the top level is a list, wanted a mapping'],
    ['{"metrics": {', 'found the end of the file'],
    ['{"metrics": {"http_reqs": {"count": NaN}}}', 'found "N", wanted a value'],
    ['{}', 'found no metrics: is it a summary of k6?'],
    ['{"metrics": {"vus": {"value": 1}}}', 'the script has sent no HTTP request'],
    ['{"metrics": []}', 'found no metrics'],
    ['{"metrics": {"http_reqs": 3}}', 'found no metrics'],
    ['{"results": {"metrics": [{"values": {}}, 3, null]}}', 'found no metrics']
  ])('refuses %j', async (text, complaint) => {
    expect((await problems(text)).join('\n')).toContain(complaint)
  })

  it('refuses cut-off text wherever it is cut off', async () => {
    const text = fixture('k6-v1.8.1.json').trimEnd()
    for (let length = 0; length < text.length; length += 97) {
      expect(await problems(text.slice(0, length))).not.toEqual([])
    }
  })

  it.each([
    ['http_reqs', { rate: 1 }, 'metrics.http_reqs.count: found nothing'],
    ['http_reqs', { count: '3', rate: 1 }, 'metrics.http_reqs.count: found text'],
    ['http_reqs', { count: -3, rate: 1 }, 'metrics.http_reqs.count: found -3'],
    ['http_reqs', { count: 3 }, 'metrics.http_reqs.rate: found nothing'],
    ['http_reqs', { count: 3, rate: null }, 'metrics.http_reqs.rate: found nothing'],
    ['http_reqs', { count: 0, rate: 0 }, 'the script has sent no HTTP request'],
    ['http_req_failed', { value: 0 }, 'wanted the counts passes and fails'],
    ['http_req_failed', { passes: 0, fails: 0 }, 'wanted the counts passes and fails'],
    ['http_req_failed', { passes: 2, fails: -1 }, 'wanted the counts passes and fails'],
    ['http_req_failed', { passes: -1, fails: 2 }, 'wanted the counts passes and fails'],
    ['http_req_duration', { avg: 1 }, 'metrics.http_req_duration.p(99): found nothing'],
    ['http_req_duration', 7, 'metrics.http_req_duration.avg: found nothing']
  ])('refuses %s as %j', async (name, metric, complaint) => {
    const found = await problems(JSON.stringify(smallSummary({ [name]: metric })))
    expect(found.join('\n')).toContain(complaint)
  })

  it('refuses infinite figures', async () => {
    const text = JSON.stringify(smallSummary()).replace('12345,', '1e999,')
    expect(await problems(text)).toEqual([
      'k6-summary.json: metrics.http_reqs.count: found Infinity, wanted a number of at least 0'
    ])
  })

  it('does not read more than 5 MB', async () => {
    const text = JSON.stringify(smallSummary({ filler: 'x'.repeat(LONGEST_SUMMARY) }))
    expect(await problems(text)).toEqual(['k6-summary.json: longer than 5242880 bytes'])
  })

  it('throws nothing else, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.json(), fc.json({ depthSize: 'large' })),
        async (text) => {
          await problems(text)
        }
      )
    )
  })

  it('throws nothing else, and lets no figure through that is none, whatever is changed', async () => {
    const whole: unknown = JSON.parse(fixture('k6-v1.8.1.json'))
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(
        -1,
        0,
        1e308,
        '1',
        null,
        true,
        {},
        [],
        { values: {} },
        { thresholds: { a: 1 } }
      )
    )
    const change = fc.record({ pick: fc.nat(), value, drop: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const summary: unknown = structuredClone(whole)
        for (const each of changes) mutate(summary, each)
        try {
          const { figures, thresholds } = await parsed(summary)
          const { latency, ...others } = figures
          for (const figure of Object.values({ ...latency, ...others })) {
            expect(figure).toBeGreaterThanOrEqual(0)
            expect(figure).toBeLessThan(Infinity)
          }
          expect(figures.failureRate).toBeLessThanOrEqual(1)
          for (const { text, measured, passed } of thresholds) {
            // Only a rate may hold without a sample.
            if (passed && measured === undefined) expect(text).toMatch(/: rate/)
          }
        } catch (error) {
          expect(error).toBeInstanceOf(K6SummaryError)
        }
      })
    )
  })
})

/** Changes or drops one member somewhere below. */
function mutate(
  root: unknown,
  { pick, value, drop }: { pick: number; value: unknown; drop: boolean }
): void {
  const places: { readonly parent: Record<string, unknown>; readonly key: string }[] = []
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const parent = node as Record<string, unknown>
    for (const key of Object.keys(parent)) {
      places.push({ parent, key })
      walk(parent[key])
    }
  }
  walk(root)
  const place = places[pick % Math.max(1, places.length)]
  if (!place) return
  if (drop) Reflect.deleteProperty(place.parent, place.key)
  else place.parent[place.key] = value
}

describe('percentilesIn', () => {
  it('finds what a script asks for, once each', () => {
    const script =
      "http_req_duration: ['p(99.9)<1', 'p( 75 ) < 3', 'p(99.90)<2'], x: step(5), 'p(100)<1'"
    expect(percentilesIn(script)).toEqual(['p(99.9)', 'p(75)'])
  })
})
