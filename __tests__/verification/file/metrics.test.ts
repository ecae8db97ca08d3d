import { describe, expect, test } from '@jest/globals'
import { announced } from '../../../src/verification/file/announced.ts'
import { parseVerification, VerificationError } from '../../../src/verification/file/parse.ts'

async function problemsOf(text: string): Promise<readonly string[]> {
  try {
    await parseVerification(`version: 1\n${text}`, 'v.yml')
    return []
  } catch (error) {
    if (error instanceof VerificationError) return error.problems
    throw error
  }
}

describe('the section metrics', () => {
  test('with everything', async () => {
    const { metrics } = await parseVerification(
      `version: 1
metrics:
  required: true
  for: 2 min
  alarms: [orders-5xx]
  limits: [green target-5xx < 1, "blue  response-time<=0.3 s", green healthy-hosts >= 2]`,
      'v.yml'
    )
    expect(metrics).toEqual({
      required: true,
      forMs: 120_000,
      alarms: ['orders-5xx'],
      limits: [
        { side: 'green', metric: 'target-5xx', comparison: '<', value: 1 },
        { side: 'blue', metric: 'response-time', comparison: '<=', value: 300 },
        { side: 'green', metric: 'healthy-hosts', comparison: '>=', value: 2 }
      ]
    })
  })

  test('shows figures for a minute where it says no more', async () => {
    const { metrics } = await parseVerification('version: 1\nmetrics: { required: false }', 'v.yml')
    expect(metrics).toEqual({ required: false, forMs: 60_000, alarms: [], limits: [] })
  })

  test('tells every problem once', async () => {
    expect(
      await problemsOf(`
metrics:
  for: 10 s
  alarms: x
  limits:
    - target-5xx < 1
    - red target-5xx < 1
    - green target-5x < 1
    - green target-5xx == 1
    - green target-5xx < 1 ms
    - green response-time < 300
    - green target-5xx < one
  every: 1 min`)
    ).toEqual(
      [
        'metrics.required: is missing',
        'metrics.for: wanted 1 min to 30 min',
        'metrics.alarms: found "x", wanted a list of at least one text',
        'metrics.limits[0]: found "target-5xx < 1", wanted a side, a metric, a comparison and a figure, such as green target-5xx < 1 or green response-time < 300 ms',
        'metrics.limits[1]: found "red target-5xx < 1", where the side red is not known, accepted: green, blue',
        'metrics.limits[2]: found "green target-5x < 1", where the metric target-5x is not known, accepted: healthy-hosts, response-time, target-4xx, target-5xx, requests; did you mean target-5xx?',
        'metrics.limits[3]: found "green target-5xx == 1", where the comparison == is not known, accepted: <, <=, >, >=',
        'metrics.limits[4]: found "green target-5xx < 1 ms", where target-5xx has no unit',
        'metrics.limits[5]: found "green response-time < 300", where a duration is wanted in ms or s: 300 ms',
        'metrics.limits[6]: found "green target-5xx < one", wanted a side, a metric, a comparison and a figure, such as green target-5xx < 1 or green response-time < 300 ms',
        'metrics.every: is not known, accepted: required, for, alarms, limits'
      ].map((problem) => `v.yml: ${problem}`)
    )
  })

  test('has an end to its lists and to its time', async () => {
    const many = JSON.stringify(Array.from({ length: 51 }, (_, index) => `a${index}`))
    expect(await problemsOf(`metrics: { required: true, for: 31 min, alarms: ${many} }`)).toEqual([
      'v.yml: metrics.for: wanted 1 min to 30 min',
      'v.yml: metrics.alarms: found 51, wanted at most 50'
    ])
  })
})

describe('the section recovery', () => {
  test('with everything, and with what it has to have', async () => {
    const full = `version: 1
recovery:
  required: false
  cluster: shop-staging
  path: /version
  within: 90 s
  rate: 20
  timeout: 2 s
  max-failure-rate: 60 %`
    expect((await parseVerification(full, 'v.yml')).recovery).toEqual({
      required: false,
      cluster: 'shop-staging',
      side: 'green',
      path: '/version',
      withinMs: 90_000,
      rate: 20,
      timeoutMs: 2_000,
      maxFailureRate: 0.6
    })
    const least = full.split('\n').slice(0, 6).join('\n')
    expect((await parseVerification(least, 'v.yml')).recovery).toMatchObject({
      rate: 10,
      timeoutMs: 5_000,
      maxFailureRate: undefined
    })
  })

  test('tells every problem once', async () => {
    expect(await problemsOf('recovery: {}')).toEqual(
      ['required', 'cluster', 'path', 'within'].map((name) => `v.yml: recovery.${name}: is missing`)
    )
    expect(
      await problemsOf(`
recovery:
  required: "yes"
  cluster: "*"
  path: version
  within: 500 ms
  rate: 0
  timeout: 2 min
  max-failure-rate: 0.6
  tasks: 2`)
    ).toEqual(
      [
        'required: found "yes", wanted true or false',
        'cluster: found "*", wanted the name of a cluster',
        'path: found "version", wanted a path that starts with one /',
        'within: wanted 1 s to 30 min',
        'rate: found 0, wanted a whole number from 1 to 200',
        'timeout: wanted at most 60 s',
        'max-failure-rate: wanted a share such as 1 % or 0.5 %',
        'tasks: is not known, accepted: required, cluster, path, within, side, rate, timeout, max-failure-rate'
      ].map((problem) => `v.yml: recovery.${problem}`)
    )
  })
})

describe('what is announced', () => {
  test('is what the gate waits for, in the order in which it comes', async () => {
    const verification = await parseVerification(
      `version: 1
metrics: { required: true }
availability: { on-breach: stop, path: / }
recovery: { required: false, cluster: a, path: /, within: 1 min }
flows: [{ name: pay, required: true, steps: [{ path: / }] }]`,
      'v.yml'
    )
    expect(announced(verification)).toEqual([
      { name: 'pay', required: true },
      { name: 'recovery', required: false },
      { name: 'metrics', required: true }
    ])
  })

  test('has every name once: a flow may not be called like a section', async () => {
    expect(
      await problemsOf('flows: [{ name: metrics, required: true, steps: [{ path: / }] }]')
    ).toEqual(['v.yml: flows[0].name: "metrics" is a section\'s'])
  })
})
