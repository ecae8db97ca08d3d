import { ProblemsError } from '../../documents/problems.ts'
import { policySource, type PolicySource } from './policy-source.ts'

/** What the template sets for a function (infra/gate.yaml); no secret is among it. */
export interface Environment {
  readonly region: string
  readonly table: string
  /** KMS key of the decision rows' seals. */
  readonly key: string
  readonly policy: PolicySource
  /** Secrets Manager's name or ARN, or `ssm:` and the name of a SecureString. */
  readonly slackSecret: string
  /** Slack's own API unless given. */
  readonly slackUrl: string | undefined
  /** ARN of the request function, for who checks that it is named. */
  readonly gateFunction: string | undefined
}

export class EnvironmentError extends ProblemsError {
  override readonly name = 'EnvironmentError'
}

export type Variables = Readonly<Record<string, string | undefined>>

/** Throws an EnvironmentError that names every variable that is missing, or given where it must not be. */
export function readEnvironment(env: Variables): Environment {
  return readVariables(env, (need, problems) => ({
    region: need('AWS_REGION', 'the region'),
    table: need('LEDGER_TABLE', 'the DynamoDB table'),
    key: need('LEDGER_KEY', 'the KMS key that seals decisions'),
    policy: policySource(env, problems),
    slackSecret: need('SLACK_SECRET', "the secret with Slack's token and signing secret"),
    slackUrl: env['SLACK_API_URL']?.trim() || undefined,
    gateFunction: env['GATE_FUNCTION']?.trim() || undefined
  }))
}

/** What `read` makes of the variables that it needs, each with what it names. Throws as `readEnvironment`. */
export function readVariables<T>(
  env: Variables,
  read: (need: (name: string, what: string) => string, problems: string[]) => T
): T {
  const problems: string[] = []
  const found = read((name, what) => {
    const value = env[name]?.trim() ?? ''
    if (value === '') problems.push(`${name} is not set; it names ${what}`)
    return value
  }, problems)
  if (problems.length > 0) throw new EnvironmentError(problems)
  return found
}
