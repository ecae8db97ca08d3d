import { isMapping, textIn } from '../../../documents/mapping.ts'
import type { Language } from '../../../words/language.ts'
import { say } from '../../../words/say.ts'
import { parsePolicy } from '../../policy/parse.ts'
import { addParameters, parametersIn } from './parameters-file.ts'
import { AwsCliError, IN_FILE, SetupError, type SetupPorts } from './ports.ts'

export interface SlackOptions {
  readonly channel: string
  /** Ids of people. */
  readonly approvers: readonly string[]
  /** Undefined: that of the AWS CLI. */
  readonly region: string | undefined
  readonly prefix: string
  /** Path of the file of parameters. */
  readonly parameters: string
  /** In which the gate speaks. */
  readonly language: Language
}

/**
 * Puts the Slack app's token and signing secret into a secret, and the smallest policy into a
 * parameter: workspace and app are those of the token, which Slack says. What is there already is
 * left as it is. Nothing is written unless Slack knows the token and the policy has no problem.
 * Errors: SetupError, AwsCliError, SlackError, PolicyError, those of the file system.
 */
export async function setupSlack(ports: SetupPorts, options: SlackOptions): Promise<void> {
  const { aws, tell } = ports
  const { prefix, region, parameters } = options
  await parametersIn(ports, parameters)
  const { token, secret } = await secretsIn(ports)
  const { team, app } = await ports.slackApp(token)
  if (app === undefined) {
    throw new SetupError(
      say`Slack does not say which app this token is of: is it the Bot User OAuth Token, which begins with xoxb-?`
    )
  }
  const policy = policyOf({ ...options, team, app })
  await parsePolicy(policy)
  const own = region === undefined ? [] : ['--region', region]
  const name = `${prefix}/slack`
  const arn = await storeSecret()
  const parameter = `/${prefix}/policy`
  await storePolicy()
  await addParameters(ports, parameters, { SlackSecretArn: arn, PolicyParameter: parameter })
  tell(say`${parameters} names both: --parameter-overrides file://${parameters}`)

  async function storeSecret(): Promise<string> {
    const text = JSON.stringify({ 'bot-token': token, 'signing-secret': secret })
    const shown = ['--query', 'ARN', '--output', 'text', ...own]
    const given = ['--name', name, '--secret-string', IN_FILE]
    try {
      const made = await aws(['secretsmanager', 'create-secret', ...given, ...shown], text)
      tell(say`stored token and signing secret as ${name}`)
      return made.trim()
    } catch (error) {
      if (!isCode(error, 'ResourceExistsException')) throw error
      tell(
        say`there is a secret ${name} already, which stays as it is; \`aws secretsmanager put-secret-value\` gives it a new value`
      )
      const asked = ['secretsmanager', 'describe-secret', '--secret-id', name]
      return (await aws([...asked, ...shown])).trim()
    }
  }

  async function storePolicy(): Promise<void> {
    const given = ['--name', parameter, '--type', 'String', '--value', IN_FILE]
    try {
      await aws(['ssm', 'put-parameter', ...given, ...own], policy)
      tell(`${say`stored the policy as ${parameter}:`}\n${policy}`)
    } catch (error) {
      if (!isCode(error, 'ParameterAlreadyExists')) throw error
      tell(say`there is a policy ${parameter} already, which stays as it is`)
    }
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof AwsCliError && error.code === code
}

/** The smallest policy, as docs/gate-setup.md has it. */
function policyOf({
  language,
  team,
  app,
  channel,
  approvers
}: Pick<SlackOptions, 'language' | 'channel' | 'approvers'> & {
  readonly team: string
  readonly app: string
}): string {
  return `version: 1
language: ${language}
slack: { team: ${team}, app: ${app}, channel: ${channel} }
approvers: { users: [${approvers.join(', ')}] }
self-approval: allowed
watch: { deployment-groups: ["*/*"], on-ungated: stop }
`
}

async function secretsIn({ input }: SetupPorts): Promise<{ token: string; secret: string }> {
  let value: unknown
  try {
    value = JSON.parse(await input())
  } catch {
    value = undefined
  }
  const token = isMapping(value) ? textIn(value, 'bot-token') : undefined
  const secret = isMapping(value) ? textIn(value, 'signing-secret') : undefined
  if (!token || !secret) {
    throw new SetupError(
      say`wanted on standard input: {"bot-token": "xoxb-...", "signing-secret": "..."}, from a file: < slack.json`
    )
  }
  return { token, secret }
}
