import { textOf } from '../../../scripts/terraform-modules.ts'
import type { Resource, Template } from '../../../emulator/cloudformation/template.ts'
import { like, type Statement } from '../iam.ts'
import type { Evaluated, Planned } from './module.ts'
import { asTemplate, type Form, type Properties } from './forms.ts'

/** Which resource of a template is which one of a module, by logical id. */
export type Pairs = Readonly<Record<string, string>>

export function addressesOf(pairs: Pairs): ReadonlyMap<string, string> {
  return new Map(Object.entries(pairs).map(([id, address]) => [address, id]))
}

/** The placeholders of `resolveTemplate` for what only AWS knows. */
export function placeholders(
  pairs: Pairs,
  forms: Readonly<Record<string, Form>>
): (address: string, name: string, type: string) => string | undefined {
  const ids = addressesOf(pairs)
  return (address, name, type) => {
    const [id, ref] = [ids.get(address), forms[type]?.refs?.[name]]
    if (id === undefined || ref === undefined) return undefined
    return ref === 'Ref' ? `<${id}>` : `arn:aws:<${id}.${ref}>`
  }
}

interface Sides {
  readonly template: Readonly<Record<string, unknown>>
  readonly module: Readonly<Record<string, unknown>>
}

/** What one of the forms needs and the other has no word for. */
export interface OnlyOneHas {
  /** Addresses of resources. */
  readonly terraform?: readonly string[]
  /** Properties, by logical id. */
  readonly cloudFormation?: Readonly<Record<string, readonly string[]>>
}

/** Both forms of every resource, as far as they can be compared: equal if they describe the same. */
export function bothForms(
  template: Template,
  module: Evaluated,
  pairs: Pairs,
  forms: Readonly<Record<string, Form>>,
  { terraform = [], cloudFormation = {} }: OnlyOneHas = {}
): Sides {
  const compared = module.resources.filter(({ address }) => !terraform.includes(address))
  const translated = asTemplate(compared, addressesOf(pairs), forms)
  const names = namesOf(template)
  const ours: Record<string, unknown> = {}
  const theirs: Record<string, unknown> = {}
  for (const [id, resource] of Object.entries(template.Resources)) {
    const { Type, Properties, DeletionPolicy } = resource as Resource & { DeletionPolicy?: string }
    const stays = DeletionPolicy === 'Retain' ? { stays: true } : {}
    const left = Object.entries(Properties).filter(
      ([name]) => cloudFormation[id]?.includes(name) !== true
    )
    const kept = withoutNoEgress(Object.fromEntries(left))
    ours[id] = { Type, ...stays, ...(canonical(plain(kept, names, Type)) as object) }
  }
  for (const [id, { Type, Properties, keeps }] of translated) {
    const said = template.Resources[id]?.Properties ?? {}
    const madeUp = Object.values(forms).find(({ type }) => type === Type)?.madeUp ?? []
    const kept = Object.fromEntries(
      Object.entries(Properties).filter(([name]) => name in said || !madeUp.includes(name))
    )
    theirs[id] = {
      Type,
      ...(keeps ? { stays: true } : {}),
      ...(canonical(plain(kept, names, Type)) as object)
    }
  }
  return { template: ours, module: theirs }
}

/**
 * A security group of CloudFormation without any line lets everything out, so the templates have one
 * that leads nowhere. Terraform takes the line away that AWS makes (aws_security_group, "NOTE on Egress rules").
 */
function withoutNoEgress(properties: Properties): Properties {
  const { SecurityGroupEgress: lines, ...rest } = properties
  if (!Array.isArray(lines)) return properties
  const kept = (lines as readonly Properties[]).filter(({ CidrIp }) => CidrIp !== '127.0.0.1/32')
  return { ...rest, SecurityGroupEgress: kept }
}

/** What `Ref` gives where it is a name that the template says: the property with the name. */
const REF_IS_NAME: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::Events::Rule': 'Name',
  'AWS::ECS::Cluster': 'ClusterName',
  'AWS::ECR::Repository': 'RepositoryName',
  'AWS::RDS::DBSubnetGroup': 'DBSubnetGroupName',
  'AWS::RDS::DBInstance': 'DBInstanceIdentifier',
  'AWS::ElastiCache::SubnetGroup': 'CacheSubnetGroupName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CodeDeploy::Application': 'ApplicationName'
}
/** And `Fn::GetAtt`: the attribute, and the property. */
const ATTRIBUTE_IS_NAME: Readonly<Record<string, readonly [string, string]>> = {
  'AWS::ElasticLoadBalancingV2::TargetGroup': ['TargetGroupName', 'Name'],
  'AWS::ECS::Service': ['Name', 'ServiceName']
}

/** References to names that the template says, with what they give. */
function namesOf({ Resources }: Template): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const [id, { Type, Properties }] of Object.entries(Resources)) {
    const name = Properties[REF_IS_NAME[Type] ?? '']
    if (typeof name === 'string') names.set(`<${id}>`, name)
    const [attribute = '', property = ''] = ATTRIBUTE_IS_NAME[Type] ?? []
    const said = Properties[property]
    if (typeof said === 'string') names.set(`arn:aws:<${id}.${attribute}>`, said)
    if (Type === 'AWS::ApplicationAutoScaling::ScalableTarget') {
      // Its Ref: "service/ecsStack-MyECSCluster-AB12CDE3F4GH/...|ecs:service:DesiredCount|ecs".
      const { ResourceId, ScalableDimension, ServiceNamespace } = Properties
      names.set(`<${id}>`, [ResourceId, ScalableDimension, ServiceNamespace].map(textOf).join('|'))
    }
  }
  return names
}

/** A text with names in the place of references, also of those that stand in names. */
function said(text: string, names: ReadonlyMap<string, string>): string {
  const once = text.replaceAll(
    /arn:aws:<\w+\.\w+>|<\w+>/g,
    (reference) => names.get(reference) ?? reference
  )
  return once === text ? text : said(once, names)
}

/** Names in the place of references, and log groups by the ARN of the group alone. */
function plain(value: Properties, names: ReadonlyMap<string, string>, type: string): unknown {
  const walk = (each: unknown): unknown => {
    if (typeof each === 'string') {
      const named = said(each, names)
      return named.replace(/^(arn:aws:<\w*Logs\.Arn>):\*$/, '$1')
    }
    if (Array.isArray(each)) return each.map(walk)
    if (typeof each !== 'object' || each === null) return each
    return Object.fromEntries(Object.entries(each).map(([name, inner]) => [name, walk(inner)]))
  }
  // AWS::Logs::LogGroup, Fn::GetAtt Arn: "arn:aws:logs:us-west-1:123456789012:log-group:/mystack-testgroup-12ABC1AB12A1:*".
  return type === '' ? value : walk(value)
}

const LISTS = ['Action', 'NotAction', 'Resource', 'AWS', 'Service', 'Federated']

/**
 * A form of JSON in which two that AWS takes for the same are equal: lists in an order of their own,
 * numbers and switches as texts, policy documents with lists everywhere, and without patterns that
 * another one of the same list covers.
 */
export function canonical(value: unknown, name = '', within = ''): unknown {
  if (typeof value === 'string' && /^\{".*\}$/s.test(value)) return canonical(JSON.parse(value))
  if (LISTS.includes(name) || within === 'condition') {
    if (typeof value === 'string') return canonical([value], name)
  }
  if (Array.isArray(value)) {
    const list = value.map((each) => canonical(each))
    const texts = list.every((each) => typeof each === 'string')
    const kept = name === 'Resource' && texts ? withoutCovered(list) : list
    return kept.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  }
  if (typeof value !== 'object' || value === null) return value === null ? value : textOf(value)
  const inside = within === 'operators' ? 'condition' : name === 'Condition' ? 'operators' : ''
  return Object.fromEntries(
    Object.entries(value)
      .map(
        ([key, each]) =>
          [key, canonical(each, key, name === 'Condition' ? 'operators' : inside)] as const
      )
      .filter(([, each]) => !(Array.isArray(each) && each.length === 0))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
  )
}

function withoutCovered(patterns: readonly string[]): string[] {
  const once = [...new Set(patterns)]
  return once.filter(
    (pattern) => !once.some((other) => other !== pattern && other !== '*' && like(other, pattern))
  )
}

/** What the policies of a module's resources say that allow something: by address, the statements. */
export function statementsByAddress(resources: readonly Planned[]): Record<string, Statement[]> {
  const documents = resources.flatMap(({ address, type, values }) =>
    ['aws_iam_policy', 'aws_iam_role_policy'].includes(type)
      ? [[address, JSON.parse(textOf(values['policy'])) as { Statement: Statement[] }] as const]
      : []
  )
  return Object.fromEntries(documents.map(([address, { Statement }]) => [address, Statement]))
}
