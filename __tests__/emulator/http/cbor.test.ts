import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand
} from '@aws-sdk/client-cloudwatch'
import {
  ApplicationDoesNotExistException,
  CodeDeployClient,
  CreateApplicationCommand,
  DeleteApplicationCommand,
  GetApplicationCommand,
  GetDeploymentConfigCommand
} from '@aws-sdk/client-codedeploy'
import { cbor, SmithyRpcV2CborProtocol } from '@smithy/core/cbor'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { Balancer, MINUTE, START } from '../cloudwatch/stage.ts'
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

const settings = () => ({
  endpoint: account.emulator.endpoint,
  region: account.emulator.world.region,
  credentials: account.emulator.userKeys,
  maxAttempts: 1,
  protocol: SmithyRpcV2CborProtocol
})

describe('the clients of the SDK, made to speak smithy-rpc-v2-cbor', () => {
  it('CodeDeploy: dates, an answer without a body, a modelled exception', async () => {
    const client = new CodeDeployClient(settings())
    const name = { applicationName: 'shop' }
    await client.send(new CreateApplicationCommand({ ...name, computePlatform: 'ECS' }))
    const { application } = await client.send(new GetApplicationCommand(name))
    expect(application).toMatchObject({
      applicationName: 'shop',
      createTime: new Date(account.clock.now()),
      linkedToGitHub: false
    })
    const config = new GetDeploymentConfigCommand({
      deploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes'
    })
    expect(await client.send(config)).toMatchObject({
      deploymentConfigInfo: {
        trafficRoutingConfig: { timeBasedCanary: { canaryPercentage: 10, canaryInterval: 5 } }
      }
    })
    await client.send(new DeleteApplicationCommand(name))
    const gone = client.send(new GetApplicationCommand(name))
    await expect(gone).rejects.toBeInstanceOf(ApplicationDoesNotExistException)
    expect(account.emulator.calls.list().map(({ outcome }) => outcome)).toEqual([
      'OK',
      'OK',
      'OK',
      'OK',
      'ApplicationDoesNotExistException'
    ])
  })

  it('CloudWatch: the alarms, and the code of old for who asks', async () => {
    const client = new CloudWatchClient(settings())
    await client.send(
      new PutMetricAlarmCommand({
        AlarmName: '5xx',
        EvaluationPeriods: 1,
        Threshold: 0.5,
        ComparisonOperator: 'GreaterThanThreshold'
      })
    )
    const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({}))
    expect(MetricAlarms).toMatchObject([{ AlarmName: '5xx', Threshold: 0.5 }])
    const unknown = { AlarmName: 'other', StateReason: 'test', StateValue: 'OK' } as const
    await expect(client.send(new SetAlarmStateCommand(unknown))).rejects.toMatchObject({
      name: 'ResourceNotFound'
    })
  })

  it('CloudWatch: lists of dates and of numbers', async () => {
    const stage = await Balancer.open()
    const { emulator } = stage
    const client = new CloudWatchClient({
      ...settings(),
      endpoint: emulator.endpoint,
      credentials: emulator.userKeys
    })
    try {
      await stage.target(stage.blue)
      await stage.ask('/', '/')
      await stage.clock.advance(MINUTE)
      const answer = await client.send(
        new GetMetricDataCommand({
          StartTime: new Date(START),
          EndTime: new Date(START + MINUTE),
          MetricDataQueries: [stage.query('RequestCount')]
        })
      )
      expect(answer.MetricDataResults).toMatchObject([
        { Id: 'm', Timestamps: [new Date(START)], Values: [2] }
      ])
    } finally {
      client.destroy()
      await stage.close()
    }
  })
})

/** Sends these bytes to an operation, signed like an SDK. */
async function send(
  operation: string,
  body: Uint8Array,
  headers: Readonly<Record<string, string>> = {}
): Promise<{ readonly status: number; readonly headers: Headers; readonly body: unknown }> {
  const { endpoint, userKeys, world } = account.emulator
  const scope = `${userKeys.accessKeyId}/20260101/${world.region}/any/aws4_request`
  const answer = await fetch(`${endpoint}/service/${operation}`, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`,
      'content-type': 'application/cbor',
      'smithy-protocol': 'rpc-v2-cbor',
      ...headers
    },
    body
  })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  return {
    status: answer.status,
    headers: answer.headers,
    body: bytes.length === 0 ? undefined : cbor.deserialize(bytes)
  }
}

const GET = 'CodeDeploy_20141006/operation/GetApplication'

describe('a request in CBOR', () => {
  it('may be written without lengths, which other encoders do (RFC 8949, section 3.2)', async () => {
    // A map and a text string of indefinite length: {_ "applicationName": (_ "sh", "op")}.
    const body = Buffer.concat([
      Buffer.from([0xbf, 0x6f]),
      Buffer.from('applicationName'),
      Buffer.from([0x7f, 0x62, 0x73, 0x68, 0x62, 0x6f, 0x70, 0xff, 0xff])
    ])
    const answer = await send(GET, body)
    expect(answer.body).toEqual({
      __type: 'ApplicationDoesNotExistException',
      message: 'No application found for name: shop'
    })
    expect(answer.headers.get('smithy-protocol')).toBe('rpc-v2-cbor')
    expect(answer.headers.get('content-type')).toBe('application/cbor')
  })

  it.each<[string, Uint8Array, string, string]>([
    ['no CBOR', Buffer.from('{"a":'), 'SerializationException', 'not CBOR'],
    ['a list', cbor.serialize([]), 'SerializationException', 'a map'],
    [
      'an unknown member',
      cbor.serialize({ applicationName: 'shop', colour: 'red' }),
      'SerializationException',
      "'colour'"
    ],
    [
      'a number for a text',
      cbor.serialize({ applicationName: 7 }),
      'SerializationException',
      "a text string at 'applicationName'"
    ],
    [
      'a null for a required member',
      cbor.serialize({ applicationName: null }),
      'ApplicationNameRequiredException',
      "'applicationName'"
    ],
    [
      'no body where a member is required',
      Buffer.alloc(0),
      'ApplicationNameRequiredException',
      "'applicationName'"
    ]
  ])('that is %s is refused', async (_, body, code, message) => {
    const answer = await send(GET, body)
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ __type: code, message: expect.stringContaining(message) })
  })

  it.each([
    ['a date that is not tagged', 1_700_000_000],
    ['a date as text', '2026-01-01T00:00:00Z']
  ])('with %s is refused', async (_, start) => {
    const body = cbor.serialize({ createTimeRange: { start } })
    const answer = await send('CodeDeploy_20141006/operation/ListDeployments', body)
    expect(answer.body).toMatchObject({
      __type: 'SerializationException',
      message: "Expected a timestamp at 'createTimeRange.start'"
    })
  })

  it('for an operation that there is not names it', async () => {
    const answer = await send('CodeDeploy_20141006/operation/MakeTea', cbor.serialize({}))
    expect(answer.body).toMatchObject({
      __type: 'UnknownOperationException',
      message: expect.stringContaining('MakeTea')
    })
  })

  it('says the code of Query to a client that asks for it', async () => {
    const body = cbor.serialize({ AlarmName: 'other', StateReason: 'test', StateValue: 'OK' })
    const operation = 'GraniteServiceVersion20100801/operation/SetAlarmState'
    const { headers } = await send(operation, body, { 'x-amzn-query-mode': 'true' })
    expect(headers.get('x-amzn-query-error')).toBe('ResourceNotFound;Sender')
  })

  it('is not understood by services whose models do not list the protocol', async () => {
    const ecs = 'AmazonEC2ContainerServiceV20141113/operation/DescribeServices'
    const answer = await send(ecs, cbor.serialize({ services: ['orders'] }))
    expect(answer.status).toBe(501)
    expect(answer.body).toMatchObject({ __type: 'NotImplementedException' })
  })
})
