import { resolve } from '../../emulator/cloudformation/intrinsics.ts'
import { namesOf, wanted } from '../../emulator/cloudformation/names.ts'
import { parameterValues } from '../../emulator/cloudformation/parameters.ts'
import { brokenRule } from '../../emulator/cloudformation/rules.ts'
import type { Resource, Template } from '../../emulator/cloudformation/template.ts'
import {
  readAccountTemplate,
  type AccountTemplate
} from '../../emulator/worlds/account-template.ts'

type Values = Readonly<Record<string, string>>

const PLACE = { partition: 'aws', region: 'eu-central-1', account: '123456789012' }
const arn = (service: string, rest: string): string =>
  `arn:aws:${service}:eu-central-1:123456789012:${rest}`

/** An id as AWS gives them; where a template names a resource, its name. */
function idOf(name: string, { Type, Properties }: Resource): string {
  const [, service = '', kind = ''] = Type.split('::')
  if (service === 'EC2') return `${EC2[kind] ?? kind.toLowerCase()}-0123456789abcdef0`
  if (service === 'ElasticLoadBalancingV2')
    return arn('elasticloadbalancing', `${kind.toLowerCase()}/app/${name}/0123456789abcdef`)
  if (service === 'SecretsManager') return arn('secretsmanager', `secret:${name}-AbCdEf`)
  if (service === 'CertificateManager') return arn('acm', 'certificate/0123-4567')
  if (Type === 'AWS::ECS::TaskDefinition') return arn('ecs', 'task-definition/orders:1')
  if (Type === 'AWS::KMS::Key') return '01234567-89ab-cdef-0123-456789abcdef'
  if (Type === 'AWS::ApplicationAutoScaling::ScalableTarget')
    return 'service/production/orders|ecs:service:DesiredCount|ecs'
  const named = Object.entries(Properties).find(([key]) =>
    /^(?!Policy).*(Name|Identifier|Id)$/.test(key)
  )
  return typeof named?.[1] === 'string' ? named[1] : name.toLowerCase()
}

const EC2: Readonly<Record<string, string>> = {
  VPC: 'vpc',
  Subnet: 'subnet',
  SecurityGroup: 'sg',
  NetworkAcl: 'acl',
  RouteTable: 'rtb',
  InternetGateway: 'igw',
  NatGateway: 'nat'
}

function attributeOf(name: string, attribute: string, { Type }: Resource): string {
  if (Type === 'AWS::IAM::Role') return `arn:aws:iam::123456789012:role/${name}`
  if (attribute === 'Arn') return arn('kms', `key/${name}`)
  if (attribute.endsWith('Arn')) return arn('secretsmanager', `secret:${name}-AbCdEf`)
  if (attribute.endsWith('FullName')) return `app/${name.toLowerCase()}/0123456789abcdef`
  if (attribute === 'CanonicalHostedZoneID') return 'Z215JYRZR1TBD5'
  if (attribute === 'AllocationId') return 'eipalloc-0123456789abcdef0'
  return `${name.toLowerCase()}.internal`
}

/** What CloudFormation would make of a template, with ids such as AWS gives; `exported` are values of other stacks, and get this one's. */
export function resolveWith(
  name: AccountTemplate,
  given: Values,
  exported: Map<string, string> = new Map()
): Pick<Template, 'Resources' | 'Outputs'> {
  const raw = readAccountTemplate(name)
  const existing = (logical: string): Resource => {
    const found = raw.Resources[logical]
    if (!found) throw new Error(`infra/${name}.yaml has no ${logical}`)
    return found
  }
  const names = namesOf(
    raw,
    parameterValues(raw, given),
    { ...PLACE, stackName: name },
    {
      id: (logical) => idOf(logical, resolved(existing(logical))),
      attribute: (logical, attribute) => attributeOf(logical, attribute, existing(logical)),
      imported(wantedName) {
        const value = exported.get(wantedName)
        if (value === undefined) throw new Error(`No export named ${wantedName} found.`)
        return value
      }
    }
  )
  const resolved = (resource: Resource): Resource => ({
    ...resource,
    Properties: Object.fromEntries(
      Object.entries(resource.Properties)
        .filter(([key]) => /(Name|Identifier|Id)$/.test(key) && key !== 'PolicyName')
        .map(([key, value]) => [key, resolve(value, names)])
    )
  })
  const broken = brokenRule(raw, names)
  if (broken !== undefined) throw new Error(broken)
  const Resources = Object.fromEntries(wanted(raw.Resources, names))
  const Outputs = Object.fromEntries(wanted(raw.Outputs, names))
  const made = resolve({ Resources, Outputs }, names) as Pick<Template, 'Resources' | 'Outputs'>
  for (const { Export, Value } of Object.values(made.Outputs)) {
    if (Export) exported.set(String(Export.Name), String(Value))
  }
  return made
}

/** Everything that a parameter adds, and what most people begin with. */
export const ACCOUNTS: Readonly<Record<'least' | 'most', Values>> = {
  least: { Egress: 'endpoints', Scheme: 'internal', ContainerInsights: 'disabled' },
  most: {
    DomainName: 'shop.example.com',
    HostedZoneId: 'Z0123456789',
    Database: 'true',
    DatabaseReplica: 'true',
    Cache: 'true',
    AccessLogsBucket: 'logs-of-ours',
    Repositories: 'auth,user,order,hub,delivery,notification,promotion,payment'
  }
}

const DOMAIN = {
  Name: 'orders',
  Port: '9001',
  Image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:1'
}
export const DOMAIN_OF: Readonly<Record<'least' | 'most' | 'failover', Values>> = {
  least: { ...DOMAIN, Https: 'false' },
  most: {
    ...DOMAIN,
    TestPort: '10001',
    UsesDatabase: 'true',
    UsesCache: 'true',
    DocumentsSecretArn: arn('secretsmanager', 'secret:documents-AbCdEf'),
    TaskPolicyArns: 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess',
    MoreAlarm: 'slow-orders',
    AlarmTopicArn: arn('sns', 'releases')
  },
  failover: { ...DOMAIN, Https: 'false', Strategy: 'failover', ServiceName: 'orders-api' }
}
