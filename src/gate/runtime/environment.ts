import { policySource, type PolicySource } from './policy-source.ts'
import { readVariables, type Variables } from './variables.ts'

/** What the template (infra/gate.yaml) sets for a function. It contains no secret. */
export interface Environment {
  readonly region: string
  readonly table: string
  /** KMS key of the decision rows' seals. */
  readonly key: string
  readonly policy: PolicySource
  /** Secrets Manager's name or ARN, or `ssm:` and the name of a SecureString. */
  readonly slackSecret: string
  /** Undefined: Slack's own API. */
  readonly slackUrl: string | undefined
  /** ARN of the request function. Functions that check whether a deployment names the gate need it. */
  readonly gateFunction: string | undefined
}

/** @throws EnvironmentError naming every variable that is missing, or that is set although it must not be. */
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
