import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Fault } from '../../../emulator/faults.ts'
import { createClients } from '../../../src/aws/clients.ts'
import type { Clients } from '../../../src/aws/clients.ts'
import { OptionalReads } from '../../../src/aws/optional-reads.ts'
import type { MetricsEvidence } from '../../../src/release/evidence.ts'
import type { MetricLimit } from '../../../src/verification/metrics/limits.ts'
import { readMetrics } from '../../../src/verification/metrics/read-metrics.ts'
import type { MetricsRequest } from '../../../src/verification/metrics/read-metrics.ts'
import { Balancer, MINUTE, START } from '../../emulator/cloudwatch/stage.ts'

const ENDPOINT = 'AWS_ENDPOINT_URL_CLOUDWATCH'

let stage: Balancer
let clients: Clients
let said: string[]
beforeEach(async () => {
  stage = await Balancer.open()
  said = []
  process.env[ENDPOINT] = stage.emulator.endpoint
  clients = createClients({
    region: stage.emulator.world.region,
    credentials: async () => stage.emulator.userKeys,
    maxRetries: 0
  })
})
afterEach(async () => {
  const { client } = await clients.cloudwatch()
  client.destroy()
  Reflect.deleteProperty(process.env, ENDPOINT)
  await stage.close()
})

function optionalReads(): OptionalReads {
  return new OptionalReads(stage.clock, (what, reason) => said.push(`${what}: ${reason}`))
}

function read(request: Partial<MetricsRequest> = {}): Promise<MetricsEvidence> {
  return readMetrics({
    clients,
    optionalReads: optionalReads(),
    name: 'metrics',
    required: true,
    loadBalancer: stage.arn,
    blue: stage.blue,
    green: stage.green,
    from: START,
    until: stage.clock.now(),
    alarms: [],
    ...request
  })
}

/** Blue with one target, then green with two, which gets the traffic: two minutes each. */
async function traffic(): Promise<void> {
  await stage.target(stage.blue)
  await stage.ask('/', '/', '/404', '/500')
  await stage.clock.advance(2 * MINUTE)
  await stage.forward(stage.green)
  await stage.target(stage.green)
  await stage.target(stage.green)
  await stage.ask('/', '/', '/')
  await stage.clock.advance(MINUTE)
  await stage.ask('/', '/')
  await stage.clock.advance(MINUTE)
}

function points(evidence: MetricsEvidence, side: string, metric: string) {
  const found = evidence.series.find((each) => each.side === side && each.metric === metric)
  return found?.points.map(({ at, value }) => [(at - START) / MINUTE, value])
}

function calls(operation: string): number {
  return stage.emulator.calls.list(`cloudwatch:${operation}`).length
}

function fail(operation: string, fault: Fault): void {
  stage.emulator.faults.add({ operation: `cloudwatch:${operation}`, fault })
}

describe.each(['unreported', 'zero'] as const)('figures, quiet minutes %s', (quiet) => {
  beforeEach(() => {
    stage.emulator.world.switches.quietMinutes = quiet
  })
  /** Points that are there only where zeros are. */
  const zeros = (...minutes: number[]) =>
    quiet === 'zero' ? minutes.map((minute) => [minute, 0]) : []

  it('are those of both sides, from one call', async () => {
    await traffic()
    const evidence = await read()
    expect(evidence).toMatchObject({
      section: 'metrics',
      name: 'metrics',
      required: true,
      verdict: 'passed',
      startedAt: START,
      endedAt: START + 4 * MINUTE,
      alarms: []
    })
    expect(evidence.series).toHaveLength(10)
    expect(points(evidence, 'green', 'healthy-hosts')).toEqual([
      [2, 2],
      [3, 2]
    ])
    expect(points(evidence, 'green', 'requests')).toEqual([
      [2, 3],
      [3, 2]
    ])
    expect(points(evidence, 'green', 'target-5xx')).toEqual(zeros(2, 3))
    expect(points(evidence, 'blue', 'healthy-hosts')).toEqual([
      [0, 1],
      [1, 1]
    ])
    expect(points(evidence, 'blue', 'requests')).toEqual([[0, 4], ...zeros(1)])
    expect(points(evidence, 'blue', 'target-4xx')).toEqual([[0, 1], ...zeros(1)])
    expect(points(evidence, 'blue', 'target-5xx')).toEqual([[0, 1], ...zeros(1)])
    const [[, ms] = []] = points(evidence, 'green', 'response-time') ?? []
    expect(ms).toBeGreaterThan(0)
    expect(ms).toBeLessThan(1000)
    expect(evidence.summary).toMatch(
      /^green: 2 healthy, 5 requests, 0 5xx, 0 4xx, [\d.]+ ms; blue: 1 healthy, 4 requests, 1 5xx, 1 4xx, [\d.]+ ms$/
    )
    expect(calls('GetMetricData')).toBe(1)
    expect(calls('DescribeAlarms')).toBe(0)
    expect(said).toEqual([])
  })

  it('are held against limits', async () => {
    await traffic()
    const limits: MetricLimit[] = [
      { metric: 'target-5xx', side: 'green', comparison: '<', value: 1 },
      { metric: 'healthy-hosts', side: 'green', comparison: '>=', value: 2 },
      { metric: 'requests', side: 'green', comparison: '>=', value: 5 },
      { metric: 'response-time', side: 'green', comparison: '<', value: 2000 }
    ]
    expect((await read({ limits })).verdict).toBe('passed')
    const broken = await read({
      limits: [...limits, { metric: 'target-5xx', side: 'blue', comparison: '<', value: 1 }]
    })
    expect(broken.verdict).toBe('failed')
    expect(broken.summary).toMatch(/^blue target-5xx is 1, must be < 1; green: /)
  })

  it('that nobody has do not keep to a limit', async () => {
    await stage.target(stage.blue)
    await stage.clock.advance(MINUTE)
    const evidence = await read({
      limits: [{ metric: 'target-5xx', side: 'green', comparison: '<', value: 1 }]
    })
    expect(evidence.verdict).toBe('unknown')
    expect(evidence.summary).toBe(
      'green target-5xx has no figure, must be < 1; green: no figures; blue: 1 healthy, 0 requests, 0 5xx, 0 4xx'
    )
  })
})

describe('a long window', () => {
  it('is read an hour at a time', async () => {
    await stage.target(stage.blue)
    await stage.ask('/')
    await stage.clock.advance(90 * MINUTE)
    await stage.ask('/', '/')
    await stage.clock.advance(MINUTE)
    const evidence = await read()
    expect(calls('GetMetricData')).toBe(2)
    expect(points(evidence, 'blue', 'requests')).toEqual([
      [0, 1],
      [90, 2]
    ])
    expect(points(evidence, 'blue', 'healthy-hosts')).toHaveLength(91)
  })

  it('is followed through all pages', async () => {
    const { client } = await clients.cloudwatch()
    await traffic()
    const whole = await read()
    client.middlewareStack.add((next) => (args) => {
      Object.assign(args.input, 'MetricDataQueries' in args.input ? { MaxDatapoints: 3 } : {})
      return next(args)
    })
    stage.emulator.calls.clear()
    expect(await read()).toEqual(whole)
    const all = whole.series.reduce((sum, each) => sum + each.points.length, 0)
    expect(calls('GetMetricData')).toBe(Math.ceil(all / 3))
  })

  it('with pages that never end is unknown', async () => {
    const { sdk, client } = await clients.cloudwatch()
    await traffic()
    const endless = Object.create(client, {
      send: {
        value: async () => ({ MetricDataResults: [], NextToken: 'again' })
      }
    }) as typeof client
    const evidence = await read({
      clients: { cloudwatch: async () => ({ sdk, client: endless }) }
    })
    expect(evidence.verdict).toBe('unknown')
    expect(evidence.summary).toMatch(/^cloudwatch:GetMetricData gave no whole answer/)
  })

  it('of no time is unknown, and asks nothing', async () => {
    const evidence = await read({ from: START, until: START })
    expect(evidence).toMatchObject({
      verdict: 'unknown',
      summary: 'no time has passed',
      series: []
    })
    expect(calls('GetMetricData')).toBe(0)
  })

  it('behind a network load balancer is unknown, and asks nothing', async () => {
    await stage.clock.advance(MINUTE)
    const evidence = await read({ loadBalancer: stage.arn.replace('/app/', '/net/') })
    expect(evidence).toMatchObject({
      verdict: 'unknown',
      summary: 'only an application load balancer has these figures'
    })
    expect(calls('GetMetricData')).toBe(0)
  })
})

describe('alarms', () => {
  beforeEach(async () => {
    await stage.target(stage.blue)
    await stage.clock.advance(MINUTE)
    const { alarms } = stage.emulator.world
    alarms.put('5xx', 'OK')
    alarms.put('slow', 'OK')
    alarms.put('new', 'INSUFFICIENT_DATA')
    alarms.put('other', 'ALARM')
  })

  it('that are quiet, or have seen nothing yet, pass', async () => {
    const evidence = await read({ alarms: ['5xx', 'slow', 'new', '5xx'] })
    expect(evidence.verdict).toBe('passed')
    expect(evidence.alarms).toEqual([
      { name: '5xx', state: 'OK' },
      { name: 'slow', state: 'OK' },
      { name: 'new', state: 'INSUFFICIENT_DATA' }
    ])
    expect(evidence.summary).toMatch(/; 2 alarms OK; 1 alarm INSUFFICIENT_DATA$/)
    expect(calls('DescribeAlarms')).toBe(1)
  })

  it('fail while one of those named is in ALARM', async () => {
    stage.emulator.world.alarms.put('slow', 'ALARM')
    const evidence = await read({ alarms: ['5xx', 'slow'] })
    expect(evidence.verdict).toBe('failed')
    expect(evidence.summary).toMatch(/^alarm slow is in ALARM; .*; 1 alarm OK$/)
  })

  it('that are not there guard nothing', async () => {
    const evidence = await read({ alarms: ['5xx', 'gone'] })
    expect(evidence.verdict).toBe('unknown')
    expect(evidence.summary).toMatch(/^alarm gone is not there; /)
    expect(evidence.alarms[1]).toEqual({ name: 'gone', state: 'absent' })
  })

  it('are asked for a hundred at a time, composite ones too', async () => {
    const alarms = Array.from({ length: 150 }, (_, index) => `alarm-${index}`)
    for (const name of alarms) stage.emulator.world.alarms.put(name, 'OK')
    const evidence = await read({ alarms })
    expect(evidence.verdict).toBe('passed')
    expect(evidence.alarms).toHaveLength(150)
    const [first, second] = stage.emulator.calls.list('cloudwatch:DescribeAlarms')
    expect(first?.input).toMatchObject({ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] })
    expect(second?.input).toMatchObject({ AlarmNames: alarms.slice(100) })
  })
})

describe('what cannot be read', () => {
  const alarms = ['5xx']
  beforeEach(async () => {
    stage.emulator.world.alarms.put('5xx', 'OK')
    await traffic()
  })

  it('is unknown where a right is missing, and said once', async () => {
    fail('GetMetricData', { kind: 'denied' })
    const shared = optionalReads()
    const evidence = await read({ optionalReads: shared, alarms })
    expect(evidence).toMatchObject({ verdict: 'unknown', alarms: [{ name: '5xx', state: 'OK' }] })
    expect(evidence.summary).toMatch(/^cloudwatch:GetMetricData is denied; /)
    await read({ optionalReads: shared, alarms })
    expect(said).toEqual([expect.stringMatching(/^cloudwatch:GetMetricData: AccessDenied/)])
    expect(calls('GetMetricData')).toBe(1)
  })

  it('is the alarms alone where only theirs is missing', async () => {
    fail('DescribeAlarms', { kind: 'denied' })
    const evidence = await read({ alarms })
    expect(evidence).toMatchObject({ verdict: 'unknown', alarms: [] })
    expect(evidence.summary).toMatch(/^cloudwatch:DescribeAlarms is denied; green: 2 healthy/)
    expect(evidence.series).toHaveLength(10)
  })

  it('does not hide an alarm', async () => {
    stage.emulator.world.alarms.put('5xx', 'ALARM')
    fail('GetMetricData', { kind: 'denied' })
    expect((await read({ alarms })).verdict).toBe('failed')
  })

  it.each([
    ['an error of the server', { kind: 'server-error' }],
    ['throttling', { kind: 'throttling' }],
    ['a reset connection', { kind: 'reset' }],
    ['expired credentials', { kind: 'expired-credentials' }]
  ] as const)('is unknown after %s', async (_, fault) => {
    fail('GetMetricData', fault)
    const evidence = await read({
      limits: [{ metric: 'target-5xx', side: 'green', comparison: '<', value: 1 }]
    })
    expect(evidence.verdict).toBe('unknown')
    expect(evidence.summary).toMatch(/^cloudwatch:GetMetricData gave no whole answer/)
    expect(said).toHaveLength(1)
  })

  it('is unknown after five seconds without an answer', async () => {
    fail('GetMetricData', { kind: 'slow', ms: 60_000, clock: 'real' })
    const reading = read()
    while (calls('GetMetricData') === 0) await new Promise((resolve) => setImmediate(resolve))
    await stage.clock.advance(5_000)
    expect((await reading).verdict).toBe('unknown')
    expect(said).toEqual(['cloudwatch:GetMetricData: no answer within 5 s'])
  })

  it('is unknown where the reading was ended, which is nobody’s failure', async () => {
    const ending = new AbortController()
    fail('GetMetricData', { kind: 'slow', ms: 60_000, clock: 'real' })
    const reading = read({ signal: ending.signal })
    while (calls('GetMetricData') === 0) await new Promise((resolve) => setImmediate(resolve))
    ending.abort()
    const evidence = await reading
    expect(evidence.verdict).toBe('unknown')
    expect(evidence.summary).toMatch(/^cloudwatch:GetMetricData: ended before it was read/)
    expect(said).toEqual([])
    stage.emulator.calls.clear()
    expect((await read({ signal: ending.signal, alarms })).verdict).toBe('unknown')
    expect(stage.emulator.calls.list()).toEqual([])
  })

  it('is unknown while CloudWatch is late', async () => {
    stage.emulator.world.switches.metricsLag = 'five-minutes'
    const evidence = await read({
      limits: [{ metric: 'target-5xx', side: 'green', comparison: '<', value: 1 }]
    })
    expect(evidence.verdict).toBe('unknown')
    expect(evidence.summary).toMatch(/; green: no figures; blue: no figures$/)
  })

  it('is unknown where the client cannot be loaded', async () => {
    const evidence = await read({
      clients: { cloudwatch: () => Promise.reject(new Error('no such chunk')) }
    })
    expect(evidence.verdict).toBe('unknown')
    expect(said).toEqual(['cloudwatch:GetMetricData: no such chunk'])
  })
})

describe('the client', () => {
  it('is made once', async () => {
    expect(await clients.cloudwatch()).toBe(await clients.cloudwatch())
  })
})
