import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
  type AttributeValue,
  type DynamoDBClient
} from '@aws-sdk/client-dynamodb'
import { toAttributes, toItem } from './attributes.ts'
import { expressionsOf } from './expressions.ts'
import { OPEN_INDEX, type Item, type Key, type Table } from './table.ts'

/** The ledger's table in DynamoDB. */
export function dynamoTable(client: DynamoDBClient, name: string): Table {
  const pages = async (ask: (start: Start) => Promise<Page>): Promise<Item[]> => {
    const items: Item[] = []
    let start: Start
    do {
      const { Items = [], LastEvaluatedKey } = await ask(start)
      items.push(...itemsOf(Items))
      start = LastEvaluatedKey
    } while (start !== undefined)
    return items
  }
  return {
    async get(key, attributes) {
      const { Item: found } = await client.send(
        new GetItemCommand({
          TableName: name,
          Key: keyOf(key),
          ConsistentRead: true,
          ...(attributes && projectionOf(attributes))
        })
      )
      return found && toItem(found)
    },

    query: (pk) =>
      pages((start) =>
        client.send(
          new QueryCommand({
            TableName: name,
            ConsistentRead: true,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': { S: pk } },
            ExclusiveStartKey: start
          })
        )
      ),

    async last(pk) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: name,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: pk } },
          ScanIndexForward: false,
          Limit: 1
        })
      )
      return itemsOf(Items)[0]
    },

    create: async (item) =>
      (await unlessRefused(
        client.send(
          new PutItemCommand({
            TableName: name,
            Item: toAttributes(item),
            ConditionExpression: 'attribute_not_exists(pk)'
          })
        )
      )) !== undefined,

    async update(key, change, conditions) {
      const { ExpressionAttributeValues: values, ...expressions } = expressionsOf(
        change,
        conditions
      )
      const answer = await unlessRefused(
        client.send(
          new UpdateItemCommand({
            TableName: name,
            Key: keyOf(key),
            ...expressions,
            ...(values && { ExpressionAttributeValues: toAttributes(values) }),
            ReturnValues: 'ALL_NEW'
          })
        )
      )
      return answer?.Attributes && toItem(answer.Attributes)
    },

    open: (prefix) =>
      pages((start) =>
        client.send(
          new QueryCommand({
            TableName: name,
            IndexName: OPEN_INDEX,
            // The index's sort key is the item's partition key (infra/gate.yaml).
            KeyConditionExpression: '#open = :yes AND begins_with(pk, :prefix)',
            ExpressionAttributeNames: { '#open': 'open' },
            ExpressionAttributeValues: { ':yes': { S: 'yes' }, ':prefix': { S: prefix } },
            ExclusiveStartKey: start
          })
        )
      ),

    scan(prefix, attributes) {
      return pages((start) =>
        client.send(
          new ScanCommand({
            TableName: name,
            ConsistentRead: true,
            Select: 'SPECIFIC_ATTRIBUTES',
            ...projectionOf(attributes),
            FilterExpression: 'begins_with(#pk, :prefix)',
            ExpressionAttributeValues: { ':prefix': { S: prefix } },
            ExclusiveStartKey: start
          })
        )
      )
    }
  }
}

/** Asks for these attributes and the key. Names such as `row` are reserved words. */
function projectionOf(attributes: readonly string[]): {
  readonly ProjectionExpression: string
  readonly ExpressionAttributeNames: Record<string, string>
} {
  const names = ['pk', 'sk', ...attributes]
  return {
    ProjectionExpression: names.map((each) => `#${each}`).join(', '),
    ExpressionAttributeNames: Object.fromEntries(names.map((each) => [`#${each}`, each]))
  }
}

/** An item is a key too; DynamoDB takes nothing but the two. */
function keyOf({ pk, sk }: Key): Record<string, AttributeValue> {
  return toAttributes({ pk, sk })
}

type Start = Record<string, AttributeValue> | undefined

interface Page {
  readonly Items?: Record<string, AttributeValue>[] | undefined
  readonly LastEvaluatedKey?: Record<string, AttributeValue> | undefined
}

function itemsOf(found: readonly Record<string, AttributeValue>[]): Item[] {
  return found.flatMap((attributes) => toItem(attributes) ?? [])
}

/**
 * Undefined where the condition did not hold. A retry of the SDK whose first
 * attempt had taken effect is refused too: the callers read again and find
 * their own write.
 */
async function unlessRefused<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined
    throw error
  }
}
