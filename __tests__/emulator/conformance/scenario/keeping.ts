import { expect } from '@jest/globals'
import { step } from '../step.ts'
import type { Wave } from '../step.ts'
import { KEY_ALIAS } from './things.ts'

const MAC = { KeyId: KEY_ALIAS, MacAlgorithm: 'HMAC_SHA_256' }
const MESSAGE = Buffer.from('decision').toString('base64')

/** Settings, secrets and seals. Bytes are base64, whatever the client calls them. */
export const KEEPING: readonly Wave[] = [
  {
    steps: () => [
      step('kms:GenerateMac', { ...MAC, Message: MESSAGE }, { MacAlgorithm: 'HMAC_SHA_256' }),
      step(
        'ssm:PutParameter',
        { Name: '/gate/token', Value: 's3cret', Type: 'SecureString' },
        { Version: 1, Tier: 'Standard' }
      ),
      step(
        'secretsmanager:CreateSecret',
        { Name: 'gate/slack', SecretString: 'old' },
        { Name: 'gate/slack' }
      )
    ]
  },
  {
    steps: (seen) => [
      step(
        'kms:VerifyMac',
        { ...MAC, Message: MESSAGE, Mac: seen.text('kms:GenerateMac', 'Mac') },
        { MacValid: true }
      ),
      step(
        'kms:VerifyMac',
        { ...MAC, Message: MESSAGE, Mac: MESSAGE },
        'KMSInvalidMacException',
        'a forged MAC'
      ),
      step(
        'ssm:GetParameter',
        { Name: '/gate/token', WithDecryption: true },
        { Parameter: { Value: 's3cret', LastModifiedDate: seen.now() } }
      ),
      step('ssm:GetParameter', { Name: '/gate/other' }, 'ParameterNotFound', 'no parameter'),
      step(
        'secretsmanager:PutSecretValue',
        {
          SecretId: seen.text('secretsmanager:CreateSecret', 'ARN'),
          SecretString: 'new'
        },
        { VersionStages: ['AWSCURRENT'] }
      )
    ]
  },
  {
    steps: () => [
      step(
        'secretsmanager:GetSecretValue',
        { SecretId: 'gate/slack' },
        { SecretString: 'new', ARN: expect.stringMatching(/:secret:gate\/slack-\w{6}$/) }
      ),
      step(
        'secretsmanager:GetSecretValue',
        { SecretId: 'gate/other' },
        'ResourceNotFoundException',
        'no secret'
      )
    ]
  }
]
