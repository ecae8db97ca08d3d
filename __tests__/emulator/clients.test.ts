import {
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand
} from '@aws-sdk/client-cloudwatch'
import { GetDeploymentConfigCommand } from '@aws-sdk/client-codedeploy'
import {
  ClientException,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ListAttributesCommand,
  RegisterTaskDefinitionCommand
} from '@aws-sdk/client-ecs'
import {
  CreateTargetGroupCommand,
  DescribeTargetGroupsCommand,
  TargetGroupNotFoundException
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {
  GetFunctionCommand,
  InvokeCommand,
  ResourceNotFoundException
} from '@aws-sdk/client-lambda'
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand
} from '@aws-sdk/client-sts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { openEmptyAccount } from './empty-account.ts'
import type { EmptyAccount } from './empty-account.ts'

const ROLE = 'arn:aws:iam::123456789012:role/deploy'
let account: EmptyAccount
beforeAll(async () => {
  account = await openEmptyAccount()
})
afterAll(async () => account.emulator.close())
afterEach(() => {
  expect(account.reset()).toEqual([])
})

const DESCRIBE = new DescribeServicesCommand({ services: ['order'] })

describe('AWS JSON', () => {
  it('answers with dates, a request id, and what AWS adds by itself', async () => {
    const { taskDefinition, $metadata } = await account.ecs().send(
      new RegisterTaskDefinitionCommand({
        family: 'order',
        containerDefinitions: [{ name: 'app', image: 'order:1', memory: 128 }]
      })
    )
    expect(taskDefinition?.registeredAt).toEqual(new Date(account.clock.now()))
    expect(taskDefinition?.revision).toBe(1)
    expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('refuses with the modelled exception', async () => {
    const unknown = account
      .ecs()
      .send(new DescribeTaskDefinitionCommand({ taskDefinition: 'nothing' }))
    await expect(unknown).rejects.toBeInstanceOf(ClientException)
  })

  it('names a missing required member in the words of the service', async () => {
    const deploy = account.codedeploy()
    const incomplete = new GetDeploymentConfigCommand({ deploymentConfigName: undefined })
    await expect(deploy.send(incomplete)).rejects.toMatchObject({
      name: 'DeploymentConfigNameRequiredException',
      message: expect.stringContaining("Value null at 'deploymentConfigName'")
    })
    await expect(
      account.ecs().send(new DescribeServicesCommand({ services: undefined }))
    ).rejects.toMatchObject({
      name: 'InvalidParameterException'
    })
  })

  it('says so when an operation exists in AWS but not here', async () => {
    const listing = account
      .ecs()
      .send(new ListAttributesCommand({ targetType: 'container-instance' }))
    await expect(listing).rejects.toMatchObject({ name: 'NotImplementedException' })
  })
})

describe('AWS Query', () => {
  it('lists, and refuses with a wire code that differs from the class', async () => {
    const created = await account.elb().send(
      new CreateTargetGroupCommand({
        Name: 'blue',
        Port: 80,
        Protocol: 'HTTP',
        VpcId: 'vpc-1',
        TargetType: 'ip'
      })
    )
    const found = await account.elb().send(new DescribeTargetGroupsCommand({ Names: ['blue'] }))
    expect(found.TargetGroups).toEqual(created.TargetGroups)
    expect(found.TargetGroups).toHaveLength(1)
    const missing = account.elb().send(new DescribeTargetGroupsCommand({ Names: ['green'] }))
    await expect(missing).rejects.toBeInstanceOf(TargetGroupNotFoundException)
    expect(account.emulator.calls.list().map(({ outcome }) => outcome)).toEqual([
      'OK',
      'OK',
      'TargetGroupNotFound'
    ])
  })
})

describe('REST-JSON', () => {
  it('invokes by name and ARN, and tells a function error from a refusal', async () => {
    const created = account.emulator.world.lambda.create('echo', {
      kind: 'inline',
      handler: (payload) => {
        if (payload === 'bad') throw new Error('bad payload')
        return { echo: payload }
      }
    })
    for (const FunctionName of ['echo', created.arn]) {
      const good = await account
        .lambda()
        .send(new InvokeCommand({ FunctionName, Payload: '{"a":1}' }))
      expect(good).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' })
      expect(good.FunctionError).toBeUndefined()
      expect(good.Payload?.transformToString()).toBe('{"echo":{"a":1}}')
    }
    const bad = await account
      .lambda()
      .send(new InvokeCommand({ FunctionName: 'echo', Payload: '"bad"' }))
    expect(bad.FunctionError).toBe('Unhandled')
    expect(bad.Payload?.transformToString()).toContain('bad payload')
    const later = await account
      .lambda()
      .send(new InvokeCommand({ FunctionName: 'echo', InvocationType: 'Event' }))
    expect(later.StatusCode).toBe(202)
    const found = await account.lambda().send(new GetFunctionCommand({ FunctionName: created.arn }))
    expect(found.Configuration?.FunctionArn).toBe(created.arn)
    const absent = account.lambda().send(new InvokeCommand({ FunctionName: 'absent' }))
    await expect(absent).rejects.toBeInstanceOf(ResourceNotFoundException)
    const garbled = account.lambda().send(new InvokeCommand({ FunctionName: 'echo', Payload: '{' }))
    await expect(garbled).rejects.toMatchObject({ name: 'InvalidRequestContentException' })
  })
})

describe('CloudWatch', () => {
  it('keeps the state that was set', async () => {
    const cloudwatch = account.cloudwatch()
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
    expect(account.emulator.world.alarms.state('5xx')).toBe('ALARM')
    const unknown = new SetAlarmStateCommand({ ...set, AlarmName: 'other', StateValue: 'OK' })
    await expect(cloudwatch.send(unknown)).rejects.toMatchObject({ name: 'ResourceNotFound' })
  })
})

describe('credentials', () => {
  it('come from a role, name it, and expire on the emulated clock', async () => {
    const { Credentials: issued, AssumedRoleUser } = await account
      .sts()
      .send(
        new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'run-1', DurationSeconds: 900 })
      )
    expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::123456789012:assumed-role/deploy/run-1')
    expect(issued?.Expiration).toEqual(new Date(account.clock.now() + 900_000))
    const credentials = {
      accessKeyId: issued?.AccessKeyId ?? '',
      secretAccessKey: issued?.SecretAccessKey ?? '',
      sessionToken: issued?.SessionToken ?? ''
    }
    const who = await account.sts({ credentials }).send(new GetCallerIdentityCommand({}))
    expect(who.Arn).toBe(AssumedRoleUser?.Arn)
    await account.clock.advance(900_000)
    await expect(account.ecs({ credentials }).send(DESCRIBE)).rejects.toMatchObject({
      name: 'ExpiredTokenException',
      $metadata: { httpStatusCode: 400 }
    })
    const query = account.elb({ credentials }).send(new DescribeTargetGroupsCommand({}))
    await expect(query).rejects.toMatchObject({ name: 'ExpiredToken' })
  })

  it('come from a web identity token without any signature', async () => {
    const request = { RoleArn: ROLE, RoleSessionName: 'github', DurationSeconds: 3600 }
    const given = await account.sts().send(
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
      const asked = account
        .sts()
        .send(new AssumeRoleWithWebIdentityCommand({ ...request, ...change }))
      await expect(asked).rejects.toThrow()
    }
  })

  it('are asked for, and must be known here', async () => {
    const stranger = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' }
    await expect(account.ecs({ credentials: stranger }).send(DESCRIBE)).rejects.toMatchObject({
      name: 'UnrecognizedClientException'
    })
    await expect(account.ecs({ region: 'us-east-1' }).send(DESCRIBE)).rejects.toMatchObject({
      name: 'InvalidSignatureException'
    })
    const unsigned = await fetch(account.emulator.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.DescribeServices' },
      body: '{}'
    })
    expect(unsigned.status).toBe(400)
    expect(await unsigned.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' })
  })
})
