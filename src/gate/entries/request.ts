import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { ECSClient } from '@aws-sdk/client-ecs'
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { greenImages } from '../../controllers/codedeploy/gate/green-images.ts'
import { connectWithShift } from '../../controllers/codedeploy/gate/shift.ts'
import { awsSides } from '../../controllers/codedeploy/gate/sides.ts'
import { requestPlane } from '../../controllers/listener/gate/request-plane.ts'
import { dynamoTable } from '../../ledger/dynamo-table.ts'
import type { RequestPlane } from '../../controllers/gate-plane.ts'
import { systemClock as clock } from '../../release/clock.ts'
import { requesterFinder } from '../identity/requester.ts'
import { handleRequest } from '../request/handler.ts'
import { connect } from '../runtime/connect.ts'

const { platform } = connect((config, { region, table: tableName }) => {
  const ecs = new ECSClient(config)
  const elb = new ElasticLoadBalancingV2Client(config)
  const table = dynamoTable(new DynamoDBClient(config), tableName)
  const codedeploy: RequestPlane = {
    ...connectWithShift(config, clock, (hold) => greenImages(ecs, hold)),
    ...awsSides(ecs, elb)
  }
  const listener = requestPlane({ table, clock, region, ecs, elb })
  return {
    codedeploy: () => Promise.resolve(codedeploy),
    listener: () => Promise.resolve(listener)
  }
})
const findRequester = requesterFinder()

/** The part of Lambda's context that is used. */
interface Context {
  readonly getRemainingTimeInMillis: () => number
}

export function handler(event: unknown, context: Context): Promise<void> {
  return handleRequest(platform, findRequester, event, context.getRemainingTimeInMillis())
}
