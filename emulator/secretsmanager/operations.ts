import type {
  CreateSecretRequest,
  CreateSecretResponse,
  DescribeSecretRequest,
  DescribeSecretResponse,
  GetSecretValueRequest,
  GetSecretValueResponse,
  PutSecretValueRequest,
  PutSecretValueResponse
} from '@aws-sdk/client-secrets-manager'
import { AwsError } from '../errors.ts'
import { only, operations, using } from '../operation.ts'
import type { World } from '../world.ts'
import type { SecretVersion, StoredSecret } from './secrets.ts'

/** Secrets Manager, as far as a function reads its secrets and a person sets them. */
export const secretsOperations = operations('secretsmanager', {
  GetSecretValue: using({ SecretId: true, VersionId: true, VersionStage: true }, getSecretValue),
  DescribeSecret: using({ SecretId: true }, describeSecret),
  CreateSecret: using({ Name: true, SecretString: true, ClientRequestToken: true }, createSecret),
  PutSecretValue: using(
    {
      SecretId: true,
      SecretString: true,
      ClientRequestToken: true,
      VersionStages: only('AWSCURRENT')
    },
    putSecretValue
  )
})

function getSecretValue(
  { SecretId, VersionId, VersionStage }: GetSecretValueRequest,
  world: World
): GetSecretValueResponse {
  const secret = existing(SecretId, world)
  const found = secret.versions.find((version) => {
    if (VersionId !== undefined && version.id !== VersionId) return false
    if (VersionStage === undefined && VersionId !== undefined) return true
    return stages(secret, version).includes(VersionStage ?? 'AWSCURRENT')
  })
  if (!found) {
    const asked =
      VersionId === undefined
        ? `staging label: ${VersionStage ?? 'AWSCURRENT'}`
        : `VersionId: ${VersionId}`
    throw notFound(`Secrets Manager can't find the specified secret value for ${asked}`)
  }
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: found.id,
    SecretString: found.value,
    VersionStages: stages(secret, found),
    CreatedDate: new Date(found.createdAt)
  }
}

function describeSecret({ SecretId }: DescribeSecretRequest, world: World): DescribeSecretResponse {
  const secret = existing(SecretId, world)
  const [first] = secret.versions
  return {
    ARN: secret.arn,
    Name: secret.name,
    ...(first && { CreatedDate: new Date(first.createdAt) }),
    VersionIdsToStages: Object.fromEntries(
      secret.versions
        .map((version) => [version.id, stages(secret, version)] as const)
        .filter(([, names]) => names.length > 0)
    )
  }
}

function createSecret(input: CreateSecretRequest, world: World): CreateSecretResponse {
  const { Name: name = '', SecretString, ClientRequestToken } = input
  if (world.secrets.find(name)) {
    throw new AwsError(
      'ResourceExistsException',
      `The operation failed because the secret ${name} already exists.`
    )
  }
  const created = world.secrets.put(name, text(SecretString), ClientRequestToken)
  return { ARN: created.arn, Name: name, VersionId: last(created).id }
}

function putSecretValue(input: PutSecretValueRequest, world: World): PutSecretValueResponse {
  const { SecretId, SecretString, ClientRequestToken } = input
  const { name } = existing(SecretId, world)
  const changed = world.secrets.put(name, text(SecretString), ClientRequestToken)
  const version = last(changed)
  return {
    ARN: changed.arn,
    Name: name,
    VersionId: version.id,
    VersionStages: stages(changed, version)
  }
}

function existing(id: string | undefined, world: World): StoredSecret {
  const found = world.secrets.find(id ?? '')
  if (!found) throw notFound("Secrets Manager can't find the specified secret.")
  return found
}

function text(value: string | undefined): string {
  if (value !== undefined) return value
  throw new AwsError('InvalidParameterException', 'The emulator keeps secrets that are text.')
}

function stages({ versions }: StoredSecret, version: SecretVersion): string[] {
  if (version === versions.at(-1)) return ['AWSCURRENT']
  return version === versions.at(-2) ? ['AWSPREVIOUS'] : []
}

function last({ versions }: StoredSecret): SecretVersion {
  const version = versions.at(-1)
  if (!version) throw new Error('a secret without a version')
  return version
}

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message)
}
