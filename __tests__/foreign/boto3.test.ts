import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { openLab } from '../emulator/lab.ts'
import type { Lab } from '../emulator/lab.ts'
import { describeUnless } from '../helpers/needs.ts'
import { boto3, hasBoto3 } from './clients/boto3.ts'
import type { Boto3 } from './clients/boto3.ts'
import { operationsOf } from '../emulator/conformance/stage.ts'

const missing = hasBoto3() ? undefined : 'no `python3` with boto3 >= 1.28 on the PATH'

/** One more than CodeDeploy's page of 100. */
const APPLICATIONS = 101

describeUnless(missing, 'boto3', () => {
  let lab: Lab
  let client: Boto3
  let approved: string

  beforeAll(async () => {
    lab = await openLab({ gateAnswers: 'Succeeded' })
    client = boto3(lab.emulator.environment)
    const { operations, world } = lab.emulator
    for (let number = 1; number < APPLICATIONS; number++)
      operations.codedeploy.CreateApplication(
        { applicationName: `app-${number}`, computePlatform: 'ECS' },
        world
      )
    world.alarms.put('5xx', 'OK')
    approved = await lab.release()
  })
  afterAll(async () => {
    client.close()
    await lab.close()
  })

  it('asks in CBOR what its models list CBOR for', async () => {
    const protocols = ['codedeploy', 'cloudwatch', 'ecs'].map(
      async (service) => (await client.about(service, [])).protocol
    )
    expect(await Promise.all(protocols)).toEqual([
      'smithy-rpc-v2-cbor',
      'smithy-rpc-v2-cbor',
      'json'
    ])
  })

  const names = () => ({ cluster: lab.demo.cluster, service: lab.demo.service })
  /** Of blue, which is gone, or of green. */
  const tasks = (lastStatus: string) => ({
    cluster: lab.demo.cluster,
    tasks: [...lab.emulator.world.ecs.tasks.values()]
      .filter((task) => task.lastStatus === lastStatus)
      .map(({ arn }) => arn)
  })

  it.each<[string, string, () => object]>([
    ['codedeploy', 'deployment_successful', () => ({ deploymentId: approved })],
    ['ecs', 'tasks_running', () => tasks('RUNNING')],
    ['ecs', 'tasks_stopped', () => tasks('STOPPED')],
    ['elbv2', 'target_in_service', () => ({ TargetGroupArn: lab.demo.targetGroupArns[1] })],
    ['elbv2', 'load_balancer_available', () => ({ Names: ['shop'] })],
    ['elbv2', 'load_balancer_exists', () => ({ Names: ['shop'] })],
    ['elbv2', 'load_balancers_deleted', () => ({ Names: ['none'] })],
    ['cloudwatch', 'alarm_exists', () => ({ AlarmNames: ['5xx'] })],
    ['lambda', 'function_exists', () => ({ FunctionName: lab.demo.gate.name })]
  ])('the waiter %s %s ends', async (service, waiter, input) => {
    expect(await client.wait(service, waiter, { ...input() })).toEqual({ output: {} })
  })

  it('the waiter services_stable never ends for a service of CodeDeploy, which lists no deployment', async () => {
    const { cluster, service } = names()
    const input = { cluster, services: [service], WaiterConfig: { Delay: 15, MaxAttempts: 4 } }
    // Seen of AWS: ecspresso#500.
    expect(await client.wait('ecs', 'services_stable', input)).toEqual({
      refused: 'Waiter ServicesStable failed: Max attempts exceeded'
    })
  })

  it('the waiter deployment_successful says that a stopped one has failed', async () => {
    const stopped = await lab.release({ version: '3', hooks: {} })
    await lab.stop(stopped)
    const answer = await client.wait('codedeploy', 'deployment_successful', {
      deploymentId: stopped
    })
    expect(answer).toMatchObject({
      refused: expect.stringContaining('Waiter encountered a terminal failure state')
    })
  })

  interface Paging {
    readonly service: string
    readonly operation: string
    readonly input: () => object
    /** The member in which the items are, and how many there are. */
    readonly member: string
    readonly items: number
    readonly pages: number
  }

  const page = { PaginationConfig: { PageSize: 1 } }
  const PAGINATORS: readonly Paging[] = [
    {
      service: 'codedeploy',
      operation: 'ListApplications',
      input: () => ({}),
      member: 'applications',
      items: APPLICATIONS,
      pages: 2
    },
    {
      service: 'codedeploy',
      operation: 'ListDeploymentConfigs',
      input: () => ({}),
      member: 'deploymentConfigsList',
      items: 5,
      pages: 1
    },
    {
      service: 'codedeploy',
      operation: 'ListDeploymentGroups',
      input: () => ({ applicationName: lab.demo.application }),
      member: 'deploymentGroups',
      items: 1,
      pages: 1
    },
    {
      service: 'codedeploy',
      operation: 'ListDeployments',
      input: () => ({ includeOnlyStatuses: ['Succeeded'] }),
      member: 'deployments',
      items: 1,
      pages: 1
    },
    {
      service: 'codedeploy',
      operation: 'ListDeploymentTargets',
      input: () => ({ deploymentId: approved }),
      member: 'targetIds',
      items: 1,
      pages: 1
    },
    {
      service: 'ecs',
      operation: 'ListTasks',
      input: () => ({ cluster: names().cluster, ...page }),
      member: 'taskArns',
      items: 2,
      pages: 2
    },
    {
      service: 'ecs',
      operation: 'ListClusters',
      input: () => ({ ...page }),
      member: 'clusterArns',
      items: 2,
      pages: 2
    },
    {
      service: 'ecs',
      operation: 'ListServices',
      input: () => ({ cluster: names().cluster, ...page }),
      member: 'serviceArns',
      items: 1,
      pages: 1
    },
    {
      service: 'ecs',
      operation: 'ListTaskDefinitions',
      input: () => ({ ...page }),
      member: 'taskDefinitionArns',
      items: 3,
      pages: 3
    },
    {
      service: 'elasticloadbalancing',
      operation: 'DescribeLoadBalancers',
      input: () => ({ ...page }),
      member: 'LoadBalancers',
      items: 1,
      pages: 1
    },
    {
      service: 'elasticloadbalancing',
      operation: 'DescribeTargetGroups',
      input: () => ({ ...page }),
      member: 'TargetGroups',
      items: 2,
      pages: 2
    },
    {
      service: 'elasticloadbalancing',
      operation: 'DescribeListeners',
      input: () => ({
        LoadBalancerArn: [...lab.emulator.world.elb.loadBalancers.keys()][0],
        ...page
      }),
      member: 'Listeners',
      items: 2,
      pages: 2
    },
    {
      service: 'elasticloadbalancing',
      operation: 'DescribeRules',
      input: () => ({ ListenerArn: lab.demo.productionListenerArn, ...page }),
      member: 'Rules',
      items: 1,
      pages: 1
    },
    {
      service: 'cloudwatch',
      operation: 'DescribeAlarms',
      input: () => ({}),
      member: 'MetricAlarms',
      items: 1,
      pages: 1
    },
    {
      service: 'cloudwatch',
      operation: 'GetMetricData',
      input: () => ({
        StartTime: '2026-01-01T00:00:00Z',
        EndTime: '2026-01-01T01:00:00Z',
        MetricDataQueries: []
      }),
      member: 'MetricDataResults',
      items: 0,
      pages: 1
    },
    {
      service: 'ecr',
      operation: 'DescribeImages',
      input: () => ({ repositoryName: 'orders', imageIds: [{ imageTag: '1' }] }),
      member: 'imageDetails',
      items: 1,
      pages: 1
    },
    {
      service: 'ecr',
      operation: 'DescribePullThroughCacheRules',
      input: () => ({}),
      member: 'pullThroughCacheRules',
      items: 0,
      pages: 1
    },
    {
      service: 'logs',
      operation: 'DescribeLogGroups',
      input: () => ({ logGroupNamePrefix: '/ecs/' }),
      member: 'logGroups',
      items: 1,
      pages: 1
    },
    {
      service: 'ssm',
      operation: 'DescribeParameters',
      input: () => ({ ParameterFilters: [{ Key: 'Name', Option: 'Equals', Values: ['none'] }] }),
      member: 'Parameters',
      items: 0,
      pages: 1
    }
  ]

  it.each(PAGINATORS.map((each) => [`${each.service} ${each.operation}`, each] as const))(
    'the paginator %s finds everything',
    async (_, { service, operation, input, member, items, pages }) => {
      const answer = await client.paginate(service, operation, { ...input() })
      const found = 'output' in answer ? answer.output[member] : answer
      expect({ count: Array.isArray(found) ? found.length : found, pages: answer.pages }).toEqual({
        count: items,
        pages
      })
    }
  )

  it('has no other paginator for what is emulated', async () => {
    const own = operationsOf(lab.emulator).map((each) => each.split(':'))
    const services = [...new Set(own.map(([service = '']) => service))]
    const found = services.map(async (service) => {
      const operations = own.flatMap(([of, name = '']) => (of === service ? [name] : []))
      const { paged } = await client.about(service, operations)
      return Array.isArray(paged) ? paged.map((name) => `${service} ${String(name)}`) : []
    })
    const tested = PAGINATORS.map(({ service, operation }) => `${service} ${operation}`)
    expect((await Promise.all(found)).flat().toSorted()).toEqual(tested.toSorted())
  })
})
