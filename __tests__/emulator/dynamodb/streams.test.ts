import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createLedgerTable } from '../../../emulator/worlds/ledger-table.ts'
import { openEmptyAccount } from '../empty-account.ts'
import type { EmptyAccount } from '../empty-account.ts'
import { refusal } from '../lab.ts'

let account: EmptyAccount
/** What the mapped function was told, in order. */
let told: unknown[]
/** How often it fails before it succeeds. */
let failures: number

beforeAll(async () => {
  account = await openEmptyAccount()
  const { world } = account.emulator
  await createLedgerTable(account.emulator, 'ledger')
  await createLedgerTable(account.emulator, 'other')
  world.lambda.create('sweep', {
    kind: 'inline',
    handler: (payload) => {
      told.push(payload)
      if (failures-- > 0) throw new Error('not now')
    }
  })
  world.streams.map({
    table: 'ledger',
    functionName: 'sweep',
    pattern: {
      eventName: ['INSERT'],
      dynamodb: {
        Keys: { pk: { S: [{ prefix: 'release#' }] } },
        NewImage: { evidence: { S: [{ prefix: '{' }] } }
      }
    },
    retries: 2
  })
})
beforeEach(() => {
  told = []
  failures = 0
})
afterAll(async () => account.emulator.close())

async function put(
  sk: string,
  more: Record<string, string>,
  pk = 'release#shop/orders',
  TableName = 'ledger'
) {
  const texts = Object.entries({ pk, sk, ...more }).map(([name, S]) => [name, { S }])
  const Item = Object.fromEntries(texts) as Record<string, { S: string }>
  const command = new PutItemCommand({
    TableName,
    Item,
    ConditionExpression: 'attribute_not_exists(pk)'
  })
  const outcome = await refusal(account.dynamodb().send(command))
  await account.clock.advance(1_000)
  return outcome
}

describe('a function that is mapped to a table', () => {
  test('is told of the items that its filter lets through, as DynamoDB tells it', async () => {
    await put('d-1#evidence#pay', { evidence: '{}' })
    expect(told).toEqual([
      {
        Records: [
          expect.objectContaining({
            eventName: 'INSERT',
            eventSource: 'aws:dynamodb',
            dynamodb: expect.objectContaining({
              Keys: { pk: { S: 'release#shop/orders' }, sk: { S: 'd-1#evidence#pay' } },
              NewImage: expect.objectContaining({ evidence: { S: '{}' } })
            })
          })
        ]
      }
    ])
  })

  test.each<[string, Parameters<typeof put>]>([
    ['the record of a release', ['d-2', { record: '{}' }]],
    ['evidence of a gate', ['d-2', { evidence: '{}' }, 'gate#d-2']],
    ['another table', ['d-2#evidence#pay', { evidence: '{}' }, 'release#shop/orders', 'other']]
  ])('is not told of %s', async (_, item) => {
    await put(...item)
    expect(told).toEqual([])
  })

  test('is not told of what was refused', async () => {
    await put('d-3#evidence#pay', { evidence: '{}' })
    expect(await put('d-3#evidence#pay', { evidence: '{"again":1}' })).toContain(
      'ConditionalCheckFailed'
    )
    expect(told).toHaveLength(1)
  })

  test('is told again when it fails, and not for ever', async () => {
    failures = 1
    await put('d-4#evidence#pay', { evidence: '{}' })
    expect(told).toHaveLength(2)
    failures = 9
    await put('d-5#evidence#pay', { evidence: '{}' })
    expect(told).toHaveLength(5)
  })
})
