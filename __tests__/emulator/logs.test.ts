import {
  CloudWatchLogsClient,
  GetLogEventsCommand,
  ResourceNotFoundException
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createLogGroups } from '../../emulator/logs/groups.ts'
import { outputOf } from '../../emulator/logs/task-output.ts'
import { openEmptyAccount } from './empty-account.ts'
import type { EmptyAccount } from './empty-account.ts'

let account: EmptyAccount
let client: CloudWatchLogsClient
beforeAll(async () => {
  account = await openEmptyAccount()
  const { emulator } = account
  Object.assign(process.env, emulator.environment)
  client = new CloudWatchLogsClient({ region: emulator.world.region })
  const { logGroups } = emulator.world
  logGroups.create('/ecs/orders')
  for (let n = 1; n <= 5; n++) logGroups.write('/ecs/orders', 'web/app/1', `line ${n}`)
})
afterAll(async () => account.emulator.close())

async function read(more: object = {}): Promise<(string | undefined)[]> {
  const stream = { logGroupName: '/ecs/orders', logStreamName: 'web/app/1' }
  const { events = [] } = await client.send(new GetLogEventsCommand({ ...stream, ...more }))
  return events.map(({ message }) => message)
}

describe('GetLogEvents', () => {
  it('answers the newest events, in the order of time, unless it is told to start at the head', async () => {
    expect(await read()).toHaveLength(5)
    expect(await read({ limit: 2 })).toEqual(['line 4', 'line 5'])
    expect(await read({ limit: 2, startFromHead: true })).toEqual(['line 1', 'line 2'])
  })

  it.each([
    [{ logGroupName: '/ecs/none' }, 'The specified log group does not exist.'],
    [{ logStreamName: 'web/app/2' }, 'The specified log stream does not exist.']
  ])('knows no %j', async (other, message) => {
    await expect(read(other)).rejects.toThrow(message)
    await expect(read(other)).rejects.toBeInstanceOf(ResourceNotFoundException)
  })

  it('refuses the tokens that it does not follow', async () => {
    await expect(read({ nextToken: 'f/5/s' })).rejects.toThrow('not emulated')
  })
})

describe("a task's output", () => {
  const logs = createLogGroups({
    partition: 'aws',
    account: '123456789012',
    region: 'eu-west-1',
    clock: { now: () => 7 }
  })
  logs.create('/ecs/orders')
  const arn = 'arn:aws:ecs:eu-west-1:123456789012:task/shop/0123abcd'
  const container = (driver: 'awslogs' | 'splunk', options: Record<string, string>) => ({
    name: 'app',
    logConfiguration: { logDriver: driver, options }
  })
  const named = { 'awslogs-group': '/ecs/orders', 'awslogs-stream-prefix': 'web' }

  it('stands in the stream prefix/container/task id', () => {
    outputOf(logs, arn, container('awslogs', named))?.('giving up')
    expect(logs.read('/ecs/orders', 'web/app/0123abcd')).toEqual([
      { timestamp: 7, message: 'giving up' }
    ])
  })

  it('goes nowhere with another driver, without a prefix, or without configuration', () => {
    expect(outputOf(logs, arn, container('splunk', named))).toBeUndefined()
    expect(outputOf(logs, arn, container('awslogs', { 'awslogs-group': 'a' }))).toBeUndefined()
    expect(outputOf(logs, arn, { name: 'app' })).toBeUndefined()
  })

  it('is lost where the group does not exist', () => {
    outputOf(logs, arn, container('awslogs', { ...named, 'awslogs-group': '/none' }))?.('x')
    expect(logs.read('/none', 'web/app/0123abcd')).toBe('no group')
  })
})
