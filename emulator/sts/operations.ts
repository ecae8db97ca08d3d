import { randomBytes } from 'node:crypto'
import type {
  AssumeRoleCommandInput,
  AssumeRoleCommandOutput,
  AssumeRoleWithWebIdentityCommandInput,
  AssumeRoleWithWebIdentityCommandOutput,
  GetCallerIdentityCommandInput,
  GetCallerIdentityCommandOutput
} from '@aws-sdk/client-sts'
import { AwsError } from '../errors.ts'
import { operations, using } from '../operation.ts'
import type { Caller, World } from '../world.ts'
import type { CredentialStore } from './credentials.ts'

export interface StsOptions {
  /** Throws AwsError to refuse a GitHub (or other) identity token; any non-empty one is accepted without it. */
  readonly checkWebIdentity?: ((token: string, roleArn: string) => void) | undefined
  /** Sessions never last longer than this, whatever is asked for: a test need not wait 15 minutes. */
  readonly maxSessionSeconds?: number | undefined
}

type Answer<T> = Omit<T, '$metadata'>

const SESSION = { RoleArn: true, RoleSessionName: true, DurationSeconds: true } as const

/** Security Token Service, as far as a release signs in. */
export function stsOperations(store: CredentialStore, options: StsOptions = {}) {
  return operations('sts', {
    AssumeRole: using(SESSION, (input: AssumeRoleCommandInput): Answer<AssumeRoleCommandOutput> =>
      session(store, options, input)
    ),

    AssumeRoleWithWebIdentity: using(
      { ...SESSION, WebIdentityToken: true },
      (
        input: AssumeRoleWithWebIdentityCommandInput
      ): Answer<AssumeRoleWithWebIdentityCommandOutput> => {
        const token = input.WebIdentityToken ?? ''
        if (token === '') throw new AwsError('InvalidIdentityToken', 'No web identity token given')
        options.checkWebIdentity?.(token, input.RoleArn ?? '')
        return session(store, options, input)
      }
    ),

    GetCallerIdentity: using(
      {},
      (
        _input: GetCallerIdentityCommandInput,
        world: World,
        caller: Caller
      ): Answer<GetCallerIdentityCommandOutput> => ({
        UserId: caller.accessKeyId,
        Account: world.account,
        Arn: caller.arn
      })
    )
  })
}

/** Operations that are called before there is anything to sign with. */
export const UNSIGNED_STS_OPERATIONS: ReadonlySet<string> = new Set([
  'sts:AssumeRoleWithWebIdentity'
])

function session(
  store: CredentialStore,
  { maxSessionSeconds = Infinity }: StsOptions,
  input: Pick<AssumeRoleCommandInput, 'RoleArn' | 'RoleSessionName' | 'DurationSeconds'>
): Answer<AssumeRoleCommandOutput> {
  const role = /^arn:([\w-]+):iam::(\d{12}):role\/(?:.*\/)?([\w+=,.@-]+)$/.exec(input.RoleArn ?? '')
  if (!role) throw new AwsError('ValidationError', `${input.RoleArn ?? ''} is invalid`)
  const name = input.RoleSessionName ?? ''
  if (!/^[\w+=,.@-]{2,64}$/.test(name)) {
    throw new AwsError(
      'ValidationError',
      `1 validation error detected: Value '${name}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`
    )
  }
  const seconds = input.DurationSeconds ?? 3600
  if (seconds < 900 || seconds > 43_200) {
    throw new AwsError(
      'ValidationError',
      `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must be between 900 and 43200`
    )
  }
  const [, partition = '', account = '', roleName = ''] = role
  const arn = `arn:${partition}:sts::${account}:assumed-role/${roleName}/${name}`
  const issued = store.issue(arn, Math.min(seconds, maxSessionSeconds))
  return {
    Credentials: {
      AccessKeyId: issued.accessKeyId,
      SecretAccessKey: issued.secretAccessKey,
      SessionToken: issued.sessionToken,
      Expiration: new Date(issued.expiresAt)
    },
    AssumedRoleUser: {
      AssumedRoleId: `AROA${randomBytes(8).toString('hex').toUpperCase()}:${name}`,
      Arn: arn
    }
  }
}
