import { beforeAll, describe, expect, it } from '@jest/globals'
import { systemClock } from '../../../src/release/clock.ts'
import type { LoadEvidence } from '../../../src/release/evidence.ts'
import { parseK6Summary } from '../../../src/verification/load/k6-summary.ts'
import { runLoad } from '../../../src/verification/load/run-load.ts'
import { fakeK6 } from './fake-k6.ts'
import { RECORDINGS, type Recording } from './recordings.ts'

/** What our own reading makes of a run of k6 that prints, writes and ends as the recorded one. */
async function replay({ summary, run, version }: Recording): Promise<LoadEvidence> {
  const fake = await fakeK6()
  try {
    return await runLoad({
      name: 'load',
      required: true,
      target: new URL('http://127.0.0.1:9/'),
      script: await fake.script('replay'),
      k6Path: fake.path,
      env: { SUMMARY: summary, RUN: run, VERSION: version },
      thresholds: [],
      builtin: { connections: 1, seconds: 1, requests: [] },
      clock: systemClock,
      signal: new AbortController().signal,
      onProgress: () => undefined
    })
  } finally {
    await fake.remove()
  }
}

const named = RECORDINGS.map((recording) => [recording.name, recording] as const)
/** Those in which a request was sent at all. */
const measured = named.filter(([, { summary }]) => summary.includes('"http_reqs"'))

describe('a recorded run of k6', () => {
  const evidence = new Map<string, LoadEvidence>()
  beforeAll(async () => {
    for (const each of RECORDINGS) evidence.set(each.name, await replay(each))
  })

  /** k6's word and ours on each threshold. */
  const thresholdsOf = ({ name, said }: Recording) =>
    (evidence.get(name)?.thresholds ?? []).map((ours) => ({
      ...ours,
      k6: said.find(({ text }) => text === ours.text)
    }))

  it('is there, with and without thresholds, of each exit code', () => {
    expect([...new Set(RECORDINGS.map(({ exitCode }) => exitCode))].toSorted()).toEqual([
      0, 107, 99
    ])
    expect(RECORDINGS.flatMap(({ said }) => said).length).toBeGreaterThan(15)
    expect(measured.length).toBeGreaterThan(9)
  })

  it.each(measured)(
    '%s: is read, its figures being those of the summary',
    async (name, recording) => {
      const { figures } = await parseK6Summary(recording.summary)
      expect(evidence.get(name)).toMatchObject({ engine: 'k6', engineVersion: '1.8.1', ...figures })
      expect(figures.latency?.p99).toBeGreaterThan(0)
    }
  )

  it.each(measured)('%s: every threshold of its script is in the evidence', (_, recording) => {
    const ours = thresholdsOf(recording).map(({ text }) => text)
    expect(ours.toSorted()).toEqual(recording.said.map(({ text }) => text).toSorted())
  })

  /** k6 prints zeros for them, lets them hold, and has not measured them. */
  const WITHOUT_SAMPLES = [
    'checkout_ms: p(95)<500',
    'group_duration{group:::checkout}: p(95)<500',
    'http_req_waiting{name:pay}: p(95)<500',
    'iteration_duration{scenario:peak}: p(95)<500',
    'queue: value<10'
  ]
  const RATES_WITHOUT_SAMPLES = [
    'checks: rate>0.99',
    'errors: rate<0.05',
    'http_req_failed{name:pay}: rate<0.01'
  ]

  it('has trends, gauges and rates without samples, and no others of which nothing is measured', () => {
    const unmeasured = RECORDINGS.flatMap(thresholdsOf).filter(
      (each) => each.measured === undefined
    )
    const heldIs = (held: boolean) =>
      unmeasured.filter(({ passed }) => passed === held).map(({ text }) => text)
    expect(heldIs(false).toSorted()).toEqual(WITHOUT_SAMPLES)
    expect(heldIs(true).toSorted()).toEqual(RATES_WITHOUT_SAMPLES)
  })

  it.each(measured)(
    '%s: what is measured is what k6 has printed, and judged as by k6',
    (_, recording) => {
      for (const { text, measured: ours, passed, k6 } of thresholdsOf(recording)) {
        if (WITHOUT_SAMPLES.includes(text)) continue
        expect([text, passed]).toEqual([text, k6?.passed])
        if (ours === undefined) continue
        // k6 prints three digits.
        expect(Math.abs(ours - (k6?.measured ?? Number.NaN))).toBeLessThanOrEqual(ours / 100)
      }
    }
  )

  it.each(named)('%s: a threshold that k6 has found crossed fails it', (name, { exitCode }) => {
    const { verdict, thresholds = [] } = evidence.get(name) ?? {}
    const crossed = thresholds.filter((each) => !each.passed && each.measured !== undefined)
    expect(verdict === 'failed').toBe(exitCode === 99)
    expect(crossed.length > 0).toBe(exitCode === 99)
  })

  it.each([
    ['ramping-vus-with-setup-token', 'passed', /^k6 1\.8\.1: p99 3\.6 ms, 0 % of 214 requests/],
    ['tagged-submetrics', 'passed', /5 of 5 thresholds hold$/],
    ['exponent', 'passed', /2 of 2 thresholds hold$/],
    ['computed-percentile', 'passed', /1 of 1 thresholds hold$/],
    ['rate-without-samples', 'passed', /2 of 2 thresholds hold \(1 without a sample\)$/],
    ['checks-threshold-without-checks', 'passed', /2 of 2 thresholds hold \(2 without a sample\)$/],
    [
      'trend-and-gauge-without-samples',
      'unknown',
      /0 of 5 thresholds hold, not .* \(not measured\) and not .* \(not measured\) and 3 more$/
    ],
    ['threshold-crossed', 'failed', /http_req_duration: p\(99\)<0\.001/],
    ['checks-that-fail-with-threshold', 'failed', /checks: rate>0\.99/],
    ['script-throws', 'unknown', /the script has sent no HTTP request$/],
    [
      'setup-throws',
      'unknown',
      /^k6 1\.8\.1: exit code 107, the script threw an error: Error: failed to get token: 201 /
    ]
  ])('%s is %s', (name, verdict, summary) => {
    expect(evidence.get(name)).toMatchObject({ verdict, summary: expect.stringMatching(summary) })
  })
})
