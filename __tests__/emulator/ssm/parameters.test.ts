import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm'
import type { Parameter, PutParameterCommandInput } from '@aws-sdk/client-ssm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
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

async function get(Name: string, WithDecryption?: boolean): Promise<Parameter> {
  const command = new GetParameterCommand({
    Name,
    ...(WithDecryption !== undefined && { WithDecryption })
  })
  return (await account.ssm().send(command)).Parameter ?? {}
}

const put = (input: PutParameterCommandInput): Promise<unknown> =>
  account.ssm().send(new PutParameterCommand(input))

describe('a parameter', () => {
  it('is read by its name, its ARN and its version', async () => {
    await put({ Name: '/gate/policy', Value: 'one', Type: 'String' })
    await put({ Name: '/gate/policy', Value: 'two', Overwrite: true })
    const arn = 'arn:aws:ssm:eu-central-1:123456789012:parameter/gate/policy'
    expect(await get('/gate/policy')).toMatchObject({
      Name: '/gate/policy',
      Type: 'String',
      Value: 'two',
      Version: 2,
      ARN: arn,
      LastModifiedDate: new Date(account.clock.now())
    })
    expect((await get(arn)).Value).toBe('two')
    expect(await get('/gate/policy:1')).toMatchObject({ Value: 'one', Selector: ':1' })
    expect((await get(`${arn}:1`)).Value).toBe('one')
  })

  it('that is secret is shown to those only who ask for decryption', async () => {
    const canary = 'canary-5f1c'
    await put({ Name: 'signing', Value: canary, Type: 'SecureString' })
    expect((await get('signing', true)).Value).toBe(canary)
    for (const shown of [await get('signing'), await get('signing', false)]) {
      expect(shown.Type).toBe('SecureString')
      expect(shown.Value).not.toContain(canary)
      expect(Buffer.from(shown.Value ?? '', 'base64').toString()).not.toContain(canary)
    }
  })
})

describe('Parameter Store refuses', () => {
  it('a name or a version that is not there', async () => {
    await put({ Name: 'known', Value: 'x', Type: 'String' })
    expect(await refusal(get('/none'))).toBe('ParameterNotFound')
    expect(await refusal(get('none:1'))).toBe('ParameterNotFound')
    expect(await refusal(get('known:2'))).toBe('ParameterVersionNotFound')
  })

  it('what would replace a value without saying so, has no type, or is too long', async () => {
    await put({ Name: 'there', Value: 'x', Type: 'String' })
    expect(await refusal(put({ Name: 'there', Value: 'y', Type: 'String' }))).toBe(
      'ParameterAlreadyExists'
    )
    expect(await refusal(put({ Name: 'new', Value: 'y' }))).toBe('ValidationException')
    const long = { Name: 'long', Type: 'String', Value: 'x'.repeat(4097) } as const
    expect(await refusal(put(long))).toBe('ValidationException')
    expect(await refusal(put({ ...long, Tier: 'Advanced' }))).toBe('answered')
  })
})
