import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand
} from '@aws-sdk/client-dynamodb'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { createTables } from '../../../emulator/dynamodb/tables.ts'
import { createLedgerTable } from '../../../emulator/worlds/ledger-table.ts'
import { openEmptyAccount } from '../empty-account.ts'
import type { EmptyAccount } from '../empty-account.ts'
import { refusal } from '../lab.ts'

let account: EmptyAccount

beforeAll(async () => {
  account = await openEmptyAccount()
  await createLedgerTable(account.emulator, 'ledger')
})
afterEach(() => {
  expect(account.reset()).toEqual([])
})
afterAll(async () => account.emulator.close())

const key = (pk: string, sk = '1') => ({ pk: { S: pk }, sk: { S: sk } })
const TableName = 'ledger'

describe("the gate's table", () => {
  it('lets one of two creations of the same item through', async () => {
    const client = account.dynamodb()
    const create = (by: string): Promise<string> =>
      refusal(
        client.send(
          new PutItemCommand({
            TableName,
            Item: { ...key('gate#once'), by: { S: by } },
            ConditionExpression: 'attribute_not_exists(pk)'
          })
        )
      )
    const outcomes = await Promise.all([create('first'), create('second')])
    expect(outcomes.toSorted()).toEqual(['ConditionalCheckFailedException', 'answered'])
  })

  it('counts the members of a mapping in a condition', async () => {
    const client = account.dynamodb()
    const votes = { M: { U1: { N: '1' } } }
    await client.send(new PutItemCommand({ TableName, Item: { ...key('gate#votes'), votes } }))
    const close = (quorum: number): Promise<string> =>
      refusal(
        client.send(
          new UpdateItemCommand({
            TableName,
            Key: key('gate#votes'),
            UpdateExpression: 'SET #state = :approved',
            ConditionExpression: 'size(votes) >= :quorum AND attribute_not_exists(#state)',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: {
              ':approved': { S: 'APPROVED' },
              ':quorum': { N: String(quorum) }
            }
          })
        )
      )
    expect(await close(2)).toBe('ConditionalCheckFailedException')
    expect(await close(1)).toBe('answered')
    expect(await close(1)).toBe('ConditionalCheckFailedException')
  })

  it('has what is open, and nothing else, in its sparse index', async () => {
    const client = account.dynamodb()
    const put = (pk: string, open?: string): Promise<unknown> =>
      client.send(
        new PutItemCommand({
          TableName,
          Item: { ...key(pk), ...(open !== undefined && { open: { S: open } }), n: { N: '1' } }
        })
      )
    await Promise.all([put('gate#b', 'yes'), put('gate#a', 'yes'), put('gate#closed')])
    const found = await client.send(
      new QueryCommand({
        TableName,
        IndexName: 'open',
        KeyConditionExpression: '#open = :yes',
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: { ':yes': { S: 'yes' } }
      })
    )
    expect(found.Items?.map(({ pk, n }) => [pk?.S, n?.N])).toEqual([
      ['gate#a', '1'],
      ['gate#b', '1']
    ])
  })

  it('cannot be created twice', async () => {
    expect(await refusal(createLedgerTable(account.emulator, 'ledger'))).toBe(
      'ResourceInUseException'
    )
  })
})

describe('a request to a table', () => {
  const read = new GetItemCommand({ TableName, Key: key('gate#none') })

  it('is in the call log with what it asked and what became of it', async () => {
    const client = account.dynamodb()
    await client.send(read)
    await refusal(client.send(new GetItemCommand({ TableName: 'other', Key: key('x') })))
    expect(
      account.emulator.calls.list('dynamodb:*').map(({ operation, input, outcome }) => ({
        operation,
        table: input?.['TableName'],
        outcome
      }))
    ).toEqual([
      { operation: 'dynamodb:GetItem', table: 'ledger', outcome: 'OK' },
      { operation: 'dynamodb:GetItem', table: 'other', outcome: 'ResourceNotFoundException' }
    ])
  })

  it('needs known credentials', async () => {
    const credentials = { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' }
    expect(await refusal(account.dynamodb({ credentials }).send(read))).toBe(
      'UnrecognizedClientException'
    )
  })

  it('can be throttled, denied and cut off like that of any other service', async () => {
    const { faults } = account.emulator
    const client = account.dynamodb()
    faults.add({ operation: 'dynamodb:GetItem', fault: { kind: 'throttling' }, to: 1 })
    faults.add({ operation: 'dynamodb:GetItem', fault: { kind: 'denied' }, from: 2, to: 2 })
    faults.add({ operation: 'dynamodb:GetItem', fault: { kind: 'reset' }, from: 3, to: 3 })
    expect(await refusal(client.send(read))).toBe('ThrottlingException')
    expect(await refusal(client.send(read))).toBe('AccessDeniedException')
    expect(await refusal(client.send(read))).not.toBe('answered')
    expect(await refusal(client.send(read))).toBe('answered')
  })

  it('is executed even though its answer is lost', async () => {
    const client = account.dynamodb()
    account.emulator.faults.add({
      operation: 'dynamodb:PutItem',
      fault: { kind: 'lost-answer' },
      to: 1
    })
    const item = key('gate#lost')
    expect(await refusal(client.send(new PutItemCommand({ TableName, Item: item })))).not.toBe(
      'answered'
    )
    const found = await client.send(new GetItemCommand({ TableName, Key: item }))
    expect(found.Item).toEqual(item)
  })
})

describe('the server behind', () => {
  it('does not start where no table is asked for', async () => {
    const tables = createTables({ account: '123456789012', region: 'eu-central-1' })
    tables.close()
    await expect(
      tables.forward({
        method: 'POST',
        path: '/',
        query: new URLSearchParams(),
        headers: {},
        body: Buffer.from('')
      })
    ).rejects.toThrow('closing')
  })

  it("leaves this process's own environment as it was", async () => {
    const before = { ...process.env }
    const tables = createTables({ account: '123456789012', region: 'eu-north-1' })
    await tables.forward({
      method: 'GET',
      path: '/',
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.from('')
    })
    expect({ ...process.env }).toEqual(before)
    tables.close()
  })
})
