import { isMapping } from '../../documents/mapping.ts'
import { describeError } from '../../aws/errors.ts'
import type { Environment } from './environment.ts'
import type { ClientConfig } from './client-config.ts'
import { cached } from './cached.ts'

/** What the functions need of Slack's app, from one secret of the form `{"bot-token": ..., "signing-secret": ...}`. */
export interface SlackSecret {
  readonly botToken: string
  readonly signingSecret: string
}

/**
 * Reads it from where the environment says. Which client is loaded depends on
 * that: start-up is paid for one of them only.
 * Errors: those of the calls, or an Error that says what is missing, never what is there.
 */
export async function readSlackSecret(
  { slackSecret }: Environment,
  config: ClientConfig,
  readParameter: (name: string) => Promise<string>
): Promise<SlackSecret> {
  const text = slackSecret.startsWith('ssm:')
    ? await readParameter(slackSecret.slice('ssm:'.length))
    : await readSecret(slackSecret, config)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Error(`${slackSecret} holds no JSON`)
  }
  const members = isMapping(value) ? value : {}
  const { 'bot-token': botToken, 'signing-secret': signingSecret } = members
  if (typeof botToken !== 'string' || botToken === '') throw missing('bot-token')
  if (typeof signingSecret !== 'string' || signingSecret === '') throw missing('signing-secret')
  return { botToken, signingSecret }

  function missing(member: string): Error {
    return new Error(`${slackSecret} has no text under "${member}"`)
  }
}

/**
 * Reads the text of an SSM parameter, decrypted; one client, and its connections, for all reads.
 * Errors: one that names the parameter, which SSM's own do not.
 */
export function parameterReader(config: ClientConfig): (name: string) => Promise<string> {
  const connected = cached(
    async () => {
      const { SSMClient, GetParameterCommand } = await import('@aws-sdk/client-ssm')
      return { client: new SSMClient(config), GetParameterCommand }
    },
    Infinity,
    () => 0
  )
  return async (name) => {
    const { client, GetParameterCommand } = await connected()
    try {
      const { Parameter } = await client.send(
        new GetParameterCommand({ Name: name, WithDecryption: true })
      )
      return Parameter?.Value ?? ''
    } catch (error) {
      throw new Error(`SSM parameter ${name} cannot be read: ${describeError(error)}`, {
        cause: error
      })
    }
  }
}

/** The text of a secret in Secrets Manager. */
export async function readSecret(id: string, config: ClientConfig): Promise<string> {
  const { SecretsManagerClient, GetSecretValueCommand } =
    await import('@aws-sdk/client-secrets-manager')
  const client = new SecretsManagerClient(config)
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id }))
  return SecretString ?? ''
}
