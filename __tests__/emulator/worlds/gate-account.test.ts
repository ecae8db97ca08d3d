import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { createGateAccount } from '../../../emulator/worlds/gate-account.ts'
import type { GateAccount } from '../../../emulator/worlds/gate-account.ts'
import { kmsSeal } from '../../../src/gate/aws/kms-seal.ts'
import { parsePolicy } from '../../../src/gate/policy/parse.ts'
import { clientConfig } from '../../../src/gate/runtime/client-config.ts'
import type { ClientConfig } from '../../../src/gate/runtime/client-config.ts'
import { readEnvironment } from '../../../src/gate/runtime/environment.ts'
import { readPolicyText } from '../../../src/gate/runtime/policy-source.ts'
import { parameterReader, readSlackSecret } from '../../../src/gate/runtime/secrets.ts'
import { dynamoTable } from '../../../src/ledger/dynamo-table.ts'
import { SMALLEST } from '../../gate/policy/documents.ts'
import { openEmptyAccount } from '../empty-account.ts'
import type { EmptyAccount } from '../empty-account.ts'
import { refusal } from '../lab.ts'

const OPTIONS = { policy: SMALLEST, botToken: 'xoxb-1', signingSecret: 's3cret' }
let account: EmptyAccount
let gate: GateAccount

beforeAll(async () => {
  account = await openEmptyAccount()
  gate = await createGateAccount(account.emulator, OPTIONS)
})
afterAll(async () => account.emulator.close())

/** The functions' own configuration, but for where they find the endpoint and their keys. */
const settings = (): ClientConfig & { readonly endpoint: string } => ({
  ...clientConfig(account.emulator.world.region),
  endpoint: account.emulator.endpoint,
  credentials: () => Promise.resolve(account.emulator.userKeys)
})

it('has the table, with the index of what is open, paid for by request', async () => {
  const client = account.dynamodb()
  const { Table } = await client.send(new DescribeTableCommand({ TableName: gate.table }))
  expect(Table).toMatchObject({
    TableStatus: 'ACTIVE',
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
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
  client.destroy()
})

it("tells the gate's functions all they need", async () => {
  const environment = readEnvironment({
    AWS_REGION: account.emulator.world.region,
    ...gate.environment
  })
  const { policy, table, key } = environment
  const readParameter = parameterReader(settings())
  expect(await parsePolicy(await readPolicyText(policy, readParameter))).toMatchObject({
    slack: { channel: 'C0GATE' }
  })
  expect(await readSlackSecret(environment, settings(), readParameter)).toEqual({
    botToken: 'xoxb-1',
    signingSecret: 's3cret'
  })
  const seal = kmsSeal(new KMSClient(settings()), key)
  expect(await seal.verify('a decision', await seal.mac('a decision'))).toBe(true)
  const rows = dynamoTable(new DynamoDBClient(settings()), table)
  expect(await rows.get({ pk: 'gate#none', sk: 'state' })).toBeUndefined()
})

it('is there once under one name, and again under another', async () => {
  expect(await refusal(createGateAccount(account.emulator, OPTIONS))).toBe('ResourceInUseException')
  const other = await createGateAccount(account.emulator, { ...OPTIONS, prefix: 'other' })
  const names = ({ table, key, policyParameter, slackSecret }: GateAccount): string[] => [
    table,
    key,
    policyParameter,
    slackSecret
  ]
  expect(new Set([...names(other), ...names(gate)]).size).toBe(8)
})
