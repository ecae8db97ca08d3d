import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import type { Planes } from '../../controllers/gate-plane.ts'
import { dynamoTable } from '../../ledger/dynamo-table.ts'
import { kmsSeal } from '../../ledger/kms-seal.ts'
import type { Platform } from '../platform.ts'
import { parsePolicy } from '../policy/parse.ts'
import { lazySlack } from '../slack/lazy.ts'
import { slackClient } from '../slack/client.ts'
import { clientConfig, type ClientConfig } from './client-config.ts'
import { systemClock as clock } from '../../release/clock.ts'
import { readEnvironment, type Environment } from './environment.ts'
import { cached, memoizeLast } from './cached.ts'
import { logLines } from './log.ts'
import { POLICY_KEPT_MS, readPolicyText } from './policy-source.ts'
import { parameterReader, readSlackSecret, type SlackSecret } from './secrets.ts'

/** How long Slack's secrets are used before they are read again. A rotation takes effect within this time. */
const SECRET_KEPT_MS = 300_000

/** The connections of a function, made once for all its invocations. */
export interface Connections<Plane> {
  readonly secret: () => Promise<SlackSecret>
  readonly platform: Platform<Plane>
  /** How it calls AWS. */
  readonly config: ClientConfig
}

/**
 * Reads the environment at once, so that the first start fails if a variable is
 * missing. Connects at the first use. `planes` makes the control planes as the
 * function needs them.
 */
export function connect<Plane>(
  planes: (config: ClientConfig, environment: Environment) => Planes<Plane>
): Connections<Plane> {
  const environment = readEnvironment(process.env)
  const config = clientConfig(environment.region)
  const now = (): number => clock.now()
  const readParameter = parameterReader(config)
  const secret = cached(
    () => readSlackSecret(environment, config, readParameter),
    SECRET_KEPT_MS,
    now
  )
  const policyIn = memoizeLast(parsePolicy)
  const policy = cached(
    async () => policyIn(await readPolicyText(environment.policy, readParameter)),
    POLICY_KEPT_MS,
    now
  )
  const table = dynamoTable(new DynamoDBClient(config), environment.table)
  const seal = kmsSeal(new KMSClient(config), environment.key)
  const client = cached(
    async () => slackClient({ token: (await secret()).botToken, url: environment.slackUrl }),
    SECRET_KEPT_MS,
    now
  )
  const slack = lazySlack(client)
  return {
    secret,
    config,
    platform: {
      clock,
      log: logLines,
      table,
      seal,
      planes: planes(config, environment),
      slack,
      policy
    }
  }
}
