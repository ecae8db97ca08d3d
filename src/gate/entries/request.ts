import { ECSClient } from '@aws-sdk/client-ecs'
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { awsSides } from '../../controllers/codedeploy/gate/sides.ts'
import { requesterFinder } from '../identity/requester.ts'
import { handleRequest } from '../request/handler.ts'
import { connect } from '../runtime/connect.ts'

const { platform } = connect((config) =>
  Promise.resolve(awsSides(new ECSClient(config), new ElasticLoadBalancingV2Client(config)))
)
const findRequester = requesterFinder()

export function handler(event: unknown): Promise<void> {
  return handleRequest(platform, findRequester, event)
}
