import { ECSClient } from '@aws-sdk/client-ecs'
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { greenImages } from '../../controllers/codedeploy/gate/green-images.ts'
import { connectWithShift } from '../../controllers/codedeploy/gate/shift.ts'
import { awsSides } from '../../controllers/codedeploy/gate/sides.ts'
import type { RequestPlane } from '../../controllers/gate-plane.ts'
import { systemClock as clock } from '../../release/clock.ts'
import { requesterFinder } from '../identity/requester.ts'
import { handleRequest } from '../request/handler.ts'
import { connect } from '../runtime/connect.ts'

const { platform } = connect((config) => {
  const ecs = new ECSClient(config)
  const codedeploy: RequestPlane = {
    ...connectWithShift(config, clock, (hold) => greenImages(ecs, hold)),
    ...awsSides(ecs, new ElasticLoadBalancingV2Client(config))
  }
  return { codedeploy: () => Promise.resolve(codedeploy) }
})
const findRequester = requesterFinder()

/** The part of Lambda's context that is used. */
interface Context {
  readonly getRemainingTimeInMillis: () => number
}

export function handler(event: unknown, context: Context): Promise<void> {
  return handleRequest(platform, findRequester, event, context.getRemainingTimeInMillis())
}
