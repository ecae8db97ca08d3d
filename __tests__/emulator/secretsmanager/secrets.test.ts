import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand
} from '@aws-sdk/client-secrets-manager'
import type { GetSecretValueCommandInput } from '@aws-sdk/client-secrets-manager'
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals'
import { openEmptyAccount } from '../empty-account.ts'
import type { EmptyAccount } from '../empty-account.ts'
import { refusal } from '../lab.ts'

let account: EmptyAccount

beforeAll(async () => {
  account = await openEmptyAccount()
})
afterEach(() => {
  expect(account.reset()).toEqual([])
})
afterAll(async () => account.emulator.close())

async function value(input: GetSecretValueCommandInput): Promise<string | undefined> {
  return (await account.secrets().send(new GetSecretValueCommand(input))).SecretString
}

it('a secret is read by name, by its whole ARN and by its ARN without the suffix', async () => {
  const { ARN = '' } = await account
    .secrets()
    .send(new CreateSecretCommand({ Name: 'gate/slack', SecretString: 'xoxb-1' }))
  expect(ARN).toMatch(/^arn:aws:secretsmanager:eu-central-1:123456789012:secret:gate\/slack-\w{6}$/)
  for (const SecretId of ['gate/slack', ARN, ARN.slice(0, -7)]) {
    expect(await value({ SecretId })).toBe('xoxb-1')
  }
})

it('a new value is current, the one before it previous, and an older one is there by its id', async () => {
  const client = account.secrets()
  const ids: string[] = []
  await client.send(new CreateSecretCommand({ Name: 'rotated', SecretString: 'a' }))
  for (const SecretString of ['b', 'c', 'd']) {
    const put = new PutSecretValueCommand({ SecretId: 'rotated', SecretString })
    ids.push((await client.send(put)).VersionId ?? '')
  }
  const SecretId = 'rotated'
  expect(await value({ SecretId })).toBe('d')
  expect(await value({ SecretId, VersionStage: 'AWSPREVIOUS' })).toBe('c')
  expect(await value({ SecretId, VersionId: ids[0] })).toBe('b')
})

it('a secret, a version or a stage that is not there is refused, and a name taken twice', async () => {
  await account.secrets().send(new CreateSecretCommand({ Name: 'one', SecretString: 'a' }))
  const missing = 'ResourceNotFoundException'
  expect(await refusal(value({ SecretId: 'none' }))).toBe(missing)
  expect(await refusal(value({ SecretId: 'one', VersionStage: 'AWSPREVIOUS' }))).toBe(missing)
  expect(
    await refusal(value({ SecretId: 'one', VersionId: '00000000-0000-4000-8000-000000000000' }))
  ).toBe(missing)
  expect(
    await refusal(
      account.secrets().send(new CreateSecretCommand({ Name: 'one', SecretString: 'b' }))
    )
  ).toBe('ResourceExistsException')
})
