import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import fc from 'fast-check'
import { startEmulator, type Emulator } from '../../emulator/emulator.ts'
import { createLedgerTable } from '../../emulator/worlds/ledger-table.ts'
import { fromAttribute } from '../../src/ledger/attributes.ts'
import { dynamoTable } from '../../src/ledger/dynamo-table.ts'
import { expressionsOf } from '../../src/ledger/expressions.ts'
import type { Change, Condition, Item, Table, Value } from '../../src/ledger/table.ts'
import { MemoryTable } from './memory-table.ts'

let emulator: Emulator
let client: DynamoDBClient
let tables = 0

beforeAll(async () => {
  emulator = await startEmulator()
  const { userKeys, endpoint, world } = emulator
  client = new DynamoDBClient({ endpoint, region: world.region, credentials: userKeys })
})
afterAll(async () => {
  client.destroy()
  await emulator.close()
})

/** What the gate relies on, held against both: the one that the races run on is the one that DynamoDB is. */
const ENGINES: [string, () => Promise<Table>][] = [
  ['the table of the tests', () => Promise.resolve(new MemoryTable())],
  [
    "a DynamoDB behind the emulator's front",
    async () => {
      const name = `ledger-${++tables}`
      await createLedgerTable(emulator, name)
      return dynamoTable(client, name)
    }
  ]
]

const key = { pk: 'gate#d-1', sk: 'a' }
const byKey = (items: readonly Item[]): string[] => items.map(({ pk, sk }) => `${pk} ${sk}`).sort()

describe.each(ENGINES)('%s', (_, open) => {
  test('creates once, never replaces', async () => {
    const table = await open()
    expect(await table.create({ ...key, by: 'first' })).toBe(true)
    expect(await table.create({ ...key, by: 'second' })).toBe(false)
    expect(await table.get(key)).toEqual({ ...key, by: 'first' })
    expect(await table.get({ pk: 'gate#d-1', sk: 'b' })).toBeUndefined()
  })

  test('sends of an item what is asked for', async () => {
    const table = await open()
    await table.create({ ...key, evidence: '{}', detail: 'x'.repeat(1_000) })
    expect(await table.get(key, ['evidence', 'row'])).toEqual({ ...key, evidence: '{}' })
    expect(await table.get({ ...key, sk: 'b' }, ['evidence'])).toBeUndefined()
  })

  test('of two that create at once one wins', async () => {
    const table = await open()
    const outcomes = await Promise.all([1, 2, 3].map((by) => table.create({ ...key, by })))
    expect(outcomes.filter((created) => created)).toHaveLength(1)
  })

  test('updates what is there, and nothing else', async () => {
    const table = await open()
    expect(await table.update(key, { set: { state: 'x' } }, [])).toBeUndefined()
    expect(await table.get(key)).toBeUndefined()
    await table.create({ ...key, votes: {}, card: { ts: '', lease: 0 }, open: 'yes' })
    const change: Change = {
      set: { 'votes.U1': { at: 1 }, 'card.lease': 5, state: 'x' },
      remove: ['open']
    }
    const expected = { ...key, votes: { U1: { at: 1 } }, card: { ts: '', lease: 5 }, state: 'x' }
    expect(await table.update(key, change, [])).toEqual(expected)
    expect(await table.get(key)).toEqual(expected)
  })

  test.each<[string, Condition, boolean]>([
    ['absent, and it is', { is: 'absent', path: 'none' }, true],
    ['absent, and it is not', { is: 'absent', path: 'state' }, false],
    ['a member absent, and it is', { is: 'absent', path: 'votes.U9' }, true],
    ['a member absent, and it is not', { is: 'absent', path: 'votes.U1' }, false],
    ['equal', { is: 'equal', path: 'state', value: 'PENDING' }, true],
    ['not equal', { is: 'equal', path: 'state', value: 'APPROVED' }, false],
    ['equal to what is not there', { is: 'equal', path: 'none', value: 'x' }, false],
    ['a number equal', { is: 'equal', path: 'card.lease', value: 7 }, true],
    ['below', { is: 'below', path: 'expiresAt', value: 101 }, true],
    ['not below its own', { is: 'below', path: 'expiresAt', value: 100 }, false],
    ['at least its own', { is: 'at-least', path: 'expiresAt', value: 100 }, true],
    ['not at least more', { is: 'at-least', path: 'expiresAt', value: 101 }, false],
    ['below, of what is not there', { is: 'below', path: 'none', value: 1 }, false],
    ['just so many members', { is: 'size', path: 'votes', value: 2 }, true],
    ['fewer members', { is: 'size', path: 'votes', value: 3 }, false],
    ['more members', { is: 'size', path: 'votes', value: 1 }, false],
    ['the members of what is not there', { is: 'size', path: 'none', value: 0 }, false],
    ['as many members', { is: 'size-at-least', path: 'votes', value: 2 }, true],
    ['not that many members', { is: 'size-at-least', path: 'votes', value: 3 }, false]
  ])('a condition: %s', async (__, condition, holds) => {
    const table = await open()
    await table.create({
      ...key,
      state: 'PENDING',
      expiresAt: 100,
      votes: { U1: { at: 1 }, U2: { at: 2 } },
      card: { lease: 7 }
    })
    const updated = await table.update(key, { set: { done: true } }, [condition])
    expect(updated !== undefined).toBe(holds)
    expect((await table.get(key))?.['done']).toBe(holds ? true : undefined)
  })

  test('a member may be named by an ARN', async () => {
    const table = await open()
    const arn = 'arn:aws:ecs:eu-central-1:123456789012:service-deployment/shop/a_b-c/9'
    await table.create({ ...key, effects: { [arn]: 'NONE', other: 'NONE' } })
    const path = `effects.${arn}`
    const none: Condition = { is: 'equal', path, value: 'NONE' }
    const effects = { [arn]: 'LATE', other: 'NONE' }
    expect(await table.update(key, { set: { [path]: 'LATE' } }, [none])).toMatchObject({ effects })
    expect(await table.update(key, { set: { [path]: 'LATE' } }, [none])).toBeUndefined()
  })

  test('every condition has to hold', async () => {
    const table = await open()
    await table.create({ ...key, a: 1, b: 2 })
    const equal = (path: string, value: number): Condition => ({ is: 'equal', path, value })
    expect(
      await table.update(key, { set: { c: 3 } }, [equal('a', 1), equal('b', 3)])
    ).toBeUndefined()
    expect(await table.update(key, { set: { c: 3 } }, [equal('a', 1), equal('b', 2)])).toBeDefined()
  })

  test('reads a partition in order, its last item, the open ones and those under a prefix', async () => {
    const table = await open()
    for (const sk of ['000000000002', '000000000010', '000000000001']) {
      await table.create({ pk: 'chain#shop/orders', sk })
    }
    await table.create({ pk: 'chain#shop/pay', sk: '000000000001' })
    await table.create({ ...key, open: 'yes' })
    await table.create({ pk: 'gate#d-2', sk: 'a' })
    expect((await table.query('chain#shop/orders')).map(({ sk }) => sk)).toEqual([
      '000000000001',
      '000000000002',
      '000000000010'
    ])
    expect((await table.last('chain#shop/orders'))?.sk).toBe('000000000010')
    expect(await table.last('chain#shop')).toBeUndefined()
    // What a CI job may write: it cannot make those read more who look for open gates.
    await table.create({ pk: 'release#shop/orders', sk: 'd-1', open: 'yes' })
    expect(byKey(await table.open('gate#'))).toEqual(['gate#d-1 a'])
    expect(byKey(await table.open('release#'))).toEqual(['release#shop/orders d-1'])
    expect(byKey(await table.scan('chain#', []))).toHaveLength(4)
    await table.update(key, { remove: ['open'] }, [])
    expect(await table.open('gate#')).toEqual([])
  })

  test('gives back more than one page holds', async () => {
    const table = await open()
    // DynamoDB's pages hold 1 MB.
    const text = 'x'.repeat(300_000)
    for (let number = 0; number < 5; number++) {
      await table.create({ pk: 'chain#big', sk: String(number), text, open: 'yes' })
    }
    expect(await table.query('chain#big')).toHaveLength(5)
    expect(await table.open('chain#')).toHaveLength(5)
    expect(await table.scan('chain#big', ['text'])).toHaveLength(5)
  })

  test('scans for what is asked for, and for nothing else of an item', async () => {
    const table = await open()
    const row = { pk: 'chain#shown', sk: '1', row: '{}', digest: 'd' }
    await table.create({ ...row, gate: 'd-1#a', execution: 'hidden' })
    expect(await table.scan('chain#shown', ['row', 'digest', 'mac'])).toEqual([row])
  })

  test('keeps every value as it was', async () => {
    const table = await open()
    const name = fc.string({ minLength: 1, maxLength: 9 })
    const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string({ unit: 'grapheme' }),
        fc.integer(),
        fc
          .double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 })
          .filter((n) => n === 0 || Math.abs(n) > 1e-100)
          .map((n) => n + 0),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        // The SDK loses a member of this name; those of the ledger are its own, and Slack's ids.
        fc.dictionary(
          name.filter((each) => each !== '__proto__'),
          tie('value'),
          {
            maxKeys: 3,
            noNullPrototype: true
          }
        )
      )
    })).value
    let number = 0
    await fc.assert(
      fc.asyncProperty(value, async (each) => {
        const item = { pk: 'value#', sk: String(++number), each }
        await table.create(item)
        expect(await table.get(item)).toEqual(item)
      }),
      { numRuns: 100 }
    )
  })
})

describe('what DynamoDB is asked', () => {
  test('reads see every write before them; the index alone cannot', async () => {
    await createLedgerTable(emulator, 'consistent')
    const asked: string[] = []
    const { userKeys, endpoint, world } = emulator
    const listening = new DynamoDBClient({ endpoint, region: world.region, credentials: userKeys })
    listening.middlewareStack.add(
      (next, { commandName }) =>
        (request) => {
          const { ConsistentRead: consistent } = request.input as { ConsistentRead?: boolean }
          asked.push(`${commandName}: ${consistent}`)
          return next(request)
        },
      { step: 'initialize' }
    )
    const table = dynamoTable(listening, 'consistent')
    await table.get(key)
    await table.query(key.pk)
    await table.last(key.pk)
    await table.scan('gate#', [])
    await table.open('gate#')
    expect(asked).toEqual([
      'GetItemCommand: true',
      'QueryCommand: true',
      'QueryCommand: true',
      'ScanCommand: true',
      'QueryCommand: undefined'
    ])
    listening.destroy()
  })

  test('an item that is none of ours is passed over', async () => {
    const stranger = { pk: { S: 'chain#x' }, sk: { N: '1' } }
    const answering = { send: () => Promise.resolve({ Items: [stranger], Item: stranger }) }
    const table = dynamoTable(answering as unknown as DynamoDBClient, 'any')
    expect(await table.query('chain#x')).toEqual([])
    expect(await table.get(key)).toBeUndefined()
  })

  test('a set or bytes, which the ledger never writes, are an error', () => {
    expect(() => fromAttribute({ SS: ['a'] })).toThrow('an attribute of type SS')
    expect(() => fromAttribute({ B: new Uint8Array() })).toThrow('an attribute of type B')
  })

  test('any failure but a refused condition is an error', async () => {
    const failing = { send: () => Promise.reject(new Error('throttled')) }
    const table = dynamoTable(failing as unknown as DynamoDBClient, 'any')
    await expect(table.create(key)).rejects.toThrow('throttled')
    await expect(table.update(key, { set: { a: 1 } }, [])).rejects.toThrow('throttled')
  })

  test('an update names and values nothing but by placeholders', () => {
    expect(
      expressionsOf({ set: { 'votes.U1': { at: 1 }, state: 'x' }, remove: ['open', 'votes.U2'] }, [
        { is: 'absent', path: 'votes.U1' },
        { is: 'equal', path: 'state', value: 'y' },
        { is: 'below', path: 'a', value: 1 },
        { is: 'at-least', path: 'a', value: 2 },
        { is: 'size-at-least', path: 'votes', value: 3 }
      ])
    ).toEqual({
      UpdateExpression: 'SET #n0.#n1 = :v0, #n2 = :v1 REMOVE #n3, #n0.#n4',
      ConditionExpression:
        'attribute_exists(#n6) AND attribute_not_exists(#n0.#n1) AND #n2 = :v2 AND #n5 < :v3 AND #n5 >= :v4 AND size(#n0) >= :v5',
      ExpressionAttributeNames: {
        '#n0': 'votes',
        '#n1': 'U1',
        '#n2': 'state',
        '#n3': 'open',
        '#n4': 'U2',
        '#n5': 'a',
        '#n6': 'pk'
      },
      ExpressionAttributeValues: {
        ':v0': { at: 1 },
        ':v1': 'x',
        ':v2': 'y',
        ':v3': 1,
        ':v4': 2,
        ':v5': 3
      }
    })
    expect(expressionsOf({ remove: ['open'] }, [])).toMatchObject({
      UpdateExpression: 'REMOVE #n0',
      ExpressionAttributeValues: undefined
    })
  })
})
