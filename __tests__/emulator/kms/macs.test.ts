import { GenerateMacCommand, VerifyMacCommand } from '@aws-sdk/client-kms'
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

const MacAlgorithm = 'HMAC_SHA_256'
const Message = Buffer.from('a decision')

async function macOf(KeyId: string, message = Message): Promise<Uint8Array> {
  const { Mac } = await account
    .kms()
    .send(new GenerateMacCommand({ KeyId, Message: message, MacAlgorithm }))
  return Mac ?? new Uint8Array()
}

const verify = (KeyId: string, message: Uint8Array, Mac: Uint8Array): Promise<string> =>
  refusal(account.kms().send(new VerifyMacCommand({ KeyId, Message: message, Mac, MacAlgorithm })))

describe('a MAC', () => {
  it('of 32 bytes verifies under its own key, by id, ARN and alias', async () => {
    const key = account.emulator.world.keys.create({ alias: 'ledger' })
    const mac = await macOf(key.id)
    expect(mac).toHaveLength(32)
    for (const name of [key.id, key.arn, 'alias/ledger']) {
      expect(await verify(name, Message, mac)).toBe('answered')
    }
  })

  it('does not verify another message, another key or when it is cut short', async () => {
    const { keys } = account.emulator.world
    const [key, other] = [keys.create(), keys.create()]
    const mac = await macOf(key.id)
    expect(await verify(key.id, Buffer.from('another'), mac)).toBe('KMSInvalidMacException')
    expect(await verify(other.id, Message, mac)).toBe('KMSInvalidMacException')
    expect(await verify(key.id, Message, mac.slice(0, 31))).toBe('KMSInvalidMacException')
  })
})

describe('KMS refuses', () => {
  it('a message of more than 4096 bytes', async () => {
    const { id } = account.emulator.world.keys.create()
    expect(await macOf(id, Buffer.alloc(4096, 1))).toHaveLength(32)
    expect(await refusal(macOf(id, Buffer.alloc(4097, 1)))).toBe('ValidationException')
    expect(await refusal(macOf(id, Buffer.alloc(0)))).toBe('ValidationException')
  })

  it('a key or an alias that is not there', async () => {
    for (const name of ['00000000-0000-4000-8000-000000000000', 'alias/none']) {
      expect(await refusal(macOf(name))).toBe('NotFoundException')
    }
  })

  it('a key that encrypts, is disabled or waits for its deletion', async () => {
    const { keys } = account.emulator.world
    const encrypts = keys.create({ usage: 'ENCRYPT_DECRYPT' })
    const disabled = Object.assign(keys.create(), { state: 'Disabled' })
    const leaving = Object.assign(keys.create(), { state: 'PendingDeletion' })
    expect(await refusal(macOf(encrypts.id))).toBe('InvalidKeyUsageException')
    expect(await refusal(macOf(disabled.id))).toBe('DisabledException')
    expect(await refusal(macOf(leaving.id))).toBe('KMSInvalidStateException')
  })
})
