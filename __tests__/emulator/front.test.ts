import {
  DescribeServicesCommand,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand
} from '@aws-sdk/client-ecs'
import { DescribeTargetGroupsCommand } from '@aws-sdk/client-elastic-load-balancing-v2'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { openEmptyAccount } from './empty-account.ts'
import type { EmptyAccount } from './empty-account.ts'

let account: EmptyAccount
beforeAll(async () => {
  account = await openEmptyAccount()
})
afterAll(async () => account.emulator.close())
afterEach(() => {
  expect(account.reset()).toEqual([])
})

const DESCRIBE = new DescribeServicesCommand({ services: ['order'] })

describe('faults', () => {
  const operation = 'ecs:DescribeServices'

  it('throttles the first calls, which a retrying client survives', async () => {
    account.emulator.faults.add({ operation, fault: { kind: 'throttling' }, to: 1 })
    const answer = await account.ecs({ maxAttempts: 2 }).send(DESCRIBE)
    expect(answer.failures).toHaveLength(1)
    expect(account.emulator.calls.list(operation).map(({ outcome }) => outcome)).toEqual([
      'ThrottlingException',
      'OK'
    ])
  })

  it.each([
    [{ kind: 'throttling' }, 'ThrottlingException', 'Rate exceeded'],
    [{ kind: 'expired-credentials' }, 'ExpiredTokenException', 'expired'],
    [{ kind: 'server-error' }, 'InternalFailure', 'internal error'],
    [
      { kind: 'error', code: 'ServerException', message: 'Service Unavailable' },
      'ServerException',
      'Service Unavailable'
    ],
    [
      { kind: 'denied' },
      'AccessDeniedException',
      'User: arn:aws:iam::123456789012:user/release is not authorized to perform: ecs:DescribeServices on resource: * because no identity-based policy allows the ecs:DescribeServices action'
    ]
  ] as const)('%j', async (fault, name, message) => {
    account.emulator.faults.add({ operation: 'ecs:*', fault })
    await expect(account.ecs().send(DESCRIBE)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message)
    })
  })

  it('speaks Query where the service does', async () => {
    account.emulator.faults.add({
      operation: 'elasticloadbalancing:*',
      fault: { kind: 'throttling' }
    })
    const asked = account.elb().send(new DescribeTargetGroupsCommand({}))
    await expect(asked).rejects.toMatchObject({ name: 'Throttling', message: 'Rate exceeded' })
  })

  it('sends the HTML that a load balancer would', async () => {
    account.emulator.faults.add({ operation, fault: { kind: 'server-error', html: true } })
    await expect(account.ecs().send(DESCRIBE)).rejects.toMatchObject({
      $metadata: { httpStatusCode: 503 }
    })
  })

  const register = new RegisterTaskDefinitionCommand({
    family: 'lost',
    containerDefinitions: [{ name: 'app', image: 'order:1', memory: 128 }]
  })
  const revisions = async (): Promise<number> => {
    const listed = await account
      .ecs()
      .send(new ListTaskDefinitionsCommand({ familyPrefix: 'lost' }))
    return listed.taskDefinitionArns?.length ?? 0
  }

  it('resets the connection before anything is done', async () => {
    account.emulator.faults.add({
      operation: 'ecs:RegisterTaskDefinition',
      fault: { kind: 'reset' }
    })
    await expect(account.ecs().send(register)).rejects.toThrow('ECONNRESET')
    expect(await revisions()).toBe(0)
  })

  it('loses the answer of what was done', async () => {
    account.emulator.faults.add({
      operation: 'ecs:RegisterTaskDefinition',
      fault: { kind: 'lost-answer' }
    })
    await expect(account.ecs().send(register)).rejects.toThrow('ECONNRESET')
    expect(await revisions()).toBe(1)
    expect(account.emulator.calls.writes().map(({ outcome }) => outcome)).toEqual(['answer lost'])
  })

  it('answers late on the emulated clock', async () => {
    account.emulator.faults.add({
      operation,
      fault: { kind: 'slow', ms: 60_000, clock: 'emulated' }
    })
    const before = account.clock.pending
    const asked = account.ecs().send(DESCRIBE)
    while (account.clock.pending === before) await new Promise((resolve) => setImmediate(resolve))
    expect(account.emulator.calls.list(operation)[0]?.outcome).toBe('OK')
    await account.clock.advance(60_000)
    expect((await asked).failures).toHaveLength(1)
  })
})

describe('the call log', () => {
  it('keeps every request, and tells reads from writes', async () => {
    await account.ecs().send(DESCRIBE)
    await account.sts().send(new GetCallerIdentityCommand({}))
    expect(account.emulator.calls.list('ecs:*')).toEqual([
      {
        at: account.clock.now(),
        operation: 'ecs:DescribeServices',
        accessKeyId: account.emulator.userKeys.accessKeyId,
        input: { services: ['order'] },
        outcome: 'OK'
      }
    ])
    expect(account.emulator.calls.count()).toBe(2)
    expect(account.emulator.calls.writes()).toEqual([])
  })
})

describe('throttling', () => {
  it('lets a burst of task definition reads pass and no more', async () => {
    await account.clock.advance(3_600_000)
    const client = account.ecs()
    const command = new ListTaskDefinitionsCommand({ familyPrefix: 'none' })
    const results = await Promise.allSettled(Array.from({ length: 55 }, () => client.send(command)))
    const refused = results.filter((result) => result.status === 'rejected')
    expect(refused).toHaveLength(5)
    expect(refused[0]?.reason).toMatchObject({
      name: 'ThrottlingException',
      message: 'Rate exceeded'
    })
    await account.clock.advance(1000)
    expect((await client.send(command)).taskDefinitionArns).toEqual([])
  })
})
