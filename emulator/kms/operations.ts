import type {
  GenerateMacRequest,
  GenerateMacResponse,
  VerifyMacRequest,
  VerifyMacResponse
} from '@aws-sdk/client-kms'
import { AwsError } from '../errors.ts'
import { only, operations, using } from '../operation.ts'
import type { World } from '../world.ts'
import type { StoredKey } from './keys.ts'

/** KMS, as far as a record is sealed: MACs of up to 4,096 bytes (API reference, GenerateMac). */
export const kmsOperations = operations('kms', {
  GenerateMac: using(
    { KeyId: true, Message: true, MacAlgorithm: true, DryRun: only(false) },
    generateMac
  ),
  VerifyMac: using(
    { KeyId: true, Message: true, MacAlgorithm: true, Mac: true, DryRun: only(false) },
    verifyMac
  )
})

function generateMac(input: GenerateMacRequest, world: World): GenerateMacResponse {
  const { key, message } = usable(input, world)
  return { Mac: key.mac(message), MacAlgorithm: 'HMAC_SHA_256', KeyId: key.arn }
}

function verifyMac(input: VerifyMacRequest, world: World): VerifyMacResponse {
  const { key, message } = usable(input, world)
  const mac = input.Mac ?? new Uint8Array()
  if (mac.length === 0) throw tooShort('mac')
  // KMS gives this exception no message.
  if (!key.verify(message, mac)) throw new AwsError('KMSInvalidMacException', '')
  return { KeyId: key.arn, MacValid: true, MacAlgorithm: 'HMAC_SHA_256' }
}

type MacRequest = Pick<GenerateMacRequest, 'KeyId' | 'Message' | 'MacAlgorithm'>

function usable(
  { KeyId = '', Message = new Uint8Array(), MacAlgorithm }: MacRequest,
  world: World
): { readonly key: StoredKey; readonly message: Uint8Array } {
  if (Message.length === 0) throw tooShort('message')
  if (Message.length > 4096) {
    throw new AwsError(
      'ValidationException',
      "1 validation error detected: Value at 'message' failed to satisfy constraint: Member must have length less than or equal to 4096"
    )
  }
  const key = world.keys.find(KeyId)
  if (!key) throw notFound(KeyId, world)
  if (key.state === 'Disabled') throw new AwsError('DisabledException', `${key.arn} is disabled.`)
  if (key.state === 'PendingDeletion') {
    throw new AwsError('KMSInvalidStateException', `${key.arn} is pending deletion.`)
  }
  if (key.usage !== 'GENERATE_VERIFY_MAC' || MacAlgorithm !== 'HMAC_SHA_256') {
    throw new AwsError(
      'InvalidKeyUsageException',
      `The request was rejected because the algorithm ${String(MacAlgorithm)} is incompatible with key ${key.arn}.`
    )
  }
  return { key, message: Message }
}

function notFound(keyId: string, { partition, region, account }: World): AwsError {
  const prefix = `arn:${partition}:kms:${region}:${account}:`
  const full = (name: string): string => (name.startsWith('arn:') ? name : prefix + name)
  const message = keyId.includes('alias/')
    ? `Alias ${full(keyId)} is not found.`
    : `Key '${full(keyId.startsWith('arn:') ? keyId : `key/${keyId}`)}' does not exist`
  return new AwsError('NotFoundException', message)
}

function tooShort(member: string): AwsError {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length greater than or equal to 1`
  )
}
