import type { Emulator } from '../emulator.ts'
import { createLedgerTable } from './ledger-table.ts'

export interface GateAccountOptions {
  /** The policy document, YAML. */
  readonly policy: string
  /** Of the Slack app. */
  readonly botToken: string
  readonly signingSecret: string
  /** What every name begins with; `gate` unless given. */
  readonly prefix?: string
}

/** The names of what the gate's functions work with. */
export interface GateAccount {
  readonly table: string
  /** ARN of the key that seals decisions. */
  readonly key: string
  readonly policyParameter: string
  readonly slackSecret: string
  /** The variables through which a function is told all of these. */
  readonly environment: Readonly<Record<string, string>>
}

/**
 * What the gate's template creates beside its functions and rules: the ledger's
 * table, the KMS key, the policy's parameter, and the secret with what Slack
 * gave the app. Rejects with ResourceInUseException where the table exists.
 */
export async function createGateAccount(
  emulator: Pick<Emulator, 'endpoint' | 'userKeys' | 'world'>,
  { policy, botToken, signingSecret, prefix = 'gate' }: GateAccountOptions
): Promise<GateAccount> {
  const { keys, parameters, secrets } = emulator.world
  const table = `${prefix}-ledger`
  await createLedgerTable(emulator, table)
  const { arn: key } = keys.create({ alias: `${prefix}-ledger` })
  const { name: policyParameter } = parameters.put(`/${prefix}/policy`, policy)
  const { name: slackSecret } = secrets.put(
    `${prefix}/slack`,
    JSON.stringify({ 'bot-token': botToken, 'signing-secret': signingSecret })
  )
  const environment = {
    LEDGER_TABLE: table,
    LEDGER_KEY: key,
    POLICY_PARAMETER: policyParameter,
    SLACK_SECRET: slackSecret
  }
  return { table, key, policyParameter, slackSecret, environment }
}
