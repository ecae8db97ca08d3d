import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand
} from '@aws-sdk/client-cloudwatch'
import { CodeDeployClient, GetDeploymentConfigCommand } from '@aws-sdk/client-codedeploy'
import {
  ClientException,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  ListAttributesCommand,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand
} from '@aws-sdk/client-ecs'
import {
  CreateTargetGroupCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  TargetGroupNotFoundException
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ResourceNotFoundException
} from '@aws-sdk/client-lambda'
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient
} from '@aws-sdk/client-sts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { ManualClock } from '../../emulator/clock.ts'
import { InstantRuntime } from '../../emulator/dataplane/instant-runtime.ts'
import { startEmulator } from '../../emulator/emulator.ts'
import type { Emulator } from '../../emulator/emulator.ts'
import type { Credentials } from '../../emulator/sts/credentials.ts'

const ROLE = 'arn:aws:iam::123456789012:role/deploy'
const clock = new ManualClock()
const internal: unknown[] = []
let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator({
    clock,
    runtime: (time) => new InstantRuntime(time),
    proxies: false,
    onInternalError: (error) => internal.push(error)
  })
})

afterAll(async () => emulator.close())

afterEach(() => {
  emulator.faults.clear()
  emulator.calls.clear()
  expect(internal.splice(0)).toEqual([])
})

interface ClientSettings {
  readonly credentials?: Credentials
  readonly region?: string
  readonly maxAttempts?: number
}

function settings({ credentials, region, maxAttempts = 1 }: ClientSettings = {}) {
  return {
    endpoint: emulator.endpoint,
    region: region ?? 'eu-central-1',
    credentials: credentials ?? emulator.userKeys,
    maxAttempts
  }
}

const ecs = (given?: ClientSettings): ECSClient => new ECSClient(settings(given))
const elb = (given?: ClientSettings) => new ElasticLoadBalancingV2Client(settings(given))
const lambda = (given?: ClientSettings) => new LambdaClient(settings(given))
const sts = (given?: ClientSettings) => new STSClient(settings(given))
const DESCRIBE = new DescribeServicesCommand({ services: ['order'] })

describe('AWS JSON', () => {
  it('answers with dates, a request id, and what AWS adds by itself', async () => {
    const { taskDefinition, $metadata } = await ecs().send(
      new RegisterTaskDefinitionCommand({
        family: 'order',
        containerDefinitions: [{ name: 'app', image: 'order:1', memory: 128 }]
      })
    )
    expect(taskDefinition?.registeredAt).toEqual(new Date(clock.now()))
    expect(taskDefinition?.revision).toBe(1)
    expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('refuses with the modelled exception', async () => {
    const unknown = ecs().send(new DescribeTaskDefinitionCommand({ taskDefinition: 'nothing' }))
    await expect(unknown).rejects.toBeInstanceOf(ClientException)
  })

  it('names a missing required member in the words of the service', async () => {
    const deploy = new CodeDeployClient(settings())
    const incomplete = new GetDeploymentConfigCommand({ deploymentConfigName: undefined })
    await expect(deploy.send(incomplete)).rejects.toMatchObject({
      name: 'DeploymentConfigNameRequiredException',
      message: expect.stringContaining("Value null at 'deploymentConfigName'")
    })
    await expect(
      ecs().send(new DescribeServicesCommand({ services: undefined }))
    ).rejects.toMatchObject({
      name: 'InvalidParameterException'
    })
  })

  it('says so when an operation exists in AWS but not here', async () => {
    const listing = ecs().send(new ListAttributesCommand({ targetType: 'container-instance' }))
    await expect(listing).rejects.toMatchObject({ name: 'NotImplementedException' })
  })
})

describe('AWS Query', () => {
  it('lists, and refuses with a wire code that differs from the class', async () => {
    const created = await elb().send(
      new CreateTargetGroupCommand({
        Name: 'blue',
        Port: 80,
        Protocol: 'HTTP',
        VpcId: 'vpc-1',
        TargetType: 'ip'
      })
    )
    const found = await elb().send(new DescribeTargetGroupsCommand({ Names: ['blue'] }))
    expect(found.TargetGroups).toEqual(created.TargetGroups)
    expect(found.TargetGroups).toHaveLength(1)
    const missing = elb().send(new DescribeTargetGroupsCommand({ Names: ['green'] }))
    await expect(missing).rejects.toBeInstanceOf(TargetGroupNotFoundException)
    expect(emulator.calls.list().map(({ outcome }) => outcome)).toEqual([
      'OK',
      'OK',
      'TargetGroupNotFound'
    ])
  })
})

describe('REST-JSON', () => {
  it('invokes by name and ARN, and tells a function error from a refusal', async () => {
    const created = emulator.world.lambda.create('echo', {
      kind: 'inline',
      handler: (payload) => {
        if (payload === 'bad') throw new Error('bad payload')
        return { echo: payload }
      }
    })
    for (const FunctionName of ['echo', created.arn]) {
      const good = await lambda().send(new InvokeCommand({ FunctionName, Payload: '{"a":1}' }))
      expect(good).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' })
      expect(good.FunctionError).toBeUndefined()
      expect(good.Payload?.transformToString()).toBe('{"echo":{"a":1}}')
    }
    const bad = await lambda().send(new InvokeCommand({ FunctionName: 'echo', Payload: '"bad"' }))
    expect(bad.FunctionError).toBe('Unhandled')
    expect(bad.Payload?.transformToString()).toContain('bad payload')
    const later = await lambda().send(
      new InvokeCommand({ FunctionName: 'echo', InvocationType: 'Event' })
    )
    expect(later.StatusCode).toBe(202)
    const found = await lambda().send(new GetFunctionCommand({ FunctionName: created.arn }))
    expect(found.Configuration?.FunctionArn).toBe(created.arn)
    const absent = lambda().send(new InvokeCommand({ FunctionName: 'absent' }))
    await expect(absent).rejects.toBeInstanceOf(ResourceNotFoundException)
    const garbled = lambda().send(new InvokeCommand({ FunctionName: 'echo', Payload: '{' }))
    await expect(garbled).rejects.toMatchObject({ name: 'InvalidRequestContentException' })
  })
})

describe('CloudWatch', () => {
  it('keeps the state that was set', async () => {
    const cloudwatch = new CloudWatchClient(settings())
    const alarm = {
      AlarmName: '5xx',
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanThreshold'
    } as const
    await cloudwatch.send(new PutMetricAlarmCommand(alarm))
    const set = { AlarmName: '5xx', StateReason: 'test' }
    await cloudwatch.send(new SetAlarmStateCommand({ ...set, StateValue: 'ALARM' }))
    const { MetricAlarms } = await cloudwatch.send(
      new DescribeAlarmsCommand({ StateValue: 'ALARM' })
    )
    expect(MetricAlarms).toMatchObject([{ AlarmName: '5xx', StateValue: 'ALARM' }])
    expect(emulator.world.alarms.state('5xx')).toBe('ALARM')
    const unknown = new SetAlarmStateCommand({ ...set, AlarmName: 'other', StateValue: 'OK' })
    await expect(cloudwatch.send(unknown)).rejects.toMatchObject({ name: 'ResourceNotFound' })
  })
})

describe('credentials', () => {
  it('come from a role, name it, and expire on the emulated clock', async () => {
    const { Credentials: issued, AssumedRoleUser } = await sts().send(
      new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'run-1', DurationSeconds: 900 })
    )
    expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::123456789012:assumed-role/deploy/run-1')
    expect(issued?.Expiration).toEqual(new Date(clock.now() + 900_000))
    const credentials = {
      accessKeyId: issued?.AccessKeyId ?? '',
      secretAccessKey: issued?.SecretAccessKey ?? '',
      sessionToken: issued?.SessionToken ?? ''
    }
    const who = await sts({ credentials }).send(new GetCallerIdentityCommand({}))
    expect(who.Arn).toBe(AssumedRoleUser?.Arn)
    await clock.advance(900_000)
    await expect(ecs({ credentials }).send(DESCRIBE)).rejects.toMatchObject({
      name: 'ExpiredTokenException',
      $metadata: { httpStatusCode: 400 }
    })
    const query = elb({ credentials }).send(new DescribeTargetGroupsCommand({}))
    await expect(query).rejects.toMatchObject({ name: 'ExpiredToken' })
  })

  it('come from a web identity token without any signature', async () => {
    const request = { RoleArn: ROLE, RoleSessionName: 'github', DurationSeconds: 3600 }
    const given = await sts().send(
      new AssumeRoleWithWebIdentityCommand({
        ...request,
        WebIdentityToken: 'header.payload.signature'
      })
    )
    expect(given.Credentials?.AccessKeyId).toMatch(/^ASIA/)
    const refused = [
      { WebIdentityToken: '' },
      { WebIdentityToken: 't', RoleArn: 'deploy' },
      { WebIdentityToken: 't', DurationSeconds: 60 }
    ]
    for (const change of refused) {
      const asked = sts().send(new AssumeRoleWithWebIdentityCommand({ ...request, ...change }))
      await expect(asked).rejects.toThrow()
    }
  })

  it('are asked for, and must be known here', async () => {
    const stranger = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' }
    await expect(ecs({ credentials: stranger }).send(DESCRIBE)).rejects.toMatchObject({
      name: 'UnrecognizedClientException'
    })
    await expect(ecs({ region: 'us-east-1' }).send(DESCRIBE)).rejects.toMatchObject({
      name: 'InvalidSignatureException'
    })
    const unsigned = await fetch(emulator.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.DescribeServices' },
      body: '{}'
    })
    expect(unsigned.status).toBe(400)
    expect(await unsigned.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' })
  })
})

describe('faults', () => {
  const operation = 'ecs:DescribeServices'

  it('throttles the first calls, which a retrying client survives', async () => {
    emulator.faults.add({ operation, fault: { kind: 'throttling' }, to: 1 })
    const answer = await ecs({ maxAttempts: 2 }).send(DESCRIBE)
    expect(answer.failures).toHaveLength(1)
    expect(emulator.calls.list(operation).map(({ outcome }) => outcome)).toEqual([
      'ThrottlingException',
      'OK'
    ])
  })

  it.each([
    [{ kind: 'throttling' }, 'ThrottlingException', 'Rate exceeded'],
    [{ kind: 'expired-credentials' }, 'ExpiredTokenException', 'expired'],
    [{ kind: 'server-error' }, 'InternalFailure', 'internal error'],
    [
      { kind: 'error', code: 'ServerException', message: 'Service Unavailable' },
      'ServerException',
      'Service Unavailable'
    ],
    [
      { kind: 'denied' },
      'AccessDeniedException',
      'User: arn:aws:iam::123456789012:user/release is not authorized to perform: ecs:DescribeServices on resource: * because no identity-based policy allows the ecs:DescribeServices action'
    ]
  ] as const)('%j', async (fault, name, message) => {
    emulator.faults.add({ operation: 'ecs:*', fault })
    await expect(ecs().send(DESCRIBE)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message)
    })
  })

  it('speaks Query where the service does', async () => {
    emulator.faults.add({ operation: 'elasticloadbalancing:*', fault: { kind: 'throttling' } })
    const asked = elb().send(new DescribeTargetGroupsCommand({}))
    await expect(asked).rejects.toMatchObject({ name: 'Throttling', message: 'Rate exceeded' })
  })

  it('sends the HTML that a load balancer would', async () => {
    emulator.faults.add({ operation, fault: { kind: 'server-error', html: true } })
    await expect(ecs().send(DESCRIBE)).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } })
  })

  const register = new RegisterTaskDefinitionCommand({
    family: 'lost',
    containerDefinitions: [{ name: 'app', image: 'order:1', memory: 128 }]
  })
  const revisions = async (): Promise<number> => {
    const listed = await ecs().send(new ListTaskDefinitionsCommand({ familyPrefix: 'lost' }))
    return listed.taskDefinitionArns?.length ?? 0
  }

  it('resets the connection before anything is done', async () => {
    emulator.faults.add({ operation: 'ecs:RegisterTaskDefinition', fault: { kind: 'reset' } })
    await expect(ecs().send(register)).rejects.toThrow('ECONNRESET')
    expect(await revisions()).toBe(0)
  })

  it('loses the answer of what was done', async () => {
    emulator.faults.add({ operation: 'ecs:RegisterTaskDefinition', fault: { kind: 'lost-answer' } })
    await expect(ecs().send(register)).rejects.toThrow('ECONNRESET')
    expect(await revisions()).toBe(1)
    expect(emulator.calls.writes().map(({ outcome }) => outcome)).toEqual(['answer lost'])
  })

  it('answers late on the emulated clock', async () => {
    emulator.faults.add({ operation, fault: { kind: 'slow', ms: 60_000, clock: 'emulated' } })
    const before = clock.pending
    const asked = ecs().send(DESCRIBE)
    while (clock.pending === before) await new Promise((resolve) => setImmediate(resolve))
    expect(emulator.calls.list(operation)[0]?.outcome).toBe('OK')
    await clock.advance(60_000)
    expect((await asked).failures).toHaveLength(1)
  })
})

describe('the call log', () => {
  it('keeps every request, and tells reads from writes', async () => {
    await ecs().send(DESCRIBE)
    await sts().send(new GetCallerIdentityCommand({}))
    expect(emulator.calls.list('ecs:*')).toEqual([
      {
        at: clock.now(),
        operation: 'ecs:DescribeServices',
        accessKeyId: emulator.userKeys.accessKeyId,
        input: { services: ['order'] },
        outcome: 'OK'
      }
    ])
    expect(emulator.calls.count()).toBe(2)
    expect(emulator.calls.writes()).toEqual([])
  })
})

describe('throttling', () => {
  it('lets a burst of registrations pass and no more', async () => {
    await clock.advance(3_600_000)
    const client = ecs()
    const command = new DescribeTaskDefinitionCommand({ taskDefinition: 'order' })
    const results = await Promise.allSettled(Array.from({ length: 55 }, () => client.send(command)))
    const refused = results.filter((result) => result.status === 'rejected')
    expect(refused).toHaveLength(5)
    expect(refused[0]?.reason).toMatchObject({
      name: 'ThrottlingException',
      message: 'Rate exceeded'
    })
    await clock.advance(1000)
    expect((await client.send(command)).taskDefinition?.family).toBe('order')
  })
})
