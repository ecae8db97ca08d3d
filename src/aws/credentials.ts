import type { AwsCredentialIdentityProvider } from '@aws-sdk/types'
import { jobCallLimit } from './clients.ts'
import { say } from '../words/say.ts'

export interface OidcRole {
  readonly roleArn: string
  readonly sessionName: string
  readonly region: string | undefined
  /** Requests a fresh token of the job's OIDC provider for this audience (`id-token: write`). */
  readonly idToken: (audience: string) => Promise<string>
}

/** The audience that AWS's documentation prescribes for GitHub's provider. */
const AUDIENCE = 'sts.amazonaws.com'

/**
 * Credentials of a role assumed with GitHub's OIDC token. The SDK asks again shortly before
 * they expire, and each time a fresh token is requested, so a release may wait longer than
 * one role session (an hour by default).
 *
 * Errors: those of the token request or of AssumeRoleWithWebIdentity, under the name
 * `CredentialsProviderError`, so that they are not taken for a missing right of the role.
 */
export function oidcCredentials(role: OidcRole): AwsCredentialIdentityProvider {
  return async (identity) => {
    const { fromWebToken } = await import('@aws-sdk/credential-provider-web-identity')
    try {
      const assume = fromWebToken({
        roleArn: role.roleArn,
        roleSessionName: role.sessionName,
        webIdentityToken: await role.idToken(AUDIENCE),
        // The SDK would give STS's client no limits.
        clientConfig: {
          ...jobCallLimit(),
          ...(role.region === undefined ? {} : { region: role.region })
        }
      })
      return await assume(identity)
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      const error = new Error(say`cannot assume ${role.roleArn}: ${reason}`, { cause })
      error.name = 'CredentialsProviderError'
      throw error
    }
  }
}
