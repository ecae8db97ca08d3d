import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch'
import type { GetMetricDataInput } from '@aws-sdk/client-cloudwatch'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { openEmptyAccount } from '../empty-account.ts'
import type { EmptyAccount } from '../empty-account.ts'
import { Balancer, START } from './stage.ts'

describe('GetMetricData', () => {
  let stage: Balancer
  beforeAll(async () => {
    stage = await Balancer.open()
  })
  afterAll(async () => stage.close())

  /** By the SDK's name; on the wire it is ValidationError, as for every client before it. */
  async function refusal(input: Partial<GetMetricDataInput>): Promise<string> {
    return stage.data(input).then(
      () => 'answered',
      (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : 'no error')
    )
  }

  it('names everything that is wrong, a line each', async () => {
    const good = stage.query('RequestCount')
    const MetricDataQueries = [
      { ...good, Id: '5xx' },
      stage.query('RequestCount', 'None'),
      { Id: 'x' },
      { ...stage.query('RequestCount', 'p101', stage.blue, 90), Id: 'z' }
    ]
    expect(await refusal({ MetricDataQueries })).toBe(
      [
        'ValidationException: The value 5xx for parameter MetricDataQueries.member.1.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.',
        'The value None for parameter MetricDataQueries.member.2.MetricStat.Stat is not a valid statistic.',
        'The parameter MetricDataQueries.member.3.MetricStat is required.',
        'The value p101 for parameter MetricDataQueries.member.4.MetricStat.Stat is not a valid statistic.',
        'The parameter MetricDataQueries.member.4.MetricStat.Period must be a multiple of 60.',
        ''
      ].join('\n')
    )
  })

  it('wants every id once, and not too many of them', async () => {
    const query = stage.query('RequestCount')
    expect(await refusal({ MetricDataQueries: [query, query] })).toBe(
      'ValidationException: The values for parameter id in MetricDataQueries are not unique.\n'
    )
    const MetricDataQueries = Array.from({ length: 501 }, (_, index) => ({
      ...query,
      Id: `m${index}`
    }))
    expect(await refusal({ MetricDataQueries })).toBe(
      'ValidationException: The collection MetricDataQueries must not have a size greater than 500.\n'
    )
  })

  it('wants time to pass', async () => {
    expect(await refusal({ EndTime: new Date(START) })).toBe(
      'ValidationException: The parameter StartTime must not equal parameter EndTime.\n'
    )
    expect(await refusal({ EndTime: new Date(START - 1000) })).toBe(
      'ValidationException: The parameter EndTime must be greater than StartTime.\n'
    )
  })

  it('knows its own tokens only, and gives at least one point', async () => {
    expect(await refusal({ NextToken: 'other' })).toMatch(/^InvalidNextToken/)
    expect(await refusal({ MaxDatapoints: 0 })).toMatch(/^ValidationException: .*MaxDatapoints/)
  })
})

describe('DescribeAlarms', () => {
  let account: EmptyAccount
  beforeAll(async () => {
    account = await openEmptyAccount()
    for (let index = 0; index < 5; index++) account.emulator.world.alarms.put(`a${index}`, 'OK')
  })
  afterEach(() => {
    expect(account.reset()).toEqual([])
  })
  afterAll(async () => account.emulator.close())

  it('gives pages of as many as asked for', async () => {
    const client = account.cloudwatch()
    const names: (string | undefined)[][] = []
    let NextToken: string | undefined
    do {
      const answer = await client.send(new DescribeAlarmsCommand({ MaxRecords: 2, NextToken }))
      names.push((answer.MetricAlarms ?? []).map(({ AlarmName }) => AlarmName))
      NextToken = answer.NextToken
    } while (NextToken !== undefined)
    expect(names).toEqual([['a0', 'a1'], ['a2', 'a3'], ['a4']])
    await expect(
      client.send(new DescribeAlarmsCommand({ NextToken: 'other' }))
    ).rejects.toMatchObject({
      name: expect.stringMatching(/^InvalidNextToken/)
    })
    await expect(client.send(new DescribeAlarmsCommand({ MaxRecords: 101 }))).rejects.toMatchObject(
      { name: 'ValidationException' }
    )
  })

  it('gives metric alarms unless other types are asked for', async () => {
    const client = account.cloudwatch()
    const composite = await client.send(
      new DescribeAlarmsCommand({ AlarmTypes: ['CompositeAlarm'] })
    )
    expect(composite.MetricAlarms).toEqual([])
    const both = await client.send(
      new DescribeAlarmsCommand({ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] })
    )
    expect(both.MetricAlarms).toHaveLength(5)
  })
})
