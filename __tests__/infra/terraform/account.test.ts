import { describe, expect, test } from '@jest/globals'
import { readModule, textOf } from '../../../scripts/terraform-modules.ts'
import { ACCOUNT_FORMS } from './account-forms.ts'
import { bothForms, placeholders, type Pairs } from './compare.ts'
import { misfits, validated } from './conformance.ts'
import type { Value, Values } from './values.ts'
import { evaluateModule, type Evaluated, type Planned } from './module.ts'
import { readTemplate, resolveStack } from './stack.ts'
import { differences } from './variables.ts'

const WHOLE: Values = {
  domain_name: 'shop.example.com',
  hosted_zone_id: 'Z0123456789ABCDEFGHIJ',
  access_logs_bucket: 'logs',
  repositories: ['orders', 'payments'],
  database: true,
  database_replica: true,
  cache: true
}

const OUTSIDE = {
  aws_availability_zones: { names: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'] }
}

const account = (variables: Values = {}): Promise<Evaluated> =>
  evaluateModule('account', variables, answered, OUTSIDE)

const DATABASE_SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-1'

/** What AWS answers that is no text. */
function answered(address: string, name: string): Value | undefined {
  const answers: Readonly<Record<string, Value>> = {
    'aws_acm_certificate.this[0].domain_validation_options': [
      {
        domain_name: 'shop.example.com',
        resource_record_name: '_a.shop.example.com.',
        resource_record_type: 'CNAME',
        resource_record_value: '_b.acm-validations.aws.'
      }
    ],
    'aws_db_instance.this[0].master_user_secret': [{ secret_arn: DATABASE_SECRET }]
  }
  return answers[`${address}.${name}`]
}

function one({ resources }: Evaluated, address: string): Planned {
  const found = resources.find((each) => each.address === address)
  if (!found) throw new Error(`there is no ${address}`)
  return found
}
const typed = ({ resources }: Evaluated, type: string): Planned[] =>
  resources.filter((each) => each.type === type)

/** For each variable that can be wrong, what is. */
const WRONG = [
  ['name', 'Production'],
  ['name', 'a-name-of-more-than-24-chars'],
  ['vpc_cidr', '10.0.0.0'],
  ['vpc_cidr', '10.0.0.0/8'],
  ['scheme', 'public'],
  ['container_insights', 'on'],
  ['egress', 'none'],
  ['domain_name', 'https://shop.example.com'],
  ['hosted_zone_id', 'Z0123456789ABCDEFGHIJ'],
  ['access_logs_bucket', 'x'],
  ['repositories', ['Orders']],
  ['log_retention_days', 8],
  ['database_class', 't4g.medium'],
  ['database_name', 'Shop'],
  ['database_max_gigabytes', 21],
  ['database_replica', true],
  ['database_gigabytes', 10],
  ['database_backup_days', 0],
  ['cache_node_type', 't4g.small'],
  ['cache_nodes', 0]
] as const

const zones = (...names: string[]): Pairs =>
  Object.fromEntries(
    names.flatMap((name) => {
      const [kind = '', type = '', label = ''] = name.split(' ')
      return ['A', 'B'].map((zone) => [
        `${kind}${zone}`,
        `${type}.${label}["${zone.toLowerCase()}"]`
      ])
    })
  )
const rules = (acl: string, ...names: string[]): Pairs =>
  Object.fromEntries(
    names.map((name) => [
      `${acl}Acl${name}`,
      `aws_network_acl_rule.this["${`${acl}${name}`.replaceAll(/(?<!^)([A-Z])/g, '-$1').toLowerCase()}"]`
    ])
  )
const endpoints = (names: Readonly<Record<string, string>>): Pairs =>
  Object.fromEntries(
    Object.entries(names).map(([id, service]) => [
      `${id}Endpoint`,
      `aws_vpc_endpoint.${['s3', 'dynamodb'].includes(service) ? 'gateway' : 'interface'}["${service}"]`
    ])
  )

const PAIRS: Pairs = {
  Vpc: 'aws_vpc.this',
  InternetGateway: 'aws_internet_gateway.this',
  InternetGatewayAttachment: 'aws_internet_gateway.this#vpc_id',
  ...zones('PublicSubnet aws_subnet public', 'PrivateSubnet aws_subnet private'),
  PublicRoutes: 'aws_route_table.public',
  RouteToInternet: 'aws_route.internet',
  ...zones(
    'PublicRoutes aws_route_table_association public',
    'PrivateRoutes aws_route_table private',
    'PrivateRoutesAssociation aws_route_table_association private',
    'NatAddress aws_eip nat',
    'NatGateway aws_nat_gateway this',
    'RouteToNat aws_route nat'
  ),
  ...endpoints({
    S3: 's3',
    DynamoDb: 'dynamodb',
    Ecr: 'ecr.api',
    EcrImages: 'ecr.dkr',
    Logs: 'logs',
    Secrets: 'secretsmanager',
    Parameters: 'ssm',
    Ecs: 'ecs',
    CodeDeploy: 'codedeploy',
    LoadBalancing: 'elasticloadbalancing',
    Lambda: 'lambda'
  }),
  EndpointSecurityGroup: 'aws_security_group.endpoints[0]',
  PublicAcl: 'aws_network_acl.this["public"]',
  PublicAclA: 'aws_network_acl.this["public"]#0',
  PublicAclB: 'aws_network_acl.this["public"]#1',
  PrivateAcl: 'aws_network_acl.this["private"]',
  PrivateAclA: 'aws_network_acl.this["private"]#0',
  PrivateAclB: 'aws_network_acl.this["private"]#1',
  ...rules('Public', 'HttpsIn', 'HttpIn', 'HighIn', 'InsideIn'),
  ...rules('Public', 'InsideOut', 'HttpsOut', 'HttpOut', 'HighOut'),
  ...rules('Private', 'InsideIn', 'AnswersIn', 'InsideOut', 'HttpsOut', 'HttpOut', 'HighOut'),
  LoadBalancerSecurityGroup: 'aws_security_group.load_balancer',
  LoadBalancer: 'aws_lb.this',
  Certificate: 'aws_acm_certificate.this[0]',
  Alias: 'aws_route53_record.alias[0]',
  Redirect: 'aws_lb_listener.redirect[0]',
  RedirectClients: 'aws_vpc_security_group_ingress_rule.redirect[0]',
  Cluster: 'aws_ecs_cluster.this',
  InsightsLogs: 'aws_cloudwatch_log_group.insights[0]',
  Repository1: 'aws_ecr_repository.this["orders"]',
  Repository2: 'aws_ecr_repository.this["payments"]',
  DatabaseSecurityGroup: 'aws_security_group.database[0]',
  DatabaseSubnets: 'aws_db_subnet_group.this[0]',
  DatabaseKey: 'aws_kms_key.database[0]',
  DatabaseLogs: 'aws_cloudwatch_log_group.database["postgresql"]',
  DatabaseUpgradeLogs: 'aws_cloudwatch_log_group.database["upgrade"]',
  DatabaseSecret: 'aws_secretsmanager_secret.database[0]',
  DatabaseInstance: 'aws_db_instance.this[0]',
  ReplicaInstance: 'aws_db_instance.replica[0]',
  CacheSecurityGroup: 'aws_security_group.cache[0]',
  CacheSubnets: 'aws_elasticache_subnet_group.this[0]',
  CacheToken: 'aws_secretsmanager_secret.cache_token[0]',
  CacheGroup: 'aws_elasticache_replication_group.this[0]',
  CacheUrl: 'aws_secretsmanager_secret.cache_url[0]'
}

const ONLY_ONE_HAS = {
  // CloudFormation makes the record that ACM asks for, and waits for it; secrets hold their values themselves.
  terraform: [
    'aws_route53_record.validation[0]',
    'aws_acm_certificate_validation.this[0]',
    'aws_secretsmanager_secret_version.database[0]',
    'aws_secretsmanager_secret_version.cache_token[0]',
    'aws_secretsmanager_secret_version.cache_url[0]'
  ],
  cloudFormation: {
    Certificate: ['DomainValidationOptions'],
    DatabaseSecret: ['GenerateSecretString'],
    DatabaseInstance: ['MasterUserPassword'],
    CacheToken: ['GenerateSecretString'],
    CacheGroup: ['AuthToken'],
    CacheUrl: ['SecretString']
  }
}

/** Parameters of the template, and the variables that say the same. */
const SETTINGS: Readonly<
  Record<string, { parameters: Readonly<Record<string, string>>; variables: Values }>
> = {
  'with defaults': { parameters: {}, variables: {} },
  'with everything': {
    parameters: {
      DomainName: 'shop.example.com',
      HostedZoneId: 'Z0123456789ABCDEFGHIJ',
      AccessLogsBucket: 'logs',
      Repositories: 'orders,payments',
      Database: 'true',
      DatabaseReplica: 'true',
      Cache: 'true'
    },
    variables: WHOLE
  },
  'with endpoints, inside, with other figures': {
    parameters: {
      Name: 'staging',
      VpcCidr: '10.8.0.0/18',
      Egress: 'endpoints',
      Scheme: 'internal',
      ContainerInsights: 'disabled',
      DeletionProtection: 'false',
      LogRetentionDays: '30',
      Database: 'true',
      DatabaseName: 'shop',
      DatabaseClass: 'db.r8g.large',
      DatabaseGigabytes: '200',
      DatabaseMaxGigabytes: '400',
      DatabaseMultiAz: 'false',
      DatabaseBackupDays: '30',
      Cache: 'true',
      CacheNodeType: 'cache.r7g.large',
      CacheNodes: '1'
    },
    variables: {
      name: 'staging',
      vpc_cidr: '10.8.0.0/18',
      egress: 'endpoints',
      scheme: 'internal',
      container_insights: 'disabled',
      deletion_protection: false,
      log_retention_days: 30,
      database: true,
      database_name: 'shop',
      database_class: 'db.r8g.large',
      database_gigabytes: 200,
      database_max_gigabytes: 400,
      database_multi_az: false,
      database_backup_days: 30,
      cache: true,
      cache_node_type: 'cache.r7g.large',
      cache_nodes: 1
    }
  },
  'with one NAT gateway': {
    parameters: { Egress: 'nat-gateway' },
    variables: { egress: 'nat-gateway' }
  }
}

const TEMPLATE = readTemplate('infra/account.yaml')

describe('the module account and the template account', () => {
  for (const [name, { parameters, variables }] of Object.entries(SETTINGS)) {
    test(`make the same resources with the same properties, ${name}`, async () => {
      const template = resolveStack(TEMPLATE, parameters, 'account')
      const known = placeholders(PAIRS, ACCOUNT_FORMS)
      const made = await evaluateModule(
        'account',
        variables,
        (address, attribute, type) =>
          answered(address, attribute) ?? known(address, attribute, type),
        OUTSIDE
      )
      const sides = bothForms(template, made, PAIRS, ACCOUNT_FORMS, ONLY_ONE_HAS)
      expect(sides.module).toEqual(sides.template)
    })
  }

  test('take the same settings with the same defaults and limits', async () => {
    expect(differences([TEMPLATE], await readModule('account'))).toEqual([])
  })
})

describe('the module account', () => {
  test('two zones, each with a public and a private subnet that share no address', async () => {
    const subnets = typed(await account(), 'aws_subnet').map(({ address, values }) => [
      address,
      values['availability_zone'],
      values['cidr_block']
    ])
    expect(subnets).toEqual([
      ['aws_subnet.private["a"]', 'eu-central-1a', '10.0.32.0/20'],
      ['aws_subnet.private["b"]', 'eu-central-1b', '10.0.48.0/20'],
      ['aws_subnet.public["a"]', 'eu-central-1a', '10.0.0.0/20'],
      ['aws_subnet.public["b"]', 'eu-central-1b', '10.0.16.0/20']
    ])
    const smaller = await account({ vpc_cidr: '10.8.0.0/18' })
    expect(one(smaller, 'aws_subnet.private["b"]').values['cidr_block']).toBe('10.8.48.0/20')
    // A zone that AWS adds does not move them.
    expect(one(smaller, 'aws_subnet.private["b"]').lifecycle).toEqual({
      ignore_changes: ['${availability_zone}']
    })
  })

  test.each([
    ['nat-gateways', ['a', 'b'], { a: 'a', b: 'b' }],
    ['nat-gateway', ['a'], { a: 'a', b: 'a' }],
    ['endpoints', [], {}]
  ])('egress = %s', async (egress, gateways, routes) => {
    const made = await account({ egress })
    expect(typed(made, 'aws_nat_gateway').map(({ address }) => address)).toEqual(
      gateways.map((zone) => `aws_nat_gateway.this["${zone}"]`)
    )
    const taken = typed(made, 'aws_route')
      .filter(({ address }) => address.startsWith('aws_route.nat'))
      .map(({ values }) => [values['route_table_id'], values['nat_gateway_id']])
    expect(taken).toEqual(
      Object.entries(routes).map(([zone, gateway]) => [
        `<aws_route_table.private["${zone}"].id>`,
        `<aws_nat_gateway.this["${gateway}"].id>`
      ])
    )
    const services = typed(made, 'aws_vpc_endpoint').map(
      ({ values }) => values['vpc_endpoint_type']
    )
    expect(services.filter((type) => type === 'Gateway')).toHaveLength(2)
    expect(services.filter((type) => type === 'Interface').length > 0).toBe(egress === 'endpoints')
  })

  test('private subnets have no way in from outside but answers', async () => {
    const made = await account()
    const into = typed(made, 'aws_network_acl_rule')
      .map(({ values }) => values)
      .filter(
        (values) =>
          textOf(values['network_acl_id']).includes('private') && values['egress'] === false
      )
    expect(into.map(({ cidr_block: block, from_port: from }) => [block, from])).toEqual([
      ['0.0.0.0/0', 1024],
      ['10.0.0.0/16', 0]
    ])
    const numbers = typed(made, 'aws_network_acl_rule').map(
      ({ values: { network_acl_id: acl, egress, rule_number: number } }) =>
        JSON.stringify([acl, egress, number])
    )
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  test('the load balancer is in public subnets, or in private ones if it is internal', async () => {
    expect(one(await account(), 'aws_lb.this').values).toMatchObject({
      internal: false,
      subnets: ['<aws_subnet.public["a"].id>', '<aws_subnet.public["b"].id>'],
      drop_invalid_header_fields: true,
      enable_deletion_protection: true
    })
    expect(one(await account({ scheme: 'internal' }), 'aws_lb.this').values).toMatchObject({
      internal: true,
      subnets: ['<aws_subnet.private["a"].id>', '<aws_subnet.private["b"].id>']
    })
  })

  test('with a name there are its certificate, validated, its alias and the redirect; nothing else lets anybody in', async () => {
    const made = await account(WHOLE)
    expect(one(made, 'aws_route53_record.validation[0]').values).toMatchObject({
      name: '_a.shop.example.com.',
      type: 'CNAME',
      records: ['_b.acm-validations.aws.']
    })
    expect(made.outputs['certificate_arn']).toBe('<aws_acm_certificate.this[0].arn>')
    expect(one(made, 'aws_lb_listener.redirect[0]').values).toMatchObject({
      port: 80,
      default_action: [
        {
          type: 'redirect',
          redirect: [{ protocol: 'HTTPS', port: '443', status_code: 'HTTP_301' }]
        }
      ]
    })
    const open = (module: Evaluated): Value[] =>
      typed(module, 'aws_vpc_security_group_ingress_rule')
        .filter(({ values }) => values['cidr_ipv4'] === '0.0.0.0/0')
        .map(({ values }) => values['from_port'] ?? null)
    expect(open(made)).toEqual([80])
    const without = await account()
    expect(open(without)).toEqual([])
    expect(without.outputs['certificate_arn']).toBe('')
    expect(typed(without, 'aws_lb_listener')).toEqual([])
  })

  test('the database is encrypted, backed up, in private subnets, and its password is in no state', async () => {
    const made = await account({ database: true })
    const { values } = one(made, 'aws_db_instance.this[0]')
    expect(values).toMatchObject({
      multi_az: true,
      storage_encrypted: true,
      publicly_accessible: false,
      deletion_protection: true,
      skip_final_snapshot: false,
      manage_master_user_password: true
    })
    expect(values).not.toHaveProperty('password')
    expect(made.outputs['database_secret_arn']).toBe(DATABASE_SECRET)
    expect((await account()).outputs).toMatchObject({
      database_host: null,
      database_secret_arn: null,
      database_security_group: ''
    })
  })

  test('with a replica, of which RDS keeps no password, it is made once', async () => {
    const made = await account({ database: true, database_replica: true })
    const { values } = one(made, 'aws_db_instance.this[0]')
    expect(values).not.toHaveProperty('manage_master_user_password')
    expect(values).toHaveProperty('password')
    expect(one(made, 'aws_secretsmanager_secret_version.database[0]').lifecycle).toEqual({
      ignore_changes: ['${secret_string}']
    })
    expect(made.outputs['database_secret_arn']).toBe('<aws_secretsmanager_secret.database[0].arn>')
  })

  test('the cache is encrypted, and takes over in the other zone if it has two nodes', async () => {
    const { values } = one(await account(WHOLE), 'aws_elasticache_replication_group.this[0]')
    expect(values).toMatchObject({
      automatic_failover_enabled: true,
      multi_az_enabled: true,
      at_rest_encryption_enabled: true,
      transit_encryption_enabled: true
    })
    const alone = one(
      await account({ ...WHOLE, cache_nodes: 1 }),
      'aws_elasticache_replication_group.this[0]'
    )
    expect(alone.values).toMatchObject({
      automatic_failover_enabled: false,
      multi_az_enabled: false
    })
  })

  test('a tag of an image is never moved', async () => {
    const repositories = typed(await account(WHOLE), 'aws_ecr_repository').map(
      ({ values }) => values
    )
    expect(repositories).toEqual([
      expect.objectContaining({ name: 'orders', image_tag_mutability: 'IMMUTABLE' }),
      expect.objectContaining({ name: 'payments', image_tag_mutability: 'IMMUTABLE' })
    ])
  })

  test('sets values of the types that the provider has', async () => {
    expect(misfits((await account(WHOLE)).resources)).toEqual([])
    expect(misfits((await account({ egress: 'endpoints' })).resources)).toEqual([])
  })

  test.each(WRONG)('refuses %s = %j', async (name, value) => {
    const { problems } = await account({ [name]: value })
    expect(problems).toContainEqual(expect.stringContaining(`${name} `))
  })

  test('has a wrong value of every variable in this test', async () => {
    expect([...new Set<string>(WRONG.map(([name]) => name))].toSorted()).toEqual(
      validated(await readModule('account'))
    )
  })
})
