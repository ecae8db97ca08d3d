import type { AwsCredentialIdentity } from '@aws-sdk/types'

export interface ClientConfig {
  readonly region: string
  readonly credentials: () => Promise<AwsCredentialIdentity>
  readonly maxAttempts: number
  readonly requestHandler: {
    readonly connectionTimeout: number
    readonly requestTimeout: number
    readonly throwOnRequestTimeout: boolean
  }
}

/**
 * How the functions reach AWS: with the keys that Lambda puts into their
 * environment, and within a time that leaves room for an answer in 3 s.
 */
export function clientConfig(region: string): ClientConfig {
  return {
    region,
    credentials: fromEnvironment,
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 500, requestTimeout: 1_200, throwOnRequestTimeout: true }
  }
}

/** Lambda's own; the SDK's chain would bring code for a dozen other places. */
function fromEnvironment(): Promise<AwsCredentialIdentity> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    return Promise.reject(new Error('there are no AWS credentials in the environment'))
  }
  return Promise.resolve({
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {})
  })
}
