import type { Probe } from '../probe.ts'

const ROLE = 'arn:aws:iam::123456789012:role/deploy'

export async function alarm(probe: Probe): Promise<void> {
  const cloudwatch = (name: string, input: object) => probe.call(`cloudwatch:${name}`, input)
  await cloudwatch('PutMetricAlarm', {
    AlarmName: '5xx',
    ActionsEnabled: false,
    AlarmActions: ['arn:a'],
    AlarmDescription: 'errors',
    ComparisonOperator: 'GreaterThanThreshold',
    DatapointsToAlarm: 1,
    Dimensions: [{ Name: 'LoadBalancer', Value: 'app/shop/1' }],
    EvaluateLowSampleCountPercentile: 'ignore',
    EvaluationPeriods: 1,
    ExtendedStatistic: 'p99',
    InsufficientDataActions: ['arn:b'],
    MetricName: 'HTTPCode_Target_5XX_Count',
    Namespace: 'AWS/ApplicationELB',
    OKActions: ['arn:c'],
    Period: 60,
    Statistic: 'Sum',
    Threshold: 1,
    TreatMissingData: 'notBreaching',
    Unit: 'Count'
  })
  await cloudwatch('SetAlarmState', {
    AlarmName: '5xx',
    StateValue: 'OK',
    StateReason: 'a test',
    StateReasonData: '{}'
  })
  await cloudwatch('DescribeAlarms', {
    AlarmNames: ['5xx'],
    AlarmTypes: ['MetricAlarm'],
    StateValue: 'OK',
    MaxRecords: 1,
    NextToken: '5xx'
  })
  await cloudwatch('DescribeAlarms', { AlarmNamePrefix: '5' })
  const Metric = {
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'RequestCount',
    Dimensions: [{ Name: 'LoadBalancer', Value: 'app/shop/1' }]
  }
  await cloudwatch('GetMetricData', {
    MetricDataQueries: [
      {
        Id: 'a',
        Label: 'requests',
        ReturnData: true,
        MetricStat: { Metric, Period: 60, Stat: 'Sum', Unit: 'Count' }
      }
    ],
    StartTime: new Date(0),
    EndTime: new Date(60_000),
    NextToken: Buffer.from('0 0').toString('base64url'),
    ScanBy: 'TimestampAscending',
    MaxDatapoints: 10
  })
}

export async function keep(probe: Probe): Promise<void> {
  const { id: KeyId } = probe.emulator.world.keys.create({ usage: 'GENERATE_VERIFY_MAC' })
  const Message = new Uint8Array([1])
  const MacAlgorithm = 'HMAC_SHA_256'
  const { Mac } = await probe.call('kms:GenerateMac', { KeyId, Message, MacAlgorithm })
  await probe.call('kms:VerifyMac', { KeyId, Message, MacAlgorithm, Mac })

  const parameter = { Name: 'policy', Value: 'x', Type: 'String' }
  await probe.call('ssm:PutParameter', { ...parameter, Tier: 'Advanced' })
  await probe.call('ssm:PutParameter', { ...parameter, Overwrite: true })
  await probe.call('ssm:GetParameter', { Name: 'policy', WithDecryption: true })

  const text = { SecretString: 'x', ClientRequestToken: 'first' }
  await probe.call('secretsmanager:CreateSecret', { Name: 'slack', ...text })
  await probe.call('secretsmanager:PutSecretValue', {
    SecretId: 'slack',
    ...text,
    ClientRequestToken: 'second'
  })
  await probe.call('secretsmanager:GetSecretValue', {
    SecretId: 'slack',
    VersionId: 'second',
    VersionStage: 'AWSCURRENT'
  })
  await probe.call('secretsmanager:DescribeSecret', { SecretId: 'slack' })
  await probe.call('ssm:DescribeParameters', {
    ParameterFilters: [{ Key: 'Name', Option: 'Equals', Values: ['policy'] }],
    MaxResults: 50
  })
}

/** What the tasks of a release need before they can start. */
export async function lookUp(probe: Probe): Promise<void> {
  const { account, roles } = probe.emulator.world
  const image = { registryId: account, repositoryName: 'shop' }
  const imageDigest = `sha256:${'0'.repeat(64)}`
  await probe.call('ecr:DescribeImages', { ...image, imageIds: [{ imageTag: '1', imageDigest }] })
  await probe.call('ecr:DescribePullThroughCacheRules', { registryId: account })
  await probe.call('logs:DescribeLogGroups', { logGroupNamePrefix: '/ecs/' })
  const { logGroups } = probe.emulator.world
  logGroups.create('/ecs/shop')
  for (const line of ['one', 'two']) logGroups.write('/ecs/shop', 'shop/app/1', line)
  const stream = { logGroupName: '/ecs/shop', logStreamName: 'shop/app/1' }
  await probe.call('logs:GetLogEvents', { ...stream, limit: 1, startFromHead: true })
  roles.create('tasks', 'ecs-tasks.amazonaws.com')
  await probe.call('iam:GetRole', { RoleName: 'tasks' })
}

export async function invoke(probe: Probe): Promise<void> {
  const FunctionName = 'echo'
  probe.emulator.world.lambda.create(FunctionName, { kind: 'inline', handler: (event) => event })
  const Payload = new TextEncoder().encode('{}')
  await probe.call('lambda:Invoke', { FunctionName, InvocationType: 'RequestResponse', Payload })
  await probe.call('lambda:GetFunction', { FunctionName })
  await probe.call('lambda:GetFunctionConfiguration', { FunctionName })
}

export async function signIn(probe: Probe): Promise<void> {
  const session = { RoleArn: ROLE, RoleSessionName: 'release', DurationSeconds: 900 }
  await probe.call('sts:AssumeRole', session)
  const WebIdentityToken = 'a.b.c'
  await probe.call('sts:AssumeRoleWithWebIdentity', { ...session, WebIdentityToken })
  await probe.call('sts:GetCallerIdentity', {})
}
