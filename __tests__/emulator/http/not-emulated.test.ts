import { CreateTableCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { CreateClusterCommand } from '@aws-sdk/client-ecs'
import { CreateLoadBalancerCommand } from '@aws-sdk/client-elastic-load-balancing-v2'
import { InvokeCommand } from '@aws-sdk/client-lambda'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { openEmptyAccount } from '../empty-account.ts'
import type { EmptyAccount } from '../empty-account.ts'

let account: EmptyAccount
beforeAll(async () => {
  account = await openEmptyAccount()
})
afterAll(async () => account.emulator.close())
afterEach(() => {
  expect(account.reset()).toEqual([])
})

/** As a client that retries sees it: once, with status 501. */
async function refusal(asked: Promise<unknown>): Promise<unknown> {
  const error = await asked.then(
    () => undefined,
    (reason: unknown) => reason
  )
  expect(account.emulator.calls.count()).toBe(1)
  account.emulator.calls.clear()
  return error
}

const retrying = { maxAttempts: 3 }
const advice = "Leave it out of the request, or teach the emulator's operation to use it."

describe('what is not emulated is refused in the protocol of the caller, and nothing is done', () => {
  it('JSON: every such member is named at once', async () => {
    const command = new CreateClusterCommand({
      clusterName: 'shop',
      capacityProviders: ['FARGATE'],
      serviceConnectDefaults: { namespace: 'shop' }
    })
    expect(await refusal(account.ecs(retrying).send(command))).toMatchObject({
      name: 'NotImplementedException',
      message: `ecs:CreateCluster: not emulated: 'capacityProviders', 'serviceConnectDefaults'. ${advice}`,
      $metadata: { httpStatusCode: 501 }
    })
    expect([...account.emulator.world.ecs.clusters.keys()]).toEqual(['default'])
  })

  it('Query: with the values that are emulated, where some are', async () => {
    const command = new CreateLoadBalancerCommand({
      Name: 'shop',
      Type: 'gateway',
      Tags: [{ Key: 'team', Value: 'shop' }]
    })
    expect(await refusal(account.elb(retrying).send(command))).toMatchObject({
      name: 'NotImplemented',
      message: `elasticloadbalancing:CreateLoadBalancer: not emulated: 'Tags', 'Type' "gateway" (what is emulated: "application" or "network"). ${advice}`,
      $metadata: { httpStatusCode: 501 }
    })
    expect(account.emulator.world.elb.loadBalancers.size).toBe(0)
  })

  it('REST-JSON: also for what travels in a header', async () => {
    const { invocations } = account.emulator.world.lambda.create('echo', {
      kind: 'inline',
      handler: (event) => event
    })
    const command = new InvokeCommand({ FunctionName: 'echo', LogType: 'Tail' })
    expect(await refusal(account.lambda(retrying).send(command))).toMatchObject({
      name: 'NotImplementedException',
      message: expect.stringContaining(
        `lambda:Invoke: not emulated: 'LogType' "Tail" (what is emulated: "None")`
      )
    })
    expect(invocations).toEqual([])
  })

  it('CloudWatch: inside a list', async () => {
    const command = new GetMetricDataCommand({
      MetricDataQueries: [{ Id: 'a', Expression: 'm / 2' }],
      StartTime: new Date(0),
      EndTime: new Date(60_000)
    })
    expect(await refusal(account.cloudwatch(retrying).send(command))).toMatchObject({
      name: 'NotImplementedException',
      message: expect.stringContaining("'MetricDataQueries.1.member.Expression'")
    })
  })

  it('DynamoDB: what dynalite would ignore is not handed on to it', async () => {
    const client = account.dynamodb(retrying)
    const TableName = 'orders'
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }]
      })
    )
    account.emulator.calls.clear()
    const put = new PutItemCommand({
      TableName,
      Item: { id: { S: '1' } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD'
    })
    expect(await refusal(client.send(put))).toMatchObject({
      name: 'NotImplementedException',
      message: `dynamodb:PutItem: not emulated: 'ReturnValuesOnConditionCheckFailure'. ${advice}`
    })
    expect((await client.send(new ScanCommand({ TableName }))).Count).toBe(0)
  })
})

it('callers inside the process are refused alike', () => {
  const { elasticloadbalancing } = account.emulator.operations
  expect(() => elasticloadbalancing.CreateTargetGroup({ Name: 'a', TargetType: 'lambda' })).toThrow(
    `elasticloadbalancing:CreateTargetGroup: not emulated: 'TargetType' "lambda"`
  )
})
