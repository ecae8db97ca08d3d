import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand
} from '@aws-sdk/client-cloudwatch'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  DescribeListenersCommand,
  DescribeRulesCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  ModifyRuleCommand
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { OptionalReads } from '../../aws/optional-reads.ts'
import { moverPlane } from '../../controllers/listener/gate/mover-plane.ts'
import { dynamoTable } from '../../ledger/dynamo-table.ts'
import { systemClock as clock } from '../../release/clock.ts'
import { readMoverEnvironment } from '../mover/environment.ts'
import { handleMover } from '../mover/handler.ts'
import type { MoverPlatform } from '../mover/platform.ts'
import { cached, memoizeLast } from '../runtime/cached.ts'
import { observerConfig } from '../runtime/client-config.ts'
import { logLines } from '../runtime/log.ts'
import { POLICY_KEPT_MS, readPolicyText } from '../runtime/policy-source.ts'
import { parameterReader } from '../runtime/secrets.ts'
import { parsePolicy } from '../policy/parse.ts'

const { region, table, policy, gateFunction, sweepFunction, routes } = readMoverEnvironment(
  process.env
)
const config = observerConfig(region)
const sdk = {
  DescribeListenersCommand,
  DescribeRulesCommand,
  DescribeTargetHealthCommand,
  ModifyListenerCommand,
  ModifyRuleCommand
}
const lambda = new LambdaClient(config)
const policyIn = memoizeLast(parsePolicy)
const readParameter = parameterReader(config)

const listener = moverPlane({
  table: dynamoTable(new DynamoDBClient(config), table),
  clock,
  balancing: { sdk, client: new ElasticLoadBalancingV2Client(config) },
  cloudwatch: () =>
    Promise.resolve({
      sdk: { DescribeAlarmsCommand, GetMetricDataCommand },
      client: new CloudWatchClient(config)
    }),
  optionalReads: new OptionalReads(clock, (what, why) =>
    logLines('warn', 'not read', { what, why })
  )
})

const platform: MoverPlatform = {
  clock,
  log: logLines,
  routes,
  planes: { listener: () => Promise.resolve(listener) },
  policy: cached(
    async () => policyIn(await readPolicyText(policy, readParameter)),
    POLICY_KEPT_MS,
    () => clock.now()
  ),
  async tell() {
    await lambda.send(new InvokeCommand({ FunctionName: sweepFunction, InvocationType: 'Event' }))
  },
  async ask(waiting) {
    await lambda.send(
      new InvokeCommand({
        FunctionName: gateFunction,
        InvocationType: 'Event',
        Payload: Buffer.from(JSON.stringify(waiting))
      })
    )
  }
}

/** The part of Lambda's context that is used. */
interface Context {
  readonly awsRequestId: string
  readonly getRemainingTimeInMillis: () => number
}

export function handler(_: unknown, context: Context): Promise<void> {
  return handleMover(platform, {
    id: context.awsRequestId,
    remainingMs: context.getRemainingTimeInMillis()
  })
}
