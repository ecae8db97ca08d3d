import {
  GenerateMacCommand,
  KMSInvalidMacException,
  VerifyMacCommand,
  type KMSClient
} from '@aws-sdk/client-kms'
import type { Seal } from './seal.ts'

const MacAlgorithm = 'HMAC_SHA_256'

/** Seals with an HMAC key that stays in KMS; `key` is its id, alias or ARN. */
export function kmsSeal(client: KMSClient, key: string): Seal {
  const input = (
    text: string
  ): { KeyId: string; MacAlgorithm: typeof MacAlgorithm; Message: Uint8Array } => ({
    KeyId: key,
    MacAlgorithm,
    Message: new TextEncoder().encode(text)
  })
  return {
    async mac(text) {
      const { Mac } = await client.send(new GenerateMacCommand(input(text)))
      if (!Mac) throw new Error('KMS answered without a MAC')
      return Buffer.from(Mac).toString('base64')
    },
    async verify(text, mac) {
      const Mac = Buffer.from(mac, 'base64')
      try {
        const { MacValid } = await client.send(new VerifyMacCommand({ ...input(text), Mac }))
        return MacValid === true
      } catch (error) {
        if (error instanceof KMSInvalidMacException) return false
        throw error
      }
    }
  }
}
