import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { ListAliasesCommand, KMSClient } from '@aws-sdk/client-kms'
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { readFileSync } from 'node:fs'
import { matchesPattern, type EventPattern } from '../../emulator/events/pattern.ts'
import { GATE_BUNDLES } from '../../scripts/build.ts'
import { toAttributes } from '../../src/ledger/attributes.ts'
import { evidenceItem } from '../../src/ledger/evidence-item.ts'
import { releaseKey } from '../../src/ledger/keys.ts'
import type { Item } from '../../src/ledger/table.ts'
import { verificationItem } from '../../src/ledger/verification-item.ts'
import { describeWith } from '../helpers/needs.ts'
import {
  GATE_TEMPLATES,
  parametersOf,
  readGateTemplate
} from '../../emulator/worlds/gate-template.ts'
import { IN_A_VPC, ofType, resolveTemplate, TEMPLATES } from './template.ts'
import { run, startMoto, type Moto } from './tools.ts'

const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-1'
const template = resolveTemplate({
  CodeBucket: 'code',
  CodeKey: 'gate.zip',
  SlackSecretArn: SECRET
})
const inVpc = resolveTemplate({
  CodeBucket: 'code',
  CodeKey: 'gate.zip',
  SlackSecretArn: SECRET,
  ...IN_A_VPC
})
const properties = (name: string): Readonly<Record<string, unknown>> =>
  template.Resources[name]?.Properties ?? {}

describe('the templates in infra/', () => {
  test('the functions are those of dist/gate, on Node 24, the hook by a name that the limited role may invoke', () => {
    const functions = ofType(template, 'AWS::Lambda::Function').map(
      ([, { Properties }]) => Properties
    )
    expect(
      functions.map(({ FunctionName, Handler, Runtime }) => [FunctionName, Handler, Runtime])
    ).toEqual([
      ['CodeDeployHook_release-gate-request', 'request/index.handler', 'nodejs24.x'],
      ['release-gate-callback', 'callback/index.handler', 'nodejs24.x'],
      ['release-gate-sweep', 'sweep/index.handler', 'nodejs24.x'],
      ['release-gate-watchdog', 'watchdog/index.handler', 'nodejs24.x']
    ])
    for (const { Handler } of functions) {
      const [bundle = ''] = String(Handler).split('/')
      expect(GATE_BUNDLES).toContain(bundle)
      expect(readFileSync(`dist/gate/${bundle}/index.js`, 'utf8')).toMatch(/\bhandler\b/)
    }
  })

  test('each function has a role of its own', () => {
    const roles = ofType(template, 'AWS::Lambda::Function').map(
      ([, { Properties }]) => Properties['Role']
    )
    expect(new Set(roles).size).toBe(4)
  })

  test('no secret stands in an environment: names and ARNs only', () => {
    for (const [, { Properties }] of ofType(template, 'AWS::Lambda::Function')) {
      const { Variables } = Properties['Environment'] as { Variables: object }
      expect(
        Object.keys(Variables).filter(
          (name) =>
            ![
              'LEDGER_TABLE',
              'LEDGER_KEY',
              'POLICY_PARAMETER',
              'SLACK_SECRET',
              'GATE_FUNCTION',
              'OBSERVE_FUNCTION'
            ].includes(name)
        )
      ).toEqual([])
      expect(Variables).toMatchObject({ SLACK_SECRET: SECRET })
    }
  })

  test('the table keeps everything: recovery to any point, TTL for storage only, no deletion', () => {
    expect(template.Resources['Ledger']).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
        DeletionProtectionEnabled: true,
        SSESpecification: { SSEEnabled: true }
      }
    })
  })

  test('the key computes MACs and nothing else, and stays when the stack goes', () => {
    expect(template.Resources['SealKey']).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }
    })
  })

  test('the door to the internet is one route, throttled, its log without bodies', () => {
    expect(
      ofType(template, 'AWS::ApiGatewayV2::Route').map(
        ([, { Properties }]) => Properties['RouteKey']
      )
    ).toEqual(['POST /slack/interactions'])
    const { DefaultRouteSettings, AccessLogSettings } = properties('ApiStage')
    expect(DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 20, ThrottlingBurstLimit: 50 })
    expect(JSON.stringify(AccessLogSettings)).not.toMatch(/body|header|authorizer/i)
    expect(properties('ApiIntegration')).toMatchObject({
      PayloadFormatVersion: '2.0',
      IntegrationType: 'AWS_PROXY'
    })
    expect(properties('CallbackFunction')['ReservedConcurrentExecutions']).toBe('10')
  })

  test('the sweep runs every minute and at state changes, the watchdog once for each deployment', () => {
    const codedeploy = (...state: string[]): object => ({
      source: ['aws.codedeploy'],
      'detail-type': ['CodeDeploy Deployment State-change Notification'],
      detail: { state }
    })
    expect(properties('EveryMinute')).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      Targets: [{ Id: 'sweep' }]
    })
    expect(properties('DeploymentStates')).toMatchObject({
      EventPattern: codedeploy('READY', 'SUCCESS', 'FAILURE', 'STOP'),
      Targets: [{ Id: 'sweep' }]
    })
    expect(properties('DeploymentStarts')).toMatchObject({
      EventPattern: codedeploy('START'),
      Targets: [{ Id: 'watchdog' }]
    })
  })

  test('the sweep is woken by evidence as it is stored, and by nothing else that is', () => {
    const { EventSourceArn, FunctionName, StartingPosition, FilterCriteria } =
      properties('EvidenceArrives')
    expect({ EventSourceArn, FunctionName, StartingPosition }).toEqual({
      EventSourceArn: 'arn:aws:<Ledger.StreamArn>',
      FunctionName: '<SweepFunction>',
      StartingPosition: 'LATEST'
    })
    expect(properties('Ledger')['StreamSpecification']).toEqual({ StreamViewType: 'NEW_IMAGE' })
    const { Filters } = FilterCriteria as { Filters: { Pattern: string }[] }
    expect(Filters).toHaveLength(1)
    const pattern = JSON.parse(Filters[0]?.Pattern ?? '') as EventPattern
    const wakes = ({ pk, sk, ...more }: Item, eventName = 'INSERT'): boolean => {
      const Keys = toAttributes({ pk, sk })
      return matchesPattern(pattern, {
        eventName,
        dynamodb: { Keys, NewImage: { ...Keys, ...toAttributes(more) } }
      })
    }
    const found = {
      section: 'flow',
      name: 'pay',
      required: true,
      verdict: 'passed',
      summary: '',
      startedAt: 1,
      endedAt: 2,
      steps: []
    } as const
    const stored = evidenceItem('shop/orders', 'd-1', found, 'f')
    expect(wakes(stored)).toBe(true)
    expect(wakes(evidenceItem('shop/orders', 'd-1', found, 'f', 'function'))).toBe(true)
    expect(wakes(stored, 'MODIFY')).toBe(false)
    const file = { path: 'v.yml', text: 'version: 1' }
    expect(wakes(verificationItem('shop/orders', 'd-1', file))).toBe(false)
    expect(wakes({ ...releaseKey('shop/orders', 'd-1'), record: '{}' })).toBe(false)
    // A gate keeps its evidence under the same name.
    expect(wakes({ pk: 'gate#d-1', sk: 'x', evidence: '{' })).toBe(false)
  })

  test('every log is kept for a time', () => {
    const logs = ofType(template, 'AWS::Logs::LogGroup')
    expect(logs).toHaveLength(5)
    for (const [, { Properties }] of logs) expect(Properties['RetentionInDays']).toBe('90')
  })

  test('every function and the door are watched by alarms', () => {
    const watched = ofType(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => {
      const [dimension] = Properties['Dimensions'] as { Value: string }[]
      return `${dimension?.Value} ${String(Properties['MetricName'])}`
    })
    const functions = ['Request', 'Callback', 'Sweep', 'Watchdog'].flatMap((name) => [
      `<${name}Function> Errors`,
      `<${name}Function> Throttles`
    ])
    expect(watched.sort()).toEqual(
      [...functions, '<SweepFunction> Invocations', '<Api> 4xx', '<Api> 5xx'].sort()
    )
  })

  test('an alarm that gets no data is silent, but for the sweep, which must be heard', () => {
    for (const [name, { Properties }] of ofType(template, 'AWS::CloudWatch::Alarm')) {
      const missing = name === 'SweepStopped' ? 'breaching' : 'notBreaching'
      expect([name, Properties['TreatMissingData']]).toEqual([name, missing])
    }
  })

  test('no name of a resource or an output is used twice, so that they can be looked at as one', () => {
    const names = GATE_TEMPLATES.map((each) => readGateTemplate(each)).flatMap(
      ({ Resources, Outputs }) => [
        ...Object.keys(Resources),
        ...Object.keys(Outputs).map((name) => `output ${name}`)
      ]
    )
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  test('functions in a VPC, and all that they need, are a template of their own', () => {
    const added = Object.keys(inVpc.Resources).filter((name) => !(name in template.Resources))
    const moves = Object.entries(readGateTemplate('gate').Resources).flatMap(
      ([name, { Condition }]) => (Condition === 'Moves' ? [name] : [])
    )
    expect(added.sort()).toEqual(
      [...Object.keys(readGateTemplate('vpc').Resources), ...moves].sort()
    )
  })

  test('with subnets the function that verifies stands in them, under a role and a log of its own', () => {
    expect(inVpc.Resources['VerifyFunction']?.Properties).toMatchObject({
      FunctionName: 'CodeDeployHook_release-gate-verify',
      Handler: 'verify/index.handler',
      Runtime: 'nodejs24.x',
      Timeout: 900,
      Role: 'arn:aws:<VerifyRole.Arn>',
      VpcConfig: {
        SubnetIds: [IN_A_VPC.VerifySubnets],
        SecurityGroupIds: [IN_A_VPC.VerifySecurityGroups]
      },
      Environment: {
        Variables: {
          LEDGER_TABLE: '<Ledger>',
          GATE_FUNCTION: 'arn:aws:<RequestFunction.Arn>',
          VERIFY_SECRET: IN_A_VPC.VerifySecretArn,
          VERIFY_ORIGINS: IN_A_VPC.VerifyOrigins
        }
      }
    })
    expect(GATE_BUNDLES).toContain('verify')
    expect(inVpc.Resources['VerifyLogs']?.Properties).toMatchObject({
      LogGroupName: '/aws/lambda/CodeDeployHook_release-gate-verify'
    })
  })

  test('and one that observes: told of every start, and allowed to go on with itself', () => {
    expect(inVpc.Resources['ObserveFunction']?.Properties).toMatchObject({
      FunctionName: 'release-gate-observe',
      Handler: 'observe/index.handler',
      Runtime: 'nodejs24.x',
      Timeout: 900,
      // Else Lambda ends the chain after some sixteen invocations.
      RecursiveLoop: 'Allow',
      Role: 'arn:aws:<ObserveRole.Arn>',
      VpcConfig: {
        SubnetIds: [IN_A_VPC.VerifySubnets],
        SecurityGroupIds: [IN_A_VPC.VerifySecurityGroups]
      },
      Environment: {
        Variables: { LEDGER_TABLE: '<Ledger>', VERIFY_ORIGINS: IN_A_VPC.VerifyOrigins }
      }
    })
    expect(GATE_BUNDLES).toContain('observe')
    expect(inVpc.Resources['ObservedStarts']?.Properties).toMatchObject({
      EventPattern: { source: ['aws.codedeploy'], detail: { state: ['START'] } },
      Targets: [{ Id: 'observe', Arn: 'arn:aws:<ObserveFunction.Arn>' }]
    })
  })

  test.each(['auth.example.com', 'https://auth.example.com/', 'https://a.example.com,', 'ftp://a'])(
    'VerifyOrigins is not %s',
    (VerifyOrigins) => {
      expect(() => resolveTemplate({ ...IN_A_VPC, VerifyOrigins })).toThrow('VerifyOrigins')
    }
  )

  test('without a secret there is no right to read one', () => {
    const rights = JSON.stringify(
      resolveTemplate({ ...IN_A_VPC, VerifySecretArn: '' }).Resources['VerifyRole']
    )
    expect(rights).not.toContain('secretsmanager')
    expect(JSON.stringify(inVpc.Resources['VerifyRole'])).toContain(IN_A_VPC.VerifySecretArn)
  })

  describeWith(['cfn-lint'], 'cfn-lint', () => {
    test('finds nothing', async () => {
      expect(await run('cfn-lint', ...TEMPLATES)).toEqual({ code: 0, text: '' })
    }, 60_000)
  })
})

describeWith(['moto_server', 'aws'], 'the templates, created in an account of moto_server', () => {
  let moto: Moto
  const aws = async (...args: string[]): Promise<unknown> => {
    const { code, text } = await run(
      'aws',
      ...args,
      '--endpoint-url',
      moto.endpoint,
      '--region',
      'eu-central-1',
      '--output',
      'json'
    )
    if (code !== 0) throw new Error(text)
    return text.trim() === '' ? undefined : JSON.parse(text)
  }
  const config = (): {
    endpoint: string
    region: string
    credentials: { accessKeyId: string; secretAccessKey: string }
  } => ({
    endpoint: moto.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'y' }
  })

  beforeAll(async () => {
    moto = await startMoto()
    await aws(
      's3api',
      'create-bucket',
      '--bucket',
      'code',
      '--create-bucket-configuration',
      'LocationConstraint=eu-central-1'
    )
    await aws(
      's3api',
      'put-object',
      '--bucket',
      'code',
      '--key',
      'gate.zip',
      '--body',
      'dist/gate/watchdog/index.js'
    )
    const given = {
      CodeBucket: 'code',
      CodeKey: 'gate.zip',
      SlackSecretArn: SECRET,
      ...IN_A_VPC
    }
    for (const name of GATE_TEMPLATES) {
      const own = parametersOf(readGateTemplate(name), given)
      const parameters = Object.entries(own).map(
        ([key, value]) => `ParameterKey=${key},ParameterValue="${value}"`
      )
      await aws(
        'cloudformation',
        'create-stack',
        '--stack-name',
        name,
        '--template-body',
        // moto makes no HTTP API of a template, and so exports none.
        readFileSync(`infra/${name}.yaml`, 'utf8').replace(
          '    Value: !Ref Api\n',
          '    Value: a1b2c3d4e5\n'
        ),
        '--capabilities',
        'CAPABILITY_NAMED_IAM',
        ...(parameters.length > 0 ? ['--parameters', ...parameters] : [])
      )
    }
  }, 120_000)
  afterAll(() => moto.close())

  test('completes, and says what to put where', async () => {
    expect(await aws('cloudformation', 'describe-stacks', '--stack-name', 'gate')).toMatchObject({
      Stacks: [
        {
          StackStatus: 'CREATE_COMPLETE',
          Outputs: expect.arrayContaining([
            expect.objectContaining({
              OutputKey: 'GateFunction',
              OutputValue:
                'arn:aws:lambda:eu-central-1:123456789012:function:CodeDeployHook_release-gate-request'
            }),
            expect.objectContaining({ OutputKey: 'LedgerTable', OutputValue: 'release-gate' })
          ])
        }
      ]
    })
  }, 30_000)

  test('hands on what the other two import', async () => {
    const lambda = new LambdaClient(config())
    const { Environment } = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: 'CodeDeployHook_release-gate-verify' })
    )
    lambda.destroy()
    expect(Environment?.Variables).toMatchObject({
      LEDGER_TABLE: 'release-gate',
      GATE_FUNCTION:
        'arn:aws:lambda:eu-central-1:123456789012:function:CodeDeployHook_release-gate-request'
    })
    const arn = 'arn:aws:iam::123456789012:policy/release-gate-guard-eu-central-1'
    const policy = ['iam', 'get-policy-version', '--policy-arn', arn, '--version-id', 'v1']
    const document = JSON.stringify(await aws(...policy))
    expect(document).toContain('"arn:aws:dynamodb:eu-central-1:123456789012:table/release-gate/*"')
    expect(document).toContain(`"${SECRET}*"`)
    expect(document).toContain(':parameter/release-gate/policy"')
    expect(document).toContain(':stack/gate/*"')
    expect(document).toMatch(/:event-source-mapping:[0-9a-f-]{36}"/)
  }, 30_000)

  test('has the table that the ledger is written for', async () => {
    const client = new DynamoDBClient(config())
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'release-gate' }))
    client.destroy()
    // moto takes neither recovery, TTL nor encryption from a template; they are looked at above.
    expect(Table).toMatchObject({
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      DeletionProtectionEnabled: true
    })
    expect(Table?.KeySchema).toEqual([
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' }
    ])
    expect(Table?.GlobalSecondaryIndexes).toMatchObject([
      {
        IndexName: 'open',
        KeySchema: [{ AttributeName: 'open' }, { AttributeName: 'pk' }],
        Projection: { ProjectionType: 'ALL' }
      }
    ])
  })

  test('has functions that are told of table, key, policy and secret, and the key that its alias names', async () => {
    const lambda = new LambdaClient(config())
    const kms = new KMSClient(config())
    const { Environment, Role } = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: 'CodeDeployHook_release-gate-request' })
    )
    expect(Environment?.Variables).toMatchObject({
      LEDGER_TABLE: 'release-gate',
      SLACK_SECRET: SECRET,
      POLICY_PARAMETER: '/release-gate/policy'
    })
    expect(Role).toMatch(/:role\/release-gate-request-eu-central-1$/)
    const { Aliases } = await kms.send(new ListAliasesCommand({}))
    const own = Aliases?.find(({ AliasName }) => AliasName === 'alias/release-gate')
    expect(Environment?.Variables?.['LEDGER_KEY']).toMatch(
      new RegExp(`/${own?.TargetKeyId ?? 'none'}$`)
    )
    lambda.destroy()
    kms.destroy()
  })

  test.each([
    ['release-gate-every-minute', ['release-gate-sweep']],
    ['release-gate-deployment-states', ['release-gate-sweep']],
    ['release-gate-deployment-starts', ['release-gate-watchdog']]
  ])(
    'has the rule %s with its target',
    async (rule, functions) => {
      expect(await aws('events', 'list-targets-by-rule', '--rule', rule)).toMatchObject({
        Targets: functions.map((name) => ({
          Arn: `arn:aws:lambda:eu-central-1:123456789012:function:${name}`
        }))
      })
    },
    30_000
  )

  // moto makes no HTTP API of a template, so it is made of the template's properties, one by one.
  test('has properties that the HTTP API takes', async () => {
    const make = (what: string, name: string, more: object): Promise<unknown> => {
      const input = { ...properties(name), ...more }
      return aws('apigatewayv2', `create-${what}`, '--cli-input-json', JSON.stringify(input))
    }
    const { ApiId } = (await make('api', 'Api', {})) as { ApiId: string }
    const IntegrationUri = 'arn:aws:lambda:eu-central-1:123456789012:function:release-gate-callback'
    const { IntegrationId } = (await make('integration', 'ApiIntegration', {
      ApiId,
      IntegrationUri
    })) as { IntegrationId: string }
    await make('route', 'ApiRoute', { ApiId, Target: `integrations/${IntegrationId}` })
    const stage = { ...properties('ApiStage'), ApiId }
    expect(await make('stage', 'ApiStage', stage)).toMatchObject({
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 50 }
    })
    expect(await aws('apigatewayv2', 'get-routes', '--api-id', ApiId)).toMatchObject({
      Items: [{ RouteKey: 'POST /slack/interactions', Target: `integrations/${IntegrationId}` }]
    })
  }, 60_000)

  test('has a role for each function, that only Lambda assumes', async () => {
    const { Roles } = (await aws('iam', 'list-roles')) as {
      Roles: { RoleName: string; AssumeRolePolicyDocument: { Statement: object[] } }[]
    }
    expect(Roles.map(({ RoleName }) => RoleName).sort()).toEqual(
      ['callback', 'mover', 'observe', 'request', 'sweep', 'verify', 'watchdog'].map(
        (name) => `release-gate-${name}-eu-central-1`
      )
    )
    for (const { AssumeRolePolicyDocument } of Roles) {
      expect(AssumeRolePolicyDocument.Statement).toEqual([
        {
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: 'sts:AssumeRole'
        }
      ])
    }
  }, 30_000)

  test('has the policies', async () => {
    const policies = JSON.stringify(await aws('iam', 'list-policies', '--scope', 'Local'))
    for (const name of ['decide', 'settings', 'vpc', 'ci', 'guard', 'auditor'])
      expect(policies).toContain(`"release-gate-${name}-eu-central-1"`)
  }, 30_000)
})
