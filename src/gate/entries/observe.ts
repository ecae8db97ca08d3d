import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { OptionalReads } from '../../aws/optional-reads.ts'
import { dynamoTable } from '../../ledger/dynamo-table.ts'
import { codedeployClient } from '../../controllers/codedeploy/gate/clients.ts'
import { observePlane } from '../../controllers/codedeploy/gate/observe-plane.ts'
import { readObserveEnvironment } from '../observe/environment.ts'
import { handleObserve } from '../observe/handler.ts'
import type { ObservePlatform } from '../observe/platform.ts'
import { observerConfig, stopperConfig } from '../runtime/client-config.ts'
import { systemClock } from '../../release/clock.ts'
import { logLines } from '../runtime/log.ts'

const { region, table: tableName, functionName, origins } = readObserveEnvironment(process.env)
const config = observerConfig(region)
const table = dynamoTable(new DynamoDBClient(config), tableName)
const optionalReads = new OptionalReads(systemClock, (what, why) =>
  logLines('warn', 'not read', { what, why })
)
const sdk = { DescribeListenersCommand, DescribeLoadBalancersCommand }
const client = new ElasticLoadBalancingV2Client(config)
const codedeploy = observePlane({
  client: codedeployClient(config),
  stopper: codedeployClient(stopperConfig(region)),
  balancers: { clients: { loadBalancing: () => Promise.resolve({ sdk, client }) }, optionalReads }
})
const lambda = new LambdaClient(config)

const platform: ObservePlatform = {
  clock: systemClock,
  monotonic: () => performance.now(),
  random: Math.random,
  log: logLines,
  origins,
  table,
  planes: { codedeploy: () => Promise.resolve(codedeploy) },
  async handOn(next) {
    await lambda.send(
      new InvokeCommand({
        FunctionName: functionName,
        InvocationType: 'Event',
        Payload: Buffer.from(JSON.stringify(next))
      })
    )
  }
}

/** The part of Lambda's context that is used. */
interface Context {
  readonly awsRequestId: string
  getRemainingTimeInMillis(): number
}

export function handler(event: unknown, context: Context): Promise<void> {
  return handleObserve(platform, event, {
    id: context.awsRequestId,
    remaining: () => context.getRemainingTimeInMillis()
  })
}
