import { describe, expect, it } from '@jest/globals'
import type { MetricSeries } from '../../../src/release/evidence.ts'
import { metricDimensions } from '../../../src/verification/metrics/dimensions.ts'
import { judge } from '../../../src/verification/metrics/limits.ts'
import type { MetricLimit } from '../../../src/verification/metrics/limits.ts'
import type { Metric } from '../../../src/verification/metrics/queries.ts'
import { windows } from '../../../src/verification/metrics/windows.ts'

const MINUTE = 60_000
const ELB = 'arn:aws:elasticloadbalancing:eu-central-1:123456789012'
const BALANCER = `${ELB}:loadbalancer/app/shop/0123456789abcdef`
const GROUP = `${ELB}:targetgroup/orders-a/fedcba9876543210`

describe('dimensions', () => {
  it('are the ends of the ARNs, in every partition', () => {
    const dimensions = [
      { Name: 'LoadBalancer', Value: 'app/shop/0123456789abcdef' },
      { Name: 'TargetGroup', Value: 'targetgroup/orders-a/fedcba9876543210' }
    ]
    expect(metricDimensions(BALANCER, GROUP)).toEqual(dimensions)
    const chinese = (arn: string): string => arn.replace('arn:aws:', 'arn:aws-cn:')
    expect(metricDimensions(chinese(BALANCER), chinese(GROUP))).toEqual(dimensions)
  })

  it.each([
    ['a network load balancer', BALANCER.replace('/app/', '/net/'), GROUP],
    ['a listener', BALANCER.replace('loadbalancer/', 'listener/'), GROUP],
    ['a name', 'shop', GROUP],
    ['no target group', BALANCER, BALANCER],
    ['nothing', '', '']
  ])('there are none for %s', (_, balancer, group) => {
    expect(metricDimensions(balancer, group)).toBeUndefined()
  })
})

describe('windows', () => {
  it('begin with their minute and are an hour at most', () => {
    expect(windows(90_000, 150_000)).toEqual([{ from: MINUTE, until: 150_000 }])
    expect(windows(30_000, 130 * MINUTE)).toEqual([
      { from: 0, until: 60 * MINUTE },
      { from: 60 * MINUTE, until: 120 * MINUTE },
      { from: 120 * MINUTE, until: 130 * MINUTE }
    ])
    expect(windows(0, 60 * MINUTE)).toHaveLength(1)
  })

  it('are none where no time lies between', () => {
    expect(windows(MINUTE, MINUTE)).toEqual([])
    expect(windows(MINUTE, 0)).toEqual([])
  })
})

describe('a limit', () => {
  const FROM = 30_000

  /** Series of green by metric, a value a minute. */
  function green(values: Partial<Record<Metric, readonly (number | undefined)[]>>): MetricSeries[] {
    return Object.entries(values).map(([metric, points]) => ({
      metric: metric as Metric,
      side: 'green',
      unit: metric === 'response-time' ? 'ms' : 'count',
      points: points.flatMap((value, minute) =>
        value === undefined ? [] : [{ at: minute * MINUTE, value }]
      )
    }))
  }

  function verdict(limit: string, series: readonly MetricSeries[]): string {
    const [metric, comparison, value] = limit.split(' ')
    const asked = { metric, side: 'green', comparison, value: Number(value) } as MetricLimit
    const judged = judge(asked, series, FROM)
    return judged.problem === '' ? judged.verdict : `${judged.verdict}: ${judged.problem}`
  }

  it('on a count is one on its sum', () => {
    const series = green({ 'target-5xx': [1, undefined, 2] })
    expect(verdict('target-5xx < 3', series)).toBe('broken: green target-5xx is 3, must be < 3')
    expect(verdict('target-5xx <= 3', series)).toBe('kept')
  })

  it('takes a missing count for zero only where the side is known at all', () => {
    expect(verdict('target-5xx < 1', green({ 'healthy-hosts': [2] }))).toBe('kept')
    expect(verdict('requests > 0', green({ 'healthy-hosts': [2] }))).toBe(
      'broken: green requests is 0, must be > 0'
    )
    expect(verdict('target-5xx < 1', green({ 'healthy-hosts': [], 'target-5xx': [] }))).toBe(
      'unknown: green target-5xx has no figure, must be < 1'
    )
  })

  it('on hosts is one on every whole minute', () => {
    const series = green({ 'healthy-hosts': [0, 2, 3] })
    expect(verdict('healthy-hosts >= 2', series)).toBe('kept')
    expect(verdict('healthy-hosts > 2', series)).toBe(
      'broken: green healthy-hosts is 2, must be > 2'
    )
    expect(verdict('healthy-hosts < 3', series)).toBe(
      'broken: green healthy-hosts is 3, must be < 3'
    )
    expect(verdict('healthy-hosts >= 1', green({ 'healthy-hosts': [2] }))).toMatch(/^unknown/)
  })

  it('on response times is one on their average by requests', () => {
    const series = green({ 'response-time': [100, 400.02], requests: [3, 1] })
    expect(verdict('response-time < 175.005', series)).toBe(
      'broken: green response-time is 175.005 ms, must be < 175.005 ms'
    )
    expect(verdict('response-time <= 175.005', series)).toBe('kept')
    expect(verdict('response-time < 300', green({ requests: [1] }))).toBe(
      'unknown: green response-time has no figure, must be < 300 ms'
    )
  })
})
