import { expect } from '@jest/globals'
import { step } from '../step.ts'
import type { Wave } from '../step.ts'
import { FUNCTION, KEY_ALIAS, LOG_GROUP, LOG_STREAM, ROLE_OF_TASKS } from './things.ts'

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
      ),
      step(
        'secretsmanager:DescribeSecret',
        { SecretId: 'gate/slack' },
        { Name: 'gate/slack', CreatedDate: expect.anything() }
      ),
      step(
        'ssm:DescribeParameters',
        {
          ParameterFilters: [
            { Key: 'Name', Option: 'Equals', Values: ['/gate/token', '/gate/other'] }
          ]
        },
        { Parameters: [expect.objectContaining({ Name: '/gate/token', Type: 'SecureString' })] }
      ),
      step(
        'lambda:GetFunctionConfiguration',
        { FunctionName: FUNCTION },
        { FunctionName: FUNCTION, State: 'Active' }
      )
    ]
  },
  {
    steps: (seen) => [
      step(
        'ecr:DescribeImages',
        { repositoryName: 'shop', imageIds: [{ imageTag: '1' }] },
        { imageDetails: [expect.objectContaining({ imageTags: ['1'] })] }
      ),
      step(
        'ecr:DescribeImages',
        { repositoryName: 'shop', imageIds: [{ imageTag: 'missing' }] },
        'ImageNotFoundException',
        'no image'
      ),
      step('ecr:DescribePullThroughCacheRules', {}, { pullThroughCacheRules: [] }),
      step(
        'logs:DescribeLogGroups',
        { logGroupNamePrefix: LOG_GROUP },
        { logGroups: [expect.objectContaining({ logGroupName: LOG_GROUP })] }
      ),
      step(
        'logs:GetLogEvents',
        { logGroupName: LOG_GROUP, logStreamName: LOG_STREAM },
        { events: [expect.objectContaining({ message: 'listening on 8080' })] }
      ),
      step(
        'logs:GetLogEvents',
        { logGroupName: LOG_GROUP, logStreamName: 'none' },
        'ResourceNotFoundException',
        'The specified log stream does not exist.'
      ),
      step(
        'iam:GetRole',
        { RoleName: ROLE_OF_TASKS },
        { Role: expect.objectContaining({ RoleName: ROLE_OF_TASKS, CreateDate: seen.now() }) }
      ),
      step('iam:GetRole', { RoleName: 'other' }, 'NoSuchEntity', 'no role')
    ]
  }
]
