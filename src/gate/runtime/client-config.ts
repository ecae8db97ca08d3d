import type { AwsCredentialIdentity } from '@aws-sdk/types'
import { callLimit, type CallLimit } from '../../aws/call-limit.ts'

export interface ClientConfig extends CallLimit {
  readonly region: string
  readonly credentials: () => Promise<AwsCredentialIdentity>
  readonly maxAttempts: number
}

/**
 * How the functions call AWS: with the keys that Lambda puts into their
 * environment, and with time limits that let a function answer within 3 s.
 */
export function clientConfig(region: string): ClientConfig {
  return {
    region,
    credentials: fromEnvironment,
    maxAttempts: 2,
    ...callLimit(500, 1_200)
  }
}

/**
 * The same for the function that observes production. Nobody waits for it, and
 * what it gives up too early is lost. With its retry a call takes 6 s at most.
 */
export function observerConfig(region: string): ClientConfig {
  return { ...clientConfig(region), ...callLimit(1_000, 3_000) }
}

/**
 * The same for the observer's StopDeployment. It does not retry: if the first
 * attempt had no answer and the deployment has ended by the second, nobody could
 * tell whether the observer stopped it.
 */
export function stopperConfig(region: string): ClientConfig {
  return { ...clientConfig(region), ...callLimit(1_000, 10_000), maxAttempts: 1 }
}

/**
 * The same for the function that verifies. No approver waits for it in Slack,
 * and its calls may go through a NAT gateway.
 */
export function verifierConfig(region: string): ClientConfig {
  return { ...clientConfig(region), ...callLimit(5_000, 10_000), maxAttempts: 4 }
}

/** Reads the keys that Lambda sets. The SDK's chain would add code for a dozen other places. */
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
