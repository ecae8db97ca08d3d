import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb'
import { join } from 'node:path'
import type { Emulator } from '../emulator.ts'
import type { EventPattern } from '../events/pattern.ts'
import type { HttpApi } from '../http-api/server.ts'

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
  readonly integrations: Map<string, { readonly target: string; readonly timeoutMs: number }>
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
      if (!key) throw new Error(`no key ${text(properties, 'TargetKeyId')}`)
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
      const timeoutMs = Number(properties['TimeoutInMillis'])
      integrations.set(id, { target: text(properties, 'IntegrationUri'), timeoutMs })
      return { id }
    }
  ],
  [
    'AWS::ApiGatewayV2::Route',
    (properties, { apis, integrations }, id) => {
      const integration = integrations.get(text(properties, 'Target').replace('integrations/', ''))
      if (!integration) throw new Error(`no integration ${text(properties, 'Target')}`)
      const { target, timeoutMs } = integration
      const routes = { [text(properties, 'RouteKey')]: target }
      apis.get(text(properties, 'ApiId'))?.change({ routes, timeoutMs })
      return { id }
    }
  ],
  [
    'AWS::ApiGatewayV2::Stage',
    (properties, { apis }) => {
      const limits = part(properties, 'DefaultRouteSettings')
      const rate = Number(limits['ThrottlingRateLimit'])
      const burst = Number(limits['ThrottlingBurstLimit'])
      apis.get(text(properties, 'ApiId'))?.change({ throttling: { rate, burst } })
      return { id: text(properties, 'StageName') }
    }
  ],
  // Rights, logs and alarms: an account of the emulator asks nobody for rights, and keeps logs with
  // its functions. What they say is tested against the template itself.
  ['AWS::IAM::Role', named('RoleName', 'iam', 'role/')],
  ['AWS::IAM::ManagedPolicy', named('ManagedPolicyName', 'iam', 'policy/')],
  ['AWS::Lambda::Permission', (_, __, id) => ({ id })],
  ['AWS::Logs::LogGroup', named('LogGroupName', 'logs', 'log-group:')],
  ['AWS::CloudWatch::Alarm', (_, __, id) => ({ id })]
])

/** What is only known by its name. */
function named(property: string, service: string, kind: string): Make {
  return (properties, { emulator }, logical) => {
    const { partition, region, account } = emulator.world
    const id = property in properties ? text(properties, property) : logical
    const place = service === 'iam' ? '' : region
    const arn = `arn:${partition}:${service}:${place}:${account}:${kind}${id}`
    return { id: kind === 'policy/' ? arn : id, attributes: { Arn: arn } }
  }
}

/** Of the table's settings only those that tell how it answers; recovery, encryption and rights are not acted. */
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
    const arn = String(TableDescription?.TableArn)
    const label = new Date(world.clock.now()).toISOString().slice(0, -1)
    return { id, attributes: { Arn: arn, StreamArn: `${arn}/stream/${label}` } }
  } finally {
    client.destroy()
  }
}

function makeFunction(properties: Properties, ground: Ground): Made {
  const { S3Bucket, S3Key } = part(properties, 'Code')
  const object = `${String(S3Bucket)}/${String(S3Key)}`
  const folder = ground.code[object]
  if (folder === undefined) throw new Error(`no object ${object} to take the code from`)
  const [file] = text(properties, 'Handler').split('.')
  const reserved = properties['ReservedConcurrentExecutions']
  const variables = part(part(properties, 'Environment'), 'Variables') as Record<string, string>
  const { name, arn } = ground.emulator.world.lambda.create(text(properties, 'FunctionName'), {
    kind: 'module',
    path: join(folder, `${String(file)}.js`),
    environment: { ...variables, ...ground.environment },
    timeoutSeconds: Number(properties['Timeout']),
    vpc: 'VpcConfig' in properties,
    ...(reserved !== undefined && { concurrency: Number(reserved) })
  })
  return { id: name, attributes: { Arn: arn } }
}

function mapStream(properties: Properties, { emulator }: Ground, id: string): Made {
  const [, table = ''] = /:table\/([^/]+)\/stream\//.exec(text(properties, 'EventSourceArn')) ?? []
  const { Filters } = part(properties, 'FilterCriteria') as {
    readonly Filters?: readonly { readonly Pattern: string }[]
  }
  const [filter, ...more] = Filters ?? []
  if (!filter || more.length > 0) throw new Error('the emulator maps streams with one filter')
  emulator.world.streams.map({
    table,
    functionName: text(properties, 'FunctionName'),
    pattern: JSON.parse(filter.Pattern) as EventPattern,
    retries: Number(properties['MaximumRetryAttempts'])
  })
  return { id }
}

function putRule(properties: Properties, { emulator }: Ground): Made {
  const id = text(properties, 'Name')
  const targets = (properties['Targets'] as readonly { readonly Arn: string }[]).map(
    ({ Arn }) => Arn
  )
  const { ScheduleExpression: schedule, EventPattern: pattern } = properties
  const when = typeof schedule === 'string' ? { schedule } : { pattern: pattern as EventPattern }
  emulator.world.events.putRule({ name: id, targets, ...when })
  const { partition, region, account } = emulator.world
  return { id, attributes: { Arn: `arn:${partition}:events:${region}:${account}:rule/${id}` } }
}
