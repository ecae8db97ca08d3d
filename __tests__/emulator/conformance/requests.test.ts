import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openStage } from './stage.ts'
import type { Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => stage.emulator.close())

interface Raw {
  readonly path?: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const json = (target: string, body: unknown): Raw => ({
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
  body: JSON.stringify(body)
})
const ecs = (operation: string, body: unknown): Raw =>
  json(`AmazonEC2ContainerServiceV20141113.${operation}`, body)
const codedeploy = (operation: string, body: unknown): Raw =>
  json(`CodeDeploy_20141006.${operation}`, body)
const query = (version: string, parameters: Readonly<Record<string, string>>): Raw => ({
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({ ...parameters, Version: version }).toString()
})
const elb = (Action: string, parameters: Readonly<Record<string, string>>): Raw =>
  query('2015-12-01', { Action, ...parameters })

/** Sends what no SDK would, signed like one. */
async function send({ path = '/', headers, body }: Raw): Promise<[status: number, text: string]> {
  const { endpoint, userKeys, world } = stage.emulator
  const scope = `${userKeys.accessKeyId}/20260101/${world.region}/any/aws4_request`
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`
  const answer = await fetch(endpoint + path, {
    method: 'POST',
    headers: { ...headers, authorization },
    body
  })
  // REST-JSON has its error code in a header, the others in the body.
  const code = answer.headers.get('x-amzn-errortype') ?? ''
  return [answer.status, `${code} ${await answer.text()}`]
}

/** What each service says of a request that its model does not describe. */
describe('a request is refused', () => {
  const invokePath = '/2015-03-31/functions/gate/invocations'
  it.each<[string, Raw, string, string]>([
    [
      'ECS: unknown member',
      ecs('DescribeServices', { services: ['a'], colour: 'red' }),
      '"__type":"SerializationException"',
      "'colour'"
    ],
    [
      'ECS: unknown member inside a list',
      ecs('RegisterTaskDefinition', {
        family: 'a',
        containerDefinitions: [{ name: 'a', image: 'i', future: 1 }]
      }),
      '"__type":"SerializationException"',
      'containerDefinitions.1.member.future'
    ],
    [
      'ECS: wrong type',
      ecs('DescribeServices', { services: 'a' }),
      '"__type":"SerializationException"',
      'Expected list'
    ],
    [
      'ECS: required member missing',
      ecs('DescribeServices', { cluster: 'a' }),
      '"__type":"InvalidParameterException"',
      "Value null at 'services' failed to satisfy constraint: Member must not be null"
    ],
    [
      'CodeDeploy: unknown member',
      codedeploy('GetDeployment', { deploymentId: 'd-ABCDEFGHI', verbose: true }),
      '"__type":"SerializationException"',
      "'verbose'"
    ],
    [
      'CodeDeploy: required member missing',
      codedeploy('CreateDeployment', {}),
      '"__type":"ApplicationNameRequiredException"',
      "'applicationName'"
    ],
    [
      'ELB: unknown member',
      elb('DescribeTargetGroups', { 'Names.member.1': 'a', Colour: 'red' }),
      '<Code>MalformedInput</Code>',
      'Colour'
    ],
    [
      'ELB: required member missing',
      elb('DescribeTargetHealth', {}),
      '<Code>ValidationError</Code>',
      'TargetGroupArn'
    ],
    [
      'STS: required member missing',
      query('2011-06-15', { Action: 'AssumeRole', RoleSessionName: 'me' }),
      '<Code>ValidationError</Code>',
      'RoleArn'
    ],
    [
      'Lambda: no JSON',
      { path: invokePath, headers: { 'content-type': 'application/json' }, body: '{' },
      'InvalidRequestContentException',
      'Could not parse request body'
    ],
    [
      'CloudWatch: required member missing',
      json('GraniteServiceVersion20100801.SetAlarmState', { AlarmName: '5xx' }),
      '"__type":"ValidationException"',
      'StateValue'
    ],
    [
      'KMS: required member missing',
      json('TrentService.GenerateMac', { Message: 'YQ==', MacAlgorithm: 'HMAC_SHA_256' }),
      '"__type":"ValidationException"',
      'KeyId'
    ],
    [
      'Parameter Store: unknown member',
      json('AmazonSSM.GetParameter', { Name: 'policy', Colour: 'red' }),
      '"__type":"SerializationException"',
      "'Colour'"
    ],
    [
      'Secrets Manager: wrong type',
      json('secretsmanager.GetSecretValue', { SecretId: 7 }),
      '"__type":"SerializationException"',
      'SecretId'
    ],
    [
      'DynamoDB: an operation that it does not have',
      {
        ...json('DynamoDB_20120810.MakeTea', {}),
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': 'DynamoDB_20120810.MakeTea'
        }
      },
      '"__type":"UnknownOperationException"',
      'MakeTea'
    ],
    ['an unknown operation', ecs('MakeTea', {}), '"__type":"UnknownOperationException"', 'MakeTea'],
    [
      'an unknown operation in Query',
      elb('MakeTea', {}),
      '<Code>InvalidAction</Code>',
      'The action MakeTea is not valid for this web service.'
    ]
  ])('%s', async (_, request, code, message) => {
    const [status, text] = await send(request)
    expect(status).toBe(400)
    expect(text).toContain(code)
    expect(text).toContain(message)
    expect(stage.internalErrors).toEqual([])
  })

  it('of a service that is not here', async () => {
    const [status] = await send(json('AmazonSQS.SendMessage', {}))
    expect(status).toBe(501)
  })
})

it('a refused request changes nothing', async () => {
  await send(ecs('CreateCluster', { clusterName: 'shop', colour: 'red' }))
  expect([...stage.emulator.world.ecs.clusters.keys()]).toEqual(['default'])
})
