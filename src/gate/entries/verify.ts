import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { ECSClient } from '@aws-sdk/client-ecs'
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { OptionalReads } from '../../aws/optional-reads.ts'
import { dynamoTable } from '../../ledger/dynamo-table.ts'
import { systemClock as clock } from '../../release/clock.ts'
import { codedeployClient } from '../../controllers/codedeploy/gate/clients.ts'
import { verifyPlane } from '../../controllers/codedeploy/gate/verify-plane.ts'
import { verifierConfig } from '../runtime/client-config.ts'
import { logLines } from '../runtime/log.ts'
import { readSecret } from '../runtime/secrets.ts'
import type { VerifyPlatform } from '../verify/platform.ts'
import { readVerifyEnvironment } from '../verify/environment.ts'
import { handleVerify } from '../verify/handler.ts'
import { readValues } from '../verify/values.ts'

const { region, table, gateFunction, secret, origins } = readVerifyEnvironment(process.env)
const config = verifierConfig(region)
const sdk = { DescribeListenersCommand, DescribeLoadBalancersCommand }
const balancing = { sdk, client: new ElasticLoadBalancingV2Client(config) }

const codedeploy = verifyPlane({
  client: codedeployClient(config),
  region,
  clock,
  gateFunction,
  green: {
    ecs: new ECSClient(config),
    clients: { loadBalancing: () => Promise.resolve(balancing) },
    optionalReads: new OptionalReads(clock, (what, why) =>
      logLines('warn', 'not read', { what, why })
    )
  }
})

const platform: VerifyPlatform = {
  clock,
  log: logLines,
  table: dynamoTable(new DynamoDBClient(config), table),
  monotonic: () => performance.now(),
  origins,
  planes: { codedeploy: () => Promise.resolve(codedeploy) },
  values: async () => (secret === undefined ? {} : readValues(await readSecret(secret, config)))
}

/** The part of Lambda's context that is used. */
interface Context {
  readonly awsRequestId: string
  readonly invokedFunctionArn: string
  readonly getRemainingTimeInMillis: () => number
}

export function handler(event: unknown, context: Context): Promise<void> {
  return handleVerify(platform, event, {
    requestId: context.awsRequestId,
    functionArn: context.invokedFunctionArn,
    remainingMs: context.getRemainingTimeInMillis()
  })
}
