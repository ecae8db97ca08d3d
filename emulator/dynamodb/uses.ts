import { only } from '../operation.ts'
import type { UsesTree } from '../operation.ts'

const CAPACITY = { ReadCapacityUnits: true, WriteCapacityUnits: true } as const
const INDEX = {
  IndexName: true,
  KeySchema: { AttributeName: true, KeyType: true },
  Projection: { ProjectionType: true, NonKeyAttributes: true }
} as const
const GLOBAL_INDEX = { ...INDEX, ProvisionedThroughput: CAPACITY } as const
const TABLE = { TableName: true } as const
const NAMES = { ExpressionAttributeNames: true } as const
const EXPRESSIONS = { ...NAMES, ExpressionAttributeValues: true } as const
const CONSUMED = { ReturnConsumedCapacity: true } as const
const WRITE = {
  ...TABLE,
  ...EXPRESSIONS,
  ...CONSUMED,
  ConditionExpression: true,
  ConditionalOperator: true,
  Expected: true,
  // Dynalite looks at the word and answers none.
  ReturnItemCollectionMetrics: only('NONE'),
  ReturnValues: true
} as const
const READ = {
  ...TABLE,
  ...NAMES,
  ...CONSUMED,
  AttributesToGet: true,
  ConsistentRead: true,
  ProjectionExpression: true
} as const
const SEARCH = {
  ...READ,
  ...EXPRESSIONS,
  ConditionalOperator: true,
  ExclusiveStartKey: true,
  FilterExpression: true,
  IndexName: true,
  Limit: true,
  Select: true
} as const

/**
 * What dynalite 4 does with the members of a request: it ignores those that it
 * does not know, as ReturnValuesOnConditionCheckFailure, where AWS would act.
 */
export const DYNAMODB_USES: Readonly<Record<string, UsesTree>> = {
  BatchGetItem: { ...CONSUMED, RequestItems: true },
  BatchWriteItem: {
    ...CONSUMED,
    RequestItems: true,
    ReturnItemCollectionMetrics: only('NONE')
  },
  CreateTable: {
    ...TABLE,
    AttributeDefinitions: { AttributeName: true, AttributeType: true },
    BillingMode: true,
    GlobalSecondaryIndexes: GLOBAL_INDEX,
    KeySchema: INDEX.KeySchema,
    LocalSecondaryIndexes: INDEX,
    ProvisionedThroughput: CAPACITY
  },
  DeleteItem: { ...WRITE, Key: true },
  DeleteTable: TABLE,
  DescribeTable: TABLE,
  DescribeTimeToLive: TABLE,
  GetItem: { ...READ, Key: true },
  ListTables: { ExclusiveStartTableName: true, Limit: true },
  ListTagsOfResource: { ResourceArn: true },
  PutItem: { ...WRITE, Item: true },
  Query: {
    ...SEARCH,
    KeyConditionExpression: true,
    KeyConditions: true,
    QueryFilter: true,
    ScanIndexForward: true
  },
  // Dynalite has one copy of everything: whatever it reads is consistent.
  Scan: {
    ...SEARCH,
    ConsistentRead: only(false, true),
    ScanFilter: true,
    Segment: true,
    TotalSegments: true
  },
  TagResource: { ResourceArn: true, Tags: { Key: true, Value: true } },
  UntagResource: { ResourceArn: true, TagKeys: true },
  UpdateItem: { ...WRITE, AttributeUpdates: true, Key: true, UpdateExpression: true },
  UpdateTable: {
    ...TABLE,
    BillingMode: true,
    GlobalSecondaryIndexUpdates: {
      Create: GLOBAL_INDEX,
      Delete: { IndexName: true },
      Update: { IndexName: true, ProvisionedThroughput: CAPACITY }
    },
    ProvisionedThroughput: CAPACITY
  }
}
