import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb'
import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { EventPattern } from '../events/pattern.ts'
import { checkAccessLog } from '../http-api/access-log.ts'
import type { HttpApi } from '../http-api/server.ts'
import { amount, arn, part, text } from './made.ts'
import type { Ground, Made, Make, Properties } from './made.ts'
import { NETWORK_MAKERS } from './network-resources.ts'
import { refused } from './refused.ts'
import { SERVICE_MAKERS } from './service-resources.ts'

/** The resource types that an account of the emulator has. */
export const MAKERS: ReadonlyMap<string, Make> = new Map<string, Make>([
  ...NETWORK_MAKERS,
  ...SERVICE_MAKERS,
  ['AWS::DynamoDB::Table', makeTable],
  [
    'AWS::KMS::Key',
    (properties, { emulator }) => {
      const usage =
        properties['KeyUsage'] === 'GENERATE_VERIFY_MAC'
          ? properties['KeyUsage']
          : 'ENCRYPT_DECRYPT'
      const { id, arn } = emulator.world.keys.create({ usage })
      return { id, attributes: { Arn: arn } }
    }
  ],
  [
    'AWS::KMS::Alias',
    (properties, { emulator }) => {
      const { keys } = emulator.world
      const key = keys.find(text(properties, 'TargetKeyId'))
      if (!key) throw refused(`no key ${text(properties, 'TargetKeyId')}`)
      const id = text(properties, 'AliasName')
      keys.alias(id, key)
      return { id }
    }
  ],
  ['AWS::Lambda::Function', makeFunction],
  ['AWS::Lambda::EventSourceMapping', mapStream],
  ['AWS::Events::Rule', putRule],
  [
    'AWS::ApiGatewayV2::Api',
    async (_, { emulator, apis }) => {
      const api = await emulator.openHttpApi({ routes: {} })
      apis.set(api.apiId, api)
      return { id: api.apiId }
    }
  ],
  [
    'AWS::ApiGatewayV2::Integration',
    (properties, { integrations }, id) => {
      const timeoutMs = amount(properties, 'TimeoutInMillis')
      integrations.set(id, {
        target: text(properties, 'IntegrationUri'),
        ...(timeoutMs !== undefined && { timeoutMs })
      })
      return { id }
    }
  ],
  [
    'AWS::ApiGatewayV2::Route',
    (properties, ground, id) => {
      const name = text(properties, 'Target').replace('integrations/', '')
      const integration = ground.integrations.get(name)
      if (!integration) throw refused(`no integration ${name}`)
      const { target, ...limit } = integration
      apiOf(properties, ground).change({
        routes: { [text(properties, 'RouteKey')]: target },
        ...limit
      })
      return { id }
    }
  ],
  [
    'AWS::ApiGatewayV2::Stage',
    (properties, ground) => {
      checkAccessLog(part(properties, 'AccessLogSettings'))
      const limits = part(properties, 'DefaultRouteSettings')
      const rate = amount(limits, 'ThrottlingRateLimit')
      const burst = amount(limits, 'ThrottlingBurstLimit')
      if (rate !== undefined && burst !== undefined) {
        apiOf(properties, ground).change({ throttling: { rate, burst } })
      }
      return { id: text(properties, 'StageName') }
    }
  ],
  // Rights: an account of the emulator asks nobody for them. What they say is tested against the template itself.
  [
    'AWS::IAM::OIDCProvider',
    (properties, ground) => {
      const host = text(properties, 'Url').replace('https://', '')
      const id = arn(ground, 'iam', `oidc-provider/${host}`)
      return { id, attributes: { Arn: id } }
    }
  ],
  ['AWS::IAM::Role', makeRole],
  [
    'AWS::IAM::ManagedPolicy',
    (properties, ground) => {
      const id = arn(ground, 'iam', `policy/${text(properties, 'ManagedPolicyName')}`)
      return { id, attributes: { PolicyArn: id } }
    }
  ],
  [
    'AWS::Logs::LogGroup',
    (properties, ground) => {
      const id = text(properties, 'LogGroupName')
      ground.emulator.world.logGroups.create(id)
      return { id, attributes: { Arn: arn(ground, 'logs', `log-group:${id}:*`) } }
    }
  ],
  ['AWS::Lambda::Permission', (_, __, id) => ({ id })],
  ['AWS::CloudWatch::Alarm', makeAlarm]
])

function apiOf(properties: Properties, { apis }: Ground): HttpApi {
  const api = apis.get(text(properties, 'ApiId'))
  if (!api) throw refused(`no API ${text(properties, 'ApiId')}`)
  return api
}

/** Resolves when the table can be used. Of its settings only those that tell how it answers; recovery, encryption and rights are not acted. */
async function makeTable(properties: Properties, { emulator }: Ground): Promise<Made> {
  const id = text(properties, 'TableName')
  const { endpoint, userKeys, world } = emulator
  const client = new DynamoDBClient({
    endpoint,
    region: world.region,
    credentials: userKeys,
    maxAttempts: 1
  })
  try {
    const kept = ['BillingMode', 'AttributeDefinitions', 'KeySchema', 'GlobalSecondaryIndexes']
    const settings = Object.fromEntries(kept.map((name) => [name, properties[name]]))
    const input = { TableName: id, ...settings } as unknown as CreateTableCommandInput
    const { TableDescription } = await client.send(new CreateTableCommand(input))
    const describe = new DescribeTableCommand({ TableName: id })
    while ((await client.send(describe)).Table?.TableStatus !== 'ACTIVE') await nextTurn()
    const arn = String(TableDescription?.TableArn)
    const label = new Date(world.clock.now()).toISOString().slice(0, -1)
    const streams = 'StreamSpecification' in properties
    return { id, attributes: { Arn: arn, ...(streams && { StreamArn: `${arn}/stream/${label}` }) } }
  } finally {
    client.destroy()
  }
}

function makeFunction(properties: Properties, ground: Ground): Made {
  const { S3Bucket, S3Key } = part(properties, 'Code')
  const object = `${String(S3Bucket)}/${String(S3Key)}`
  const folder = ground.code[object]
  if (folder === undefined) throw refused(`no object ${object} to take the code from`)
  const [file] = text(properties, 'Handler').split('.')
  const concurrency = amount(properties, 'ReservedConcurrentExecutions')
  const variables = part(part(properties, 'Environment'), 'Variables') as Record<string, string>
  const { name, arn: made } = ground.emulator.world.lambda.create(
    text(properties, 'FunctionName'),
    {
      kind: 'module',
      path: join(folder, `${String(file)}.js`),
      environment: { ...variables, ...ground.environment },
      role: text(properties, 'Role'),
      // Lambda's own unless given (API reference, CreateFunction).
      timeoutSeconds: amount(properties, 'Timeout') ?? 3,
      vpc: 'VpcConfig' in properties,
      ...(concurrency !== undefined && { concurrency })
    }
  )
  return { id: name, attributes: { Arn: made } }
}

function mapStream(properties: Properties, { emulator }: Ground, id: string): Made {
  const [, table = ''] = /:table\/([^/]+)\/stream\//.exec(text(properties, 'EventSourceArn')) ?? []
  const { Filters } = part(properties, 'FilterCriteria') as {
    readonly Filters?: readonly { readonly Pattern: string }[]
  }
  const [filter, ...more] = Filters ?? []
  if (!filter || more.length > 0) throw refused('the emulator maps streams with one filter')
  emulator.world.streams.map({
    table,
    functionName: text(properties, 'FunctionName'),
    pattern: JSON.parse(filter.Pattern) as EventPattern,
    // -1, AWS's own: until the record is gone.
    retries: amount(properties, 'MaximumRetryAttempts') ?? Infinity
  })
  return { id }
}

function putRule(properties: Properties, ground: Ground): Made {
  const id = text(properties, 'Name')
  const targets = (properties['Targets'] as readonly { readonly Arn: string }[]).map(
    ({ Arn }) => Arn
  )
  const { ScheduleExpression: schedule, EventPattern: pattern } = properties
  const matching = pattern as EventPattern | undefined
  const when =
    typeof schedule === 'string'
      ? { schedule, pattern: matching }
      : matching && { pattern: matching }
  if (!when) throw new TypeError(`${id} has neither a schedule nor a pattern`)
  ground.emulator.world.events.putRule({ name: id, targets, ...when })
  return { id, attributes: { Arn: arn(ground, 'events', `rule/${id}`) } }
}

/** Of a role, whom it trusts, and whether CodeDeploy is held to functions whose name begins with `CodeDeployHook_`. */
function makeRole(properties: Properties, ground: Ground): Made {
  const id = text(properties, 'RoleName')
  const { Statement } = part(properties, 'AssumeRolePolicyDocument') as {
    readonly Statement: readonly { readonly Principal: { readonly Service?: string } }[]
  }
  const { world } = ground.emulator
  const service = Statement.map(({ Principal }) => Principal.Service).find(Boolean)
  if (service !== undefined) world.roles.create(id, service)
  const made = arn(ground, 'iam', `role/${id}`)
  const managed = (properties['ManagedPolicyArns'] ?? []) as readonly string[]
  if (managed.some((each) => each.endsWith('/AWSCodeDeployRoleForECSLimited')))
    world.codedeploy.limitedRoles.add(made)
  return { id, attributes: { Arn: made } }
}

/** One that has a name is shown and watched, and rings when its state is set; CloudFormation names the others. */
function makeAlarm(properties: Properties, { emulator }: Ground, id: string): Made {
  if (!('AlarmName' in properties)) return { id }
  const { world, operations } = emulator
  const name = text(properties, 'AlarmName')
  const figures = ['Period', 'EvaluationPeriods', 'Threshold'].map((each) => [
    each,
    amount(properties, each)
  ])
  const input = { ...properties, ...(Object.fromEntries(figures) as Properties) }
  operations.cloudwatch.PutMetricAlarm(input as unknown as PutMetricAlarmInput, world)
  world.alarms.put(name, 'OK')
  return { id: name }
}
