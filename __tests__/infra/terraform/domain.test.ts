import { describe, expect, test } from '@jest/globals'
import { readModule } from '../../../scripts/terraform-modules.ts'
import { broadWrites, idleActions } from '../iam.ts'
import { statementsByAddress } from './compare.ts'
import { misfits, validated } from './conformance.ts'
import type { Values } from './expression.ts'
import { evaluateModule, type Evaluated, type Planned } from './module.ts'

const NEEDED: Values = {
  name: 'orders',
  port: 8443,
  image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:1.0.0',
  cluster_name: 'production',
  vpc_id: 'vpc-0a1b2c3d',
  subnets: ['subnet-0a1b2c3d', 'subnet-4e5f6a7b'],
  load_balancer_arn:
    'arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/production/0123456789abcdef',
  load_balancer_security_group: 'sg-0123456789abcdef0'
}
const WHOLE: Values = {
  test_port: 9443,
  test_clients: ['10.0.0.0/16'],
  certificate_arn: 'arn:aws:acm:eu-central-1:123456789012:certificate/1',
  database_security_group: 'sg-0d',
  cache_security_group: 'sg-0e',
  environment: { LOG_LEVEL: 'info' },
  secrets: {
    DATABASE_USER: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:db-AbCdEf:username::',
    DATABASE_PASSWORD:
      'arn:aws:secretsmanager:eu-central-1:123456789012:secret:db-AbCdEf:password::',
    FLAGS: 'arn:aws:ssm:eu-central-1:123456789012:parameter/orders/flags'
  },
  secret_key_arns: ['arn:aws:kms:eu-central-1:123456789012:key/1'],
  task_policy_arns: ['arn:aws:iam::123456789012:policy/orders'],
  alarm_topic_arn: 'arn:aws:sns:eu-central-1:123456789012:ring',
  more_alarms: ['orders-latency']
}

const domain = (variables: Values = {}): Promise<Evaluated> =>
  evaluateModule('domain', { ...NEEDED, ...variables })

function one({ resources }: Evaluated, address: string): Planned {
  const found = resources.find((each) => each.address === address)
  if (!found) throw new Error(`there is no ${address}`)
  return found
}
const typed = ({ resources }: Evaluated, type: string): string[] =>
  resources.filter((each) => each.type === type).map(({ address }) => address)
const ignored = (planned: Planned): string[] =>
  ((planned.lifecycle['ignore_changes'] ?? []) as string[]).map((name) => name.slice(2, -1))

/** For each variable that can be wrong, what is. */
const WRONG = [
  ['name', 'Orders'],
  ['name', 'a-name-of-more-than-26-letters'],
  ['port', 0],
  ['test_port', 8443],
  ['clients', ['everybody']],
  ['test_clients', ['10.0.0.0']],
  ['certificate_arn', 'certificate'],
  ['cluster_name', 'arn:aws:ecs:eu-central-1:123456789012:cluster/production'],
  ['vpc_id', 'production'],
  ['subnets', ['subnet-0a1b2c3d']],
  [
    'load_balancer_arn',
    'arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/n/1'
  ],
  ['load_balancer_security_group', 'load-balancer'],
  ['database_security_group', 'database'],
  ['cache_security_group', 'cache'],
  ['image', 'orders'],
  ['container_port', 70_000],
  ['health_check_path', 'health'],
  ['cpu', 100],
  ['memory', 128],
  ['environment', { 'A-B': 'x' }],
  ['secrets', { A: 'password' }],
  ['secret_key_arns', ['alias/key']],
  ['task_policy_arns', ['policy']],
  ['min_tasks', 0],
  ['max_tasks', 1],
  ['target_cpu_percent', 100],
  ['deployment_config', 'linear 10'],
  ['blue_stays_minutes', 3000],
  ['errors_alarm_threshold', 0],
  ['more_alarms', Array.from({ length: 9 }, (_, at) => `alarm-${at}`)],
  ['alarm_topic_arn', 'topic'],
  ['log_retention_days', 8]
] as const

describe('the module domain', () => {
  test('the service is of CodeDeploy, and Terraform leaves alone what a release and autoscaling move', async () => {
    const made = await domain()
    const service = one(made, 'aws_ecs_service.this')
    expect(service.values).toMatchObject({
      name: 'orders',
      cluster: 'production',
      deployment_controller: [{ type: 'CODE_DEPLOY' }],
      network_configuration: [{ assign_public_ip: false }]
    })
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
  })

  test('the test listener is moved too, and left alone', async () => {
    const made = await domain(WHOLE)
    expect(ignored(one(made, 'aws_lb_listener.test[0]'))).toEqual(['default_action'])
    expect(typed(await domain(), 'aws_lb_listener')).toEqual(['aws_lb_listener.production'])
  })

  test.each([
    ['without a test listener', {}, 0],
    ['with one', WHOLE, 1]
  ])('the deployment group moves one pair of target groups, %s', async (_, variables, tests) => {
    const made = await domain(variables)
    const { values } = one(made, 'aws_codedeploy_deployment_group.this')
    expect(values).toMatchObject({
      app_name: 'AppECS-production-orders',
      deployment_group_name: 'DgpECS-production-orders',
      deployment_style: [
        { deployment_option: 'WITH_TRAFFIC_CONTROL', deployment_type: 'BLUE_GREEN' }
      ],
      ecs_service: [{ cluster_name: 'production', service_name: 'orders' }],
      auto_rollback_configuration: [
        {
          enabled: true,
          events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST']
        }
      ],
      load_balancer_info: [
        {
          target_group_pair_info: [
            {
              prod_traffic_route: [{ listener_arns: ['<aws_lb_listener.production.arn>'] }],
              target_group: [{ name: 'orders-a' }, { name: 'orders-b' }]
            }
          ]
        }
      ]
    })
    const [{ target_group_pair_info: pairs = [] } = {}] = values['load_balancer_info'] as Values[]
    const [pair = {}] = pairs as Values[]
    expect(pair['test_traffic_route'] ?? []).toHaveLength(tests)
    expect(values['alarm_configuration']).toEqual([
      {
        enabled: true,
        alarms: ['orders-errors-a', 'orders-errors-b', ...(tests === 1 ? ['orders-latency'] : [])]
      }
    ])
  })

  test('each of the two target groups has its alarm, named as CloudWatch does', async () => {
    const made = await domain()
    expect(one(made, 'aws_cloudwatch_metric_alarm.errors["b"]').values).toMatchObject({
      alarm_name: 'orders-errors-b',
      dimensions: {
        LoadBalancer: 'app/production/0123456789abcdef',
        TargetGroup: '<aws_lb_target_group.this["b"].arn_suffix>'
      }
    })
  })

  test('HTTPS with a modern policy if there is a certificate, else HTTP', async () => {
    expect(one(await domain(WHOLE), 'aws_lb_listener.production').values).toMatchObject({
      protocol: 'HTTPS',
      ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      certificate_arn: WHOLE['certificate_arn']
    })
    const plain = one(await domain(), 'aws_lb_listener.production').values
    expect(plain).toMatchObject({ protocol: 'HTTP' })
    expect(plain).not.toHaveProperty('ssl_policy')
  })

  test('the execution role reads the secrets of the container and no others', async () => {
    const statements = statementsByAddress((await domain(WHOLE)).resources)
    expect(statements['aws_iam_role_policy.execution']).toEqual(
      expect.arrayContaining([
        {
          Sid: 'ReadSecrets',
          Effect: 'Allow',
          Action: ['secretsmanager:GetSecretValue'],
          Resource: ['arn:aws:secretsmanager:eu-central-1:123456789012:secret:db-AbCdEf']
        },
        {
          Sid: 'ReadParameters',
          Effect: 'Allow',
          Action: ['ssm:GetParameters'],
          Resource: ['arn:aws:ssm:eu-central-1:123456789012:parameter/orders/flags']
        }
      ])
    )
    const without = statementsByAddress((await domain()).resources)['aws_iam_role_policy.execution']
    expect(without?.map(({ Sid }) => Sid)).toEqual(['LogInToRegistry', 'PullImages', 'WriteLogs'])
  })

  test('the container is that of the image, with environment, secrets and logs', async () => {
    const { values } = one(await domain(WHOLE), 'aws_ecs_task_definition.first')
    expect(JSON.parse(values['container_definitions'] as string)).toEqual([
      {
        name: 'orders',
        image: NEEDED['image'],
        essential: true,
        stopTimeout: 30,
        portMappings: [{ containerPort: 8080, protocol: 'tcp' }],
        environment: [{ name: 'LOG_LEVEL', value: 'info' }],
        secrets: Object.entries(WHOLE['secrets'] as object)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, valueFrom]) => ({ name, valueFrom: valueFrom as unknown })),
        logConfiguration: {
          logDriver: 'awslogs',
          options: {
            'awslogs-group': '/ecs/orders',
            'awslogs-region': 'eu-central-1',
            'awslogs-stream-prefix': 'orders'
          }
        }
      }
    ])
  })

  test('every line of a security group says what it is for, and only clients come from outside', async () => {
    const { resources } = await domain(WHOLE)
    const rules = resources.filter(({ type }) => type.startsWith('aws_vpc_security_group_'))
    expect(rules).toHaveLength(7)
    for (const { address, values } of rules)
      expect([address, values['description']]).toEqual([address, expect.stringMatching(/\.$/)])
    const open = rules.filter(
      ({ type, values }) => type.includes('ingress') && values['cidr_ipv4'] === '0.0.0.0/0'
    )
    expect(open.map(({ address }) => address)).toEqual([
      'aws_vpc_security_group_ingress_rule.clients["0.0.0.0/0"]'
    ])
  })

  test('allows no write on * that can be limited, and sets values of the types that the provider has', async () => {
    const { resources } = await domain(WHOLE)
    const statements = statementsByAddress(resources)
    expect(await broadWrites(statements)).toEqual([])
    expect(await idleActions(statements)).toEqual([])
    expect(misfits(resources)).toEqual([])
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
