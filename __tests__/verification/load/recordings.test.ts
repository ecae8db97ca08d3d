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
    const { verdict, thresholds = [], checks = [] } = evidence.get(name) ?? {}
    const crossed = thresholds.filter((each) => !each.passed && each.measured !== undefined)
    // k6 lets a script pass whose check never does, as long as no threshold is on it.
    const isNever = checks.some(({ passes }) => passes === 0)
    expect(verdict === 'failed').toBe(exitCode === 99 || isNever)
    expect(crossed.length > 0).toBe(exitCode === 99)
  })

  it.each(measured)('%s: its checks are those that k6 has printed', (name, { run }) => {
    const { checks = [] } = evidence.get(name) ?? {}
    // Of a check that has failed k6 prints its counts, of another one its name alone.
    const ours = checks.map(({ name: check, passes, fails }) =>
      fails === 0 ? `✓ ${check}` : `✗ ${check} ✓ ${passes} / ✗ ${fails}`
    )
    const { stdout = '' }: { readonly stdout?: string } = JSON.parse(run) as object
    const [, results = ''] = /checks_failed.*\n\n([^█]*?)\n\n/.exec(stdout) ?? []
    const printed = results.replaceAll(/\n\s+↳\s+\d+% — /g, ' ').split('\n')
    const k6 = printed.map((line) => line.trim()).filter((line) => /^[✓✗]/.test(line))
    expect(ours.toSorted()).toEqual(k6.toSorted())
  })

  it.each(measured)(
    '%s: iterations, data and trends are those that k6 has printed',
    (name, { run }) => {
      const { script } = evidence.get(name) ?? {}
      const { stdout = '' }: { readonly stdout?: string } = JSON.parse(run) as object
      const printed = (metric: string): string | undefined =>
        new RegExp(`^ +${metric}\\.*: +(\\S+)`, 'm').exec(stdout)?.[1]
      expect(String(script?.iterations)).toBe(printed('iterations'))
      const most = /^ +vus\.+: .*max=(\d+)/m.exec(stdout)?.[1]
      if (most !== undefined) expect(String(script?.vus)).toBe(most)
      // k6 rounds to two digits, in B or kB.
      const received = Number(printed('data_received'))
      const bytes = script?.dataReceived ?? Number.NaN
      expect([bytes, bytes / 1000].some((ours) => Math.abs(ours - received) < ours / 20)).toBe(true)
      const duration = script?.trends.find((each) => each.name === 'iteration_duration')
      expect(duration?.unit).toBe('ms')
      expect(script?.trends.map((each) => each.name)).toContain('http_req_waiting')
      expect(script?.trends.map((each) => each.name)).not.toContain('http_req_duration')
    }
  )

  it.each([
    [
      'checks-that-fail',
      'failed',
      /2 of 3 checks pass, not "total is right" \(passed 0 of 100 times\), "status is 200" failed 2 of 100 times$/
    ],
    [
      'ramping-vus-with-setup-token',
      'passed',
      /^k6 1\.8\.1: p99 3\.6 ms, 0 of 214 requests failed, 3 of 3 checks pass/
    ],
    ['tagged-submetrics', 'passed', /5 of 5 thresholds hold$/],
    ['exponent', 'passed', /2 of 2 thresholds hold$/],
    ['computed-percentile', 'passed', /1 of 1 thresholds hold$/],
    ['rate-without-samples', 'passed', /2 of 2 thresholds hold \(1 without a sample\)$/],
    ['checks-threshold-without-checks', 'passed', /2 of 2 thresholds hold \(2 without a sample\)$/],
    [
      'trend-and-gauge-without-samples',
      'unknown',
      /0 of 5 thresholds hold, not .* \(not measured\), .* \(not measured\) and 3 more$/
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
