import { PutParameterCommand } from '@aws-sdk/client-ssm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { createClients } from '../../src/aws/clients.ts'
import { lookUps, type LookUps } from '../../src/aws/look-ups.ts'
import { OptionalReads } from '../../src/aws/optional-reads.ts'
import { openEmptyAccount, type EmptyAccount } from '../emulator/empty-account.ts'

const IMAGE = {
  registry: '123456789012',
  region: 'eu-central-1',
  repository: 'shop',
  id: { imageTag: '2' }
}
let account: EmptyAccount
let look: LookUps
const skipped: string[] = []
const before = { ...process.env }

beforeAll(async () => {
  account = await openEmptyAccount()
  Object.assign(process.env, account.emulator.environment)
  const { world } = account.emulator
  world.lambda.create('gate', { kind: 'inline', handler: () => undefined })
  world.logGroups.create('/ecs/shop-blue')
  world.logGroups.create('/ecs/shop')
  world.roles.create('tasks', 'ecs-tasks.amazonaws.com')
  world.secrets.put('shop/db', 'value')
  for (const Name of ['flat', '/shop/key']) {
    await account.ssm().send(new PutParameterCommand({ Name, Value: 'value', Type: 'String' }))
  }
})
beforeEach(() => {
  const clients = createClients({
    region: account.emulator.world.region,
    credentials: () => Promise.resolve(account.emulator.userKeys),
    maxRetries: 0
  })
  const clock = { now: () => Date.now(), sleep: () => new Promise<void>(() => undefined) }
  look = lookUps(clients, new OptionalReads(clock, (what) => void skipped.push(what)))
})
afterEach(() => {
  expect(account.reset()).toEqual([])
  skipped.length = 0
})
afterAll(async () => {
  process.env = before
  await account.emulator.close()
})

describe('what is there', () => {
  it.each<[string, () => Promise<unknown>, unknown]>([
    ['function', () => look.lambda('gate'), { state: 'Active', reason: undefined }],
    [
      'function by its ARN',
      () => look.lambda('arn:aws:lambda:eu-central-1:123456789012:function:gate'),
      { state: 'Active', reason: undefined }
    ],
    ['image', () => look.image(IMAGE), expect.stringMatching(/^sha256:[0-9a-f]{64}$/)],
    ['cache rules', () => look.cachePrefixes(IMAGE), []],
    ['log group', () => look.logGroup('/ecs/shop', 'eu-central-1'), 'there'],
    [
      'role',
      () => look.role('tasks'),
      {
        arn: 'arn:aws:iam::123456789012:role/tasks',
        trust: expect.stringContaining('"Service":"ecs-tasks.amazonaws.com"')
      }
    ],
    ['secret', () => look.secret('shop/db', undefined), 'there'],
    [
      'parameters',
      () => look.parameters(['flat', '/flat', '/shop/key', 'none'], undefined),
      new Set(['flat', '/shop/key'])
    ]
  ])('%s', async (_, ask, found) => {
    expect(await ask()).toEqual(found)
    expect(skipped).toEqual([])
  })
})

describe('what is not there', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['function', () => look.lambda('none')],
    ['image', () => look.image({ ...IMAGE, id: { imageTag: 'missing' } })],
    ['log group', () => look.logGroup('/ecs/sho', undefined)],
    ['role', () => look.role('none')],
    ['secret', () => look.secret('none', undefined)]
  ])('%s', async (_, ask) => {
    expect(await ask()).toBe('absent')
    expect(skipped).toEqual([])
  })
})

describe('what fails has no answer, and is said once', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['lambda:GetFunctionConfiguration', () => look.lambda('gate')],
    ['ecr:DescribeImages', () => look.image(IMAGE)],
    ['ecr:DescribePullThroughCacheRules', () => look.cachePrefixes(IMAGE)],
    ['logs:DescribeLogGroups', () => look.logGroup('/ecs/shop', undefined)],
    ['iam:GetRole', () => look.role('tasks')],
    ['secretsmanager:DescribeSecret', () => look.secret('shop/db', undefined)],
    ['ssm:DescribeParameters', () => look.parameters(['flat'], undefined)]
  ])('%s', async (operation, ask) => {
    account.emulator.faults.add({ operation, fault: { kind: 'denied' } })
    expect(await ask()).toBeUndefined()
    expect(await ask()).toBeUndefined()
    expect(skipped).toEqual([operation])
  })
})

it('nobody reads a value', async () => {
  await look.secret('shop/db', undefined)
  await look.parameters(['flat'], undefined)
  expect(account.emulator.calls.list().map(({ operation }) => operation)).toEqual([
    'secretsmanager:DescribeSecret',
    'ssm:DescribeParameters'
  ])
})
