import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { clientConfig, type ClientConfig } from '../../../src/gate/runtime/client-config.ts'
import { parameterReader, readSlackSecret } from '../../../src/gate/runtime/secrets.ts'
import type { SlackSecret } from '../../../src/gate/runtime/secrets.ts'
import { openEmptyAccount, type EmptyAccount } from '../../emulator/empty-account.ts'

const CANARY = 'canary-5f1c'
let account: EmptyAccount

beforeAll(async () => {
  account = await openEmptyAccount()
})
afterAll(async () => account.emulator.close())

function read(slackSecret: string): Promise<SlackSecret> {
  const { endpoint, userKeys, world } = account.emulator
  const config: ClientConfig & { readonly endpoint: string } = {
    ...clientConfig(world.region),
    endpoint,
    credentials: () => Promise.resolve(userKeys)
  }
  const environment = {
    region: world.region,
    table: 'table',
    key: 'key',
    policy: { parameter: '/gate/policy' },
    slackSecret,
    slackUrl: undefined,
    gateFunction: undefined
  }
  return readSlackSecret(environment, config, parameterReader(config))
}

const put = (Name: string, Value: string): Promise<unknown> =>
  account
    .ssm()
    .send(new PutParameterCommand({ Name, Value, Type: 'SecureString', Overwrite: true }))

describe("Slack's secret in a SecureString", () => {
  test('is read decrypted', async () => {
    const secret = { 'bot-token': `xoxb-${CANARY}`, 'signing-secret': CANARY }
    await put('/gate/slack', JSON.stringify(secret))
    // What SSM gives to those who do not ask for decryption.
    const { Parameter } = await account.ssm().send(new GetParameterCommand({ Name: '/gate/slack' }))
    expect(Parameter?.Value).not.toContain(CANARY)
    expect(await read('ssm:/gate/slack')).toEqual({
      botToken: `xoxb-${CANARY}`,
      signingSecret: CANARY
    })
  })

  test('that is not there is an error which names it', async () => {
    await expect(read('ssm:/gate/none')).rejects.toThrow(
      /^SSM parameter \/gate\/none cannot be read: ParameterNotFound/
    )
  })

  test.each([
    ['no JSON', CANARY, 'ssm:/gate/odd holds no JSON'],
    [
      'no bot token',
      JSON.stringify({ 'signing-secret': CANARY }),
      'ssm:/gate/odd has no text under "bot-token"'
    ],
    [
      'no signing secret',
      JSON.stringify({ 'bot-token': CANARY, 'signing-secret': 1 }),
      'ssm:/gate/odd has no text under "signing-secret"'
    ]
  ])('that holds %s is one that shows nothing of it', async (_, value, message) => {
    await put('/gate/odd', value)
    const error: unknown = await read('ssm:/gate/odd').catch((reason: unknown) => reason)
    expect(error).toMatchObject({ message })
    expect(String(error instanceof Error && error.stack)).not.toContain(CANARY)
  })
})
