import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import { dynamoTable } from '../../../ledger/dynamo-table.ts'
import type { Clock } from '../../../release/clock.ts'
import type { GatePlane } from '../../gate-plane.ts'
import { gatePlane } from './gate-plane.ts'

/**
 * Weighted listeners as the callback and the sweep see them, with clients of their own. ECS's is loaded for approvals alone: a rejection, a roll back
 * and the sweep do not wait for it.
 */
export function connectGatePlane(
  config: DynamoDBClientConfig & { readonly region: string },
  tableName: string,
  clock: Clock
): GatePlane {
  const table = dynamoTable(new DynamoDBClient(config), tableName)
  return gatePlane({
    table,
    clock,
    region: config.region,
    running: async (handed) => {
      if (!handed.ecs) return undefined
      const { connectRunning } = await import('./sides.ts')
      return connectRunning(config)(handed)
    }
  })
}
