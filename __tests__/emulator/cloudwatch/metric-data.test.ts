import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Balancer, MINUTE, START, respond } from './stage.ts'

let stage: Balancer
beforeEach(async () => {
  stage = await Balancer.open()
})
afterEach(async () => stage.close())

describe('requests', () => {
  it('are counted by what the targets have answered, minute by minute', async () => {
    await stage.target(stage.blue)
    await stage.ask('/', '/', '/404')
    await stage.clock.advance(MINUTE)
    await stage.ask('/', '/500', '/503')
    await stage.clock.advance(MINUTE)
    const sum = (metric: string) => stage.points(stage.query(metric))
    expect(await sum('RequestCount')).toEqual({ 0: 3, 1: 3 })
    expect(await sum('HTTPCode_Target_2XX_Count')).toEqual({ 0: 2, 1: 1 })
    expect(await sum('HTTPCode_Target_4XX_Count')).toEqual({ 0: 1 })
    expect(await sum('HTTPCode_Target_5XX_Count')).toEqual({ 1: 2 })
  })

  it('leave no point where there were none, unless zeros are published', async () => {
    await stage.target(stage.blue)
    await stage.clock.advance(MINUTE)
    expect(await stage.points(stage.query('RequestCount'))).toEqual({})
    expect(await stage.points(stage.query('HTTPCode_Target_5XX_Count'))).toEqual({})
    stage.emulator.world.switches.quietMinutes = 'zero'
    expect(await stage.points(stage.query('RequestCount'))).toEqual({ 0: 0, 1: 0 })
    expect(await stage.points(stage.query('HTTPCode_Target_5XX_Count'))).toEqual({ 0: 0, 1: 0 })
    expect(await stage.points(stage.query('TargetResponseTime'))).toEqual({})
  })

  it('for which no target could be chosen are not among them, nor are the balancer’s own answers', async () => {
    await stage.ask('/')
    expect(await stage.points(stage.query('RequestCount'))).toEqual({})
    await stage.target(stage.blue, (request, response) => {
      if (request.url === '/') response.end()
      else request.socket.destroy()
    })
    await stage.ask('/cut')
    expect(await stage.points(stage.query('RequestCount'))).toEqual({ 0: 1 })
    expect(await stage.points(stage.query('HTTPCode_Target_5XX_Count'))).toEqual({})
  })

  it('are each a sample of one', async () => {
    await stage.target(stage.blue)
    await stage.ask('/', '/')
    for (const [stat, value] of [
      ['SampleCount', 2],
      ['Average', 1],
      ['Minimum', 1],
      ['Maximum', 1]
    ] as const)
      expect(await stage.points(stage.query('RequestCount', stat))).toEqual({ 0: value })
  })

  it('by target are divided by the healthy ones', async () => {
    await stage.target(stage.blue)
    await stage.target(stage.blue)
    await stage.ask('/', '/', '/', '/', '/')
    expect(await stage.points(stage.query('RequestCountPerTarget'))).toEqual({ 0: 2.5 })
  })

  it('of a load balancer are those of all its groups, and its own answers stand apart', async () => {
    const of = (metric: string, ...names: readonly string[]) =>
      stage.points(stage.query(metric, 'Sum', stage.blue, 60, names))
    await stage.ask('/') // no target yet
    await stage.target(stage.blue)
    await stage.ask('/', '/404')
    await stage.forward(stage.green)
    await stage.target(stage.green, (request, response) => {
      if (request.url === '/cut') request.socket.destroy()
      else response.end()
    })
    await stage.ask('/', '/cut')
    expect(await of('RequestCount', 'LoadBalancer')).toEqual({ 0: 4 })
    expect(await of('HTTPCode_Target_2XX_Count', 'LoadBalancer')).toEqual({ 0: 2 })
    expect(await of('HTTPCode_Target_4XX_Count', 'LoadBalancer')).toEqual({ 0: 1 })
    expect(await of('HTTPCode_ELB_5XX_Count', 'LoadBalancer')).toEqual({ 0: 2 })
    expect(await of('HTTPCode_ELB_502_Count', 'LoadBalancer')).toEqual({ 0: 1 })
    expect(await of('HTTPCode_ELB_503_Count', 'LoadBalancer')).toEqual({ 0: 1 })
    expect(await of('RequestCountPerTarget', 'TargetGroup')).toEqual({ 0: 2 })
    // Not published by these dimensions (ALB user guide, "CloudWatch metrics").
    expect(await of('HTTPCode_ELB_5XX_Count', 'LoadBalancer', 'TargetGroup')).toEqual({})
    expect(await of('HealthyHostCount', 'LoadBalancer')).toEqual({})
    expect(await of('RequestCount', 'TargetGroup')).toEqual({})
  })

  it('belong to the group that they went to', async () => {
    await stage.target(stage.blue)
    await stage.ask('/')
    await stage.forward(stage.green)
    await stage.target(stage.green)
    await stage.ask('/', '/')
    expect(await stage.points(stage.query('RequestCount'))).toEqual({ 0: 1 })
    expect(await stage.points(stage.query('RequestCount', 'Sum', stage.green))).toEqual({ 0: 2 })
  })
})

describe('response times', () => {
  it('are seconds until the head of the answer', async () => {
    await stage.target(stage.blue, (request, response) => {
      if (request.url !== '/slow') return respond(request, response)
      setTimeout(() => {
        response.writeHead(200).write('head')
        setTimeout(() => response.end(), 400)
      }, 100)
    })
    await stage.ask('/', '/', '/', '/slow')
    const maximum = await stage.points(stage.query('TargetResponseTime', 'Maximum'))
    expect(maximum[0]).toBeGreaterThan(0.09)
    expect(maximum[0]).toBeLessThan(0.4)
    const average = await stage.points(stage.query('TargetResponseTime', 'Average'))
    const median = await stage.points(stage.query('TargetResponseTime', 'p50'))
    const p99 = await stage.points(stage.query('TargetResponseTime', 'p99.99'))
    expect(median[0]).toBeLessThan(average[0] ?? 0)
    expect(average[0]).toBeLessThan(maximum[0] ?? 0)
    expect(p99).toEqual(maximum)
    expect(await stage.points(stage.query('TargetResponseTime', 'SampleCount'))).toEqual({ 0: 4 })
  })
})

describe('hosts', () => {
  it('are reported while targets are registered, through health and draining', async () => {
    const hosts = (metric: string, stat: string) => stage.points(stage.query(metric, stat))
    await stage.clock.advance(MINUTE)
    expect(await hosts('HealthyHostCount', 'Minimum')).toEqual({})
    const first = await stage.target(stage.blue)
    let sick = false
    await stage.target(stage.blue, (_, response) => {
      response.statusCode = sick ? 500 : 200
      response.end()
    })
    await stage.clock.advance(MINUTE)
    expect(await hosts('HealthyHostCount', 'Minimum')).toEqual({ 1: 2, 2: 2 })
    sick = true
    await untilUnhealthy()
    const fallen = (stage.clock.now() - START) / MINUTE
    const minimum = await hosts('HealthyHostCount', 'Minimum')
    expect(minimum[Math.floor(fallen)]).toBe(1)
    const maximum = await hosts('UnHealthyHostCount', 'Maximum')
    expect(maximum[Math.floor(fallen)]).toBe(1)
    await stage.deregister(stage.blue, first)
    await stage.clock.advance(2 * MINUTE)
    const after = await hosts('HealthyHostCount', 'Maximum')
    expect(after[Math.floor(fallen) + 2]).toBe(0)
    const unhealthy = await hosts('UnHealthyHostCount', 'Maximum')
    expect(unhealthy[Math.floor(fallen) + 2]).toBe(1)
  })

  it('are not reported for a group that no listener uses', async () => {
    await stage.target(stage.blue)
    await stage.clock.advance(1.5 * MINUTE)
    await stage.forward(stage.green)
    await stage.clock.advance(2 * MINUTE)
    expect(await stage.points(stage.query('HealthyHostCount', 'Minimum'))).toEqual({ 0: 1, 1: 1 })
  })

  async function untilUnhealthy(): Promise<void> {
    const states = () =>
      [...(stage.emulator.world.elb.targetGroups.get(stage.blue)?.targets.values() ?? [])].map(
        ({ state }) => state
      )
    while (!states().includes('unhealthy')) {
      await stage.clock.advance(1000)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }
})

describe('the answer', () => {
  it('is newest first unless asked otherwise, and says that it is complete', async () => {
    await stage.target(stage.blue)
    await stage.ask('/')
    await stage.clock.advance(MINUTE)
    await stage.ask('/', '/')
    const MetricDataQueries = [stage.query('RequestCount')]
    const newest = await stage.data({ MetricDataQueries })
    expect(newest.MetricDataResults).toEqual([
      {
        Id: 'm',
        Label: 'RequestCount',
        StatusCode: 'Complete',
        Timestamps: [new Date(START + MINUTE), new Date(START)],
        Values: [2, 1]
      }
    ])
    expect(newest.NextToken).toBeUndefined()
    const oldest = await stage.data({ MetricDataQueries, ScanBy: 'TimestampAscending' })
    expect(oldest.MetricDataResults?.[0]?.Values).toEqual([1, 2])
  })

  it('gathers minutes into periods from the start, which is rounded down', async () => {
    await stage.target(stage.blue)
    for (let minute = 0; minute < 6; minute++) {
      await stage.ask('/')
      await stage.clock.advance(MINUTE)
    }
    const answer = await stage.data({
      MetricDataQueries: [stage.query('RequestCount', 'Sum', stage.blue, 180)],
      StartTime: new Date(START + MINUTE + 30_000),
      EndTime: new Date(START + 5 * MINUTE),
      ScanBy: 'TimestampAscending'
    })
    const [result] = answer.MetricDataResults ?? []
    expect(result?.Timestamps).toEqual([new Date(START + MINUTE), new Date(START + 4 * MINUTE)])
    expect(result?.Values).toEqual([3, 1])
  })

  it('comes in pages that together are the whole', async () => {
    await stage.target(stage.blue)
    for (let minute = 0; minute < 5; minute++) {
      await stage.ask('/', '/404')
      await stage.clock.advance(MINUTE)
    }
    const MetricDataQueries = [
      { ...stage.query('RequestCount'), Id: 'requests' },
      { ...stage.query('HTTPCode_Target_4XX_Count'), Id: 'errors' }
    ]
    const seen: Record<string, number[]> = { requests: [], errors: [] }
    const statuses: string[][] = []
    let NextToken: string | undefined
    do {
      const answer = await stage.data({ MetricDataQueries, MaxDatapoints: 4, NextToken })
      for (const { Id = '', Values = [] } of answer.MetricDataResults ?? [])
        seen[Id]?.push(...Values)
      statuses.push((answer.MetricDataResults ?? []).map(({ StatusCode = '' }) => StatusCode))
      NextToken = answer.NextToken
    } while (NextToken !== undefined)
    expect(seen).toEqual({ requests: [2, 2, 2, 2, 2], errors: [1, 1, 1, 1, 1] })
    expect(statuses).toEqual([
      ['PartialData', 'PartialData'],
      ['Complete', 'PartialData'],
      ['Complete', 'Complete']
    ])
  })

  it('holds a minute back where CloudWatch is late', async () => {
    await stage.target(stage.blue)
    await stage.ask('/')
    await stage.clock.advance(MINUTE)
    await stage.ask('/')
    stage.emulator.world.switches.metricsLag = 'two-minutes'
    expect(await stage.points(stage.query('RequestCount'))).toEqual({})
    await stage.clock.advance(MINUTE)
    expect(await stage.points(stage.query('RequestCount'))).toEqual({ 0: 1 })
  })

  it('has no points for a metric that nobody publishes, in another unit, or when none are wanted', async () => {
    await stage.target(stage.blue)
    await stage.ask('/')
    const query = stage.query('RequestCount')
    const stat = query.MetricStat
    if (!stat) throw new Error('no MetricStat')
    const [first] = stat.Metric?.Dimensions ?? []
    const answer = await stage.data({
      MetricDataQueries: [
        { ...query, Id: 'a', MetricStat: { ...stat, Unit: 'Seconds' } },
        {
          ...query,
          Id: 'b',
          MetricStat: { ...stat, Metric: { ...stat.Metric, Namespace: 'AWS/EC2' } }
        },
        {
          ...query,
          Id: 'c',
          MetricStat: { ...stat, Metric: { ...stat.Metric, MetricName: 'Other' } }
        },
        {
          ...query,
          Id: 'd',
          MetricStat: { ...stat, Metric: { ...stat.Metric, Dimensions: first ? [first] : [] } }
        },
        { ...query, Id: 'e', ReturnData: false },
        { ...query, Id: 'f', Label: 'asked' }
      ]
    })
    expect(
      answer.MetricDataResults?.map(({ Id, Label, Values, StatusCode }) => [
        Id,
        Label,
        Values,
        StatusCode
      ])
    ).toEqual([
      ['a', 'RequestCount', [], 'Complete'],
      ['b', 'RequestCount', [], 'Complete'],
      ['c', 'Other', [], 'Complete'],
      ['d', 'RequestCount', [], 'Complete'],
      ['f', 'asked', [1], 'Complete']
    ])
  })
})
