import { describe, expect, test } from '@jest/globals'
import { readModule, textOf } from '../../../scripts/terraform-modules.ts'
import { broadWrites, idleActions } from '../iam.ts'
import { DOMAIN_FORMS } from './account-forms.ts'
import { bothForms, placeholders, statementsByAddress, type Pairs } from './compare.ts'
import { misfits, validated } from './conformance.ts'
import type { Values } from './values.ts'
import { evaluateModule, type Evaluated, type Planned } from './module.ts'
import { readTemplate, resolveStack } from './stack.ts'
import { differences } from './variables.ts'

const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:'

/** What the module account hands out, and what the template exports under other names. */
const ACCOUNT = {
  vpc_id: 'vpc-0a1b2c3d',
  vpc_cidr: '10.0.0.0/16',
  private_subnets: ['subnet-0a1b2c3d', 'subnet-4e5f6a7b'],
  cluster: 'production',
  load_balancer_arn:
    'arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/production/0123456789abcdef',
  load_balancer_full_name: 'app/production/0123456789abcdef',
  load_balancer_security_group: 'sg-0123456789abcdef0',
  certificate_arn: 'arn:aws:acm:eu-central-1:123456789012:certificate/1',
  database_host: 'production.abc.eu-central-1.rds.amazonaws.com',
  database_name: 'app',
  database_secret_arn: `${SECRET}rds!db-1`,
  database_key_arn: 'arn:aws:kms:eu-central-1:123456789012:key/1',
  database_security_group: 'sg-0d',
  cache_url_secret_arn: `${SECRET}production/cache-url-AbCdEf`,
  cache_security_group: 'sg-0e'
}
const EXPORTS = Object.fromEntries(
  Object.entries(ACCOUNT).map(([name, value]) => [
    `production-${name.replaceAll(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase())}`,
    Array.isArray(value) ? value.join(',') : value
  ])
)

const NEEDED: Values = {
  account: ACCOUNT,
  name: 'orders',
  port: 8443,
  image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:1.0.0'
}
const LEAST = {
  Name: 'orders',
  Port: '8443',
  Image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:1.0.0'
}
const WHOLE: Values = {
  test_port: 9443,
  test_client_cidr: '203.0.113.0/24',
  client_cidr: '198.51.100.0/24',
  container_port: 3000,
  health_check_path: '/up',
  cpu: 1024,
  memory: 2048,
  task_policy_arns: ['arn:aws:iam::123456789012:policy/orders'],
  uses_database: true,
  database_secret_arn: `${SECRET}orders-AbCdEf`,
  uses_cache: true,
  documents_secret_arn: `${SECRET}documents-AbCdEf`,
  documents_port: 27018,
  service_name: 'orders-service',
  application_name: 'orders-application',
  deployment_group_name: 'orders-group',
  deployment_config: 'CodeDeployDefault.ECSAllAtOnce',
  blue_stays_minutes: 60,
  errors_alarm_threshold: 5,
  more_alarm: 'orders-latency',
  min_tasks: 3,
  max_tasks: 9,
  target_cpu_percent: 50,
  deregistration_seconds: 60,
  alarm_topic_arn: 'arn:aws:sns:eu-central-1:123456789012:ring',
  log_retention_days: 30
}
/** The same as parameters of the template. */
const asParameters = (variables: Values): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name.replaceAll(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase()),
      Array.isArray(value) ? value.join(',') : textOf(value)
    ])
  )

const SETTINGS: Readonly<Record<string, Values>> = {
  'with defaults': {},
  'with everything': WHOLE,
  'without TLS, with the main user of the database, a test listener for the VPC': {
    https: false,
    uses_database: true,
    test_port: 9443
  },
  'as a failover': { strategy: 'failover' },
  'as a failover with everything': { ...WHOLE, strategy: 'failover' }
}

const scaled = (service: string, key: string): Pairs => ({
  [`${service}Scaling`]: `aws_appautoscaling_target.tasks["${key}"]`,
  [`${service}ScalingByCpu`]: `aws_appautoscaling_policy.cpu["${key}"]`
})

const PAIRS: Pairs = {
  TaskSecurityGroup: 'aws_security_group.tasks',
  LoadBalancerToTasks: 'aws_vpc_security_group_egress_rule.load_balancer_to_tasks',
  ClientsToListener: 'aws_vpc_security_group_ingress_rule.clients',
  ClientsToTestListener: 'aws_vpc_security_group_ingress_rule.test_clients[0]',
  TasksToDatabase: 'aws_vpc_security_group_ingress_rule.database[0]',
  TasksToCache: 'aws_vpc_security_group_ingress_rule.cache[0]',
  TargetGroupA: 'aws_lb_target_group.this["a"]',
  TargetGroupB: 'aws_lb_target_group.this["b"]',
  Listener: 'aws_lb_listener.production',
  TestListener: 'aws_lb_listener.test[0]',
  ExecutionRole: 'aws_iam_role.execution',
  TaskRole: 'aws_iam_role.task',
  CodeDeployRole: 'aws_iam_role.codedeploy[0]',
  Logs: 'aws_cloudwatch_log_group.this',
  TaskDefinition: 'aws_ecs_task_definition.first',
  Service: 'aws_ecs_service.this[0]',
  Prod1Service: 'aws_ecs_service.side["a"]',
  Prod2Service: 'aws_ecs_service.side["b"]',
  ...scaled('', 'service'),
  ...scaled('Prod1', 'a'),
  ...scaled('Prod2', 'b'),
  ErrorsA: 'aws_cloudwatch_metric_alarm.errors["a"]',
  ErrorsB: 'aws_cloudwatch_metric_alarm.errors["b"]',
  Application: 'aws_codedeploy_app.this[0]',
  DeploymentGroup: 'aws_codedeploy_deployment_group.this[0]'
}

const TEMPLATE = readTemplate('infra/domain.yaml')

const domain = (variables: Values = {}): Promise<Evaluated> =>
  evaluateModule('domain', { ...NEEDED, ...variables }, placeholders(PAIRS, DOMAIN_FORMS))

function one({ resources }: Evaluated, address: string): Planned {
  const found = resources.find((each) => each.address === address)
  if (!found) throw new Error(`there is no ${address}`)
  return found
}
const ignored = (planned: Planned): string[] =>
  ((planned.lifecycle['ignore_changes'] ?? []) as string[]).map((name) => name.slice(2, -1))

/** For each variable that can be wrong, what is. */
const WRONG = [
  ['account', { ...ACCOUNT, private_subnets: ['subnet-0a1b2c3d'] }],
  ['name', 'Orders'],
  ['name', 'a-name-of-more-than-26-letters'],
  ['strategy', 'canary'],
  ['port', 0],
  ['test_port', 8443],
  ['client_cidr', 'everybody'],
  ['test_client_cidr', '10.0.0.0'],
  ['image', 'orders'],
  ['container_port', 70_000],
  ['health_check_path', 'health'],
  ['cpu', 100],
  ['memory', 128],
  ['task_policy_arns', ['policy']],
  ['database_secret_arn', 'secret'],
  ['documents_secret_arn', 'secret'],
  ['documents_port', 0],
  ['service_name', 'orders service'],
  ['application_name', 'orders application'],
  ['deployment_group_name', 'orders group'],
  ['deployment_config', 'linear 10'],
  ['blue_stays_minutes', 3000],
  ['errors_alarm_threshold', 0],
  ['more_alarm', 'a'.repeat(256)],
  ['min_tasks', 0],
  ['max_tasks', 1],
  ['target_cpu_percent', 100],
  ['deregistration_seconds', 4000],
  ['alarm_topic_arn', 'topic'],
  ['log_retention_days', 8]
] as const

describe('the module domain and the template domain', () => {
  for (const [name, variables] of Object.entries(SETTINGS)) {
    test(`make the same resources with the same properties and policies, ${name}`, async () => {
      const parameters = { ...LEAST, ...asParameters(variables) }
      const template = resolveStack(TEMPLATE, parameters, 'orders', EXPORTS)
      const sides = bothForms(template, await domain(variables), PAIRS, DOMAIN_FORMS)
      expect(sides.module).toEqual(sides.template)
    })
  }

  test('take the same settings with the same defaults and limits', async () => {
    // The template imports what the other one exports, by its name; the module is handed it.
    expect(differences([TEMPLATE], await readModule('domain'), ['account'])).toEqual([])
  })
})

describe('the module domain', () => {
  test('the service is of CodeDeploy, and Terraform leaves alone what a release and autoscaling move', async () => {
    const made = await domain(WHOLE)
    const service = one(made, 'aws_ecs_service.this[0]')
    expect(service.values['deployment_controller']).toEqual([{ type: 'CODE_DEPLOY' }])
    // ECS API reference, UpdateService: with this controller only count, deployment configuration, grace period,
    // placement, managed tags and the propagation of tags can be updated.
    expect(ignored(service)).toEqual([
      'task_definition',
      'load_balancer',
      'network_configuration',
      'platform_version',
      'desired_count'
    ])
    expect(ignored(one(made, 'aws_lb_listener.production'))).toEqual(['default_action'])
    expect(ignored(one(made, 'aws_lb_listener.test[0]'))).toEqual(['default_action'])
  })

  test('of a failover the sides are services of ECS, whose revision and count are left alone', async () => {
    const made = await domain({ strategy: 'failover' })
    for (const letter of ['a', 'b']) {
      const service = one(made, `aws_ecs_service.side["${letter}"]`)
      expect(service.values['deployment_controller']).toEqual([{ type: 'ECS' }])
      expect(ignored(service)).toEqual(['task_definition', 'desired_count'])
    }
    expect(ignored(one(made, 'aws_lb_listener.production'))).toEqual(['default_action'])
    expect(made.outputs).toMatchObject({
      service_name: null,
      sides:
        'prod1=orders-prod1,prod2=orders-prod2,prod1-service=orders-prod1,prod2-service=orders-prod2'
    })
  })

  test('every line of a security group says what it is for, and only clients come from outside', async () => {
    const { resources } = await domain({ ...WHOLE, client_cidr: '0.0.0.0/0' })
    const rules = resources.filter(({ type }) => type.startsWith('aws_vpc_security_group_'))
    expect(rules).toHaveLength(12)
    for (const { address, values } of rules)
      expect([address, values['description']]).toEqual([address, expect.stringMatching(/\S/)])
    const open = rules.filter(
      ({ type, values }) => type.includes('ingress') && values['cidr_ipv4'] === '0.0.0.0/0'
    )
    expect(open.map(({ address }) => address)).toEqual([
      'aws_vpc_security_group_ingress_rule.clients'
    ])
  })

  test('allows no write on * that can be limited, and sets values of the types that the provider has', async () => {
    const { resources } = await domain(WHOLE)
    const statements = statementsByAddress(resources)
    expect(await broadWrites(statements)).toEqual([])
    expect(await idleActions(statements)).toEqual([])
    expect(misfits(resources)).toEqual([])
    expect(misfits((await domain({ strategy: 'failover' })).resources)).toEqual([])
  })

  test.each(WRONG)('refuses %s = %j', async (name, value) => {
    const { problems } = await domain({ [name]: value })
    expect(problems).toContainEqual(expect.stringContaining(`${name} must `))
  })

  test('has a wrong value of every variable in this test', async () => {
    expect([...new Set<string>(WRONG.map(([name]) => name))].toSorted()).toEqual(
      validated(await readModule('domain'))
    )
  })
})
