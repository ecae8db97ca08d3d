import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Emulator } from '../emulator.ts'

/**
 * Creates the gate's table as its template does: partition key `pk`, sort key
 * `sk`, and the sparse index `open` on what is not settled yet. Resolves when
 * the table can be used; rejects with ResourceInUseException where there is one.
 */
export async function createLedgerTable(
  emulator: Pick<Emulator, 'endpoint' | 'userKeys' | 'world'>,
  name: string
): Promise<void> {
  const client = new DynamoDBClient({
    endpoint: emulator.endpoint,
    region: emulator.world.region,
    credentials: emulator.userKeys,
    maxAttempts: 1
  })
  try {
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [text('pk'), text('sk'), text('open')],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' }
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'open',
            KeySchema: [
              { AttributeName: 'open', KeyType: 'HASH' },
              { AttributeName: 'pk', KeyType: 'RANGE' }
            ],
            Projection: { ProjectionType: 'ALL' }
          }
        ]
      })
    )
    const describe = new DescribeTableCommand({ TableName: name })
    while ((await client.send(describe)).Table?.TableStatus !== 'ACTIVE') await nextTurn()
  } finally {
    client.destroy()
  }
}

function text(name: string): { AttributeName: string; AttributeType: 'S' } {
  return { AttributeName: name, AttributeType: 'S' }
}
