import { describe, expect, test } from '@jest/globals'
import { readModule, textOf } from '../../../scripts/terraform-modules.ts'
import { misfits, validated } from './conformance.ts'
import type { Value, Values } from './expression.ts'
import { evaluateModule, type Evaluated, type Planned } from './module.ts'

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
  evaluateModule('account', variables, attribute, OUTSIDE)

const DATABASE_SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-1'

/** What AWS answers that is no text. */
function attribute(address: string, name: string): Value | undefined {
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
  ['zones', ['eu-central-1a']],
  ['zones', ['eu-central-1a', 'eu-central-1a']],
  ['egress', 'none'],
  ['domain_name', 'https://shop.example.com'],
  ['hosted_zone_id', 'Z0123456789ABCDEFGHIJ'],
  ['access_logs_bucket', 'x'],
  ['repositories', ['Orders']],
  ['log_retention_days', 8],
  ['database_class', 't4g.medium'],
  ['database_version', '17.2'],
  ['database_gigabytes', 10],
  ['database_backup_days', 0],
  ['cache_node_type', 't4g.small'],
  ['cache_nodes', 0]
] as const

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
    const named = await account({
      zones: ['eu-central-1c', 'eu-central-1b'],
      vpc_cidr: '10.8.0.0/20'
    })
    expect(one(named, 'aws_subnet.private["a"]').values).toMatchObject({
      availability_zone: 'eu-central-1c',
      cidr_block: '10.8.2.0/24'
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
    expect(one(await account({ internal: true }), 'aws_lb.this').values).toMatchObject({
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
    const made = await account(WHOLE)
    const { values } = one(made, 'aws_db_instance.this[0]')
    expect(values).toMatchObject({
      engine: 'postgres',
      multi_az: true,
      storage_encrypted: true,
      publicly_accessible: false,
      backup_retention_period: 14,
      deletion_protection: true,
      skip_final_snapshot: false,
      manage_master_user_password: true
    })
    expect(values).not.toHaveProperty('password')
    expect(made.outputs['database_secret_arn']).toBe(DATABASE_SECRET)
    expect(one(made, 'aws_kms_key.database[0]')).toMatchObject({
      values: { enable_key_rotation: true },
      lifecycle: { prevent_destroy: true }
    })
    expect(one(made, 'aws_db_instance.replica[0]').values).toMatchObject({
      replicate_source_db: 'production',
      storage_encrypted: true,
      publicly_accessible: false
    })
    const without = await account()
    expect(typed(without, 'aws_db_instance')).toEqual([])
    expect(without.outputs).toMatchObject({
      database_address: null,
      database_secret_arn: null,
      database_security_group: ''
    })
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
