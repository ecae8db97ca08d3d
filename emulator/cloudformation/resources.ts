import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Emulator } from '../emulator.ts'
import type { EventPattern } from '../events/pattern.ts'
import { checkAccessLog } from '../http-api/access-log.ts'
import type { HttpApi } from '../http-api/server.ts'
import { refused } from './refused.ts'

/** What a stack is made in. */
export interface Ground {
  readonly emulator: Emulator
  /** The folder that the object `BUCKET/KEY` holds, unpacked. */
  readonly code: Readonly<Record<string, string>>
  /** What every function finds in its environment besides what the template says. */
  readonly environment: Readonly<Record<string, string>>
  /** The APIs of the stack, by id. */
  readonly apis: Map<string, HttpApi>
  /** Their integrations, by id. */
  readonly integrations: Map<string, { readonly target: string; readonly timeoutMs?: number }>
}

/** A resource that stands. */
export interface Made {
  /** What `Ref` gives. */
  readonly id: string
  /** What `Fn::GetAtt` gives. */
  readonly attributes?: Readonly<Record<string, string>>
}

export type Properties = Readonly<Record<string, unknown>>

/** Makes a resource of properties in which everything is resolved. `name` is its logical id. */
type Make = (properties: Properties, ground: Ground, name: string) => Made | Promise<Made>

const text = (properties: Properties, name: string): string => String(properties[name])
/** Undefined where it is absent. */
function amount(properties: Properties, name: string): number | undefined {
  const value = properties[name]
  if (value === undefined) return undefined
  if (Number.isFinite(Number(value))) return Number(value)
  throw refused(`${name} is no number: ${JSON.stringify(value)}`)
}
const part = (properties: Properties, name: string): Properties =>
  (properties[name] ?? {}) as Properties

/** The resource types that an account of the emulator has. */
export const MAKERS: ReadonlyMap<string, Make> = new Map<string, Make>([
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
  // Rights, logs and alarms: an account of the emulator asks nobody for rights, and keeps logs with
  // its functions. What they say is tested against the template itself.
  [
    'AWS::IAM::OIDCProvider',
    (properties, ground) => {
      const host = text(properties, 'Url').replace('https://', '')
      const id = arn(ground, 'iam', `oidc-provider/${host}`)
      return { id, attributes: { Arn: id } }
    }
  ],
  [
    'AWS::IAM::Role',
    (properties, ground) => {
      const id = text(properties, 'RoleName')
      return { id, attributes: { Arn: arn(ground, 'iam', `role/${id}`) } }
    }
  ],
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
      return { id, attributes: { Arn: arn(ground, 'logs', `log-group:${id}:*`) } }
    }
  ],
  ['AWS::Lambda::Permission', (_, __, id) => ({ id })],
  ['AWS::CloudWatch::Alarm', (_, __, id) => ({ id })]
])

function arn({ emulator }: Ground, service: string, rest: string): string {
  const { partition, region, account } = emulator.world
  return `arn:${partition}:${service}:${service === 'iam' ? '' : region}:${account}:${rest}`
}

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
