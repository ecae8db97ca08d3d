import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createGateStacks, readGateTemplate } from '../../emulator/worlds/gate-template.ts'
import { openEmptyAccount, type EmptyAccount } from '../emulator/empty-account.ts'
import { resolveTemplate } from './template.ts'

/*
 * A new account has a concurrency of 10 (Lambda developer guide, "Lambda quotas"), of which nothing
 * can be reserved: aws-samples/one-observability-demo#278, awslabs/fhir-works-on-aws-deployment#691.
 */
describe('an account with the concurrency of a new one', () => {
  let account: EmptyAccount
  beforeEach(async () => {
    account = await openEmptyAccount({ functionConcurrency: 10 })
  })
  afterEach(() => account.emulator.close())

  const create = (parameters: Readonly<Record<string, string>>): Promise<unknown> =>
    createGateStacks(account.emulator, [readGateTemplate()], {
      parameters: {
        CodeBucket: 'code',
        CodeKey: 'gate.zip',
        SlackSecretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-AbCdEf',
        ...parameters
      },
      code: { 'code/gate.zip': '/code' }
    })

  test.each(['1', '10'])('cannot reserve %s of it', async (CallbackConcurrency) => {
    await expect(create({ CallbackConcurrency })).rejects.toThrow(
      "decreases account's UnreservedConcurrentExecution below its minimum value of [10]"
    )
  })

  test('has the gate with CallbackConcurrency=0, which reserves nothing', async () => {
    await create({ CallbackConcurrency: '0' })
    const { lambda } = account.emulator.world
    expect(lambda.names()).toContain('release-gate-callback')
    // Lambda would throttle every event of a function that has 0 reserved.
    expect(lambda.find('release-gate-callback')?.code).not.toHaveProperty('concurrency')
  })
})

test.each([
  ['0', undefined],
  ['1', '1'],
  ['10', '10']
])('CallbackConcurrency=%s reserves %s', (CallbackConcurrency, reserved) => {
  const { Resources } = resolveTemplate({ CallbackConcurrency })
  expect(Resources['CallbackFunction']?.Properties['ReservedConcurrentExecutions']).toBe(reserved)
})
