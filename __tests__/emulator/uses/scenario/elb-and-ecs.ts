import type { NormalizedSchema } from '@smithy/core/schema'
import { fill } from '../members.ts'
import type { Probe } from '../probe.ts'

const NETWORK = {
  awsvpcConfiguration: {
    subnets: ['subnet-1'],
    securityGroups: ['sg-1'],
    assignPublicIp: 'DISABLED'
  }
}
const STRATEGY = [{ capacityProvider: 'FARGATE', weight: 1, base: 1 }]
const DEPLOYMENT = {
  deploymentConfiguration: {
    maximumPercent: 150,
    minimumHealthyPercent: 50,
    deploymentCircuitBreaker: { enable: true, rollback: true }
  }
}
const TAGS = [{ key: 'team', value: 'shop' }]

/** What the other services are about. */
export interface Ground {
  readonly production: string
  readonly testListener: string
}

function text(answer: Readonly<Record<string, unknown>>, list: string, member: string): string {
  const [first] = answer[list] as readonly Readonly<Record<string, string>>[]
  return first?.[member] ?? ''
}

/** Load balancers, listeners, rules and target groups, each member of each request somewhere. */
export async function balance(probe: Probe): Promise<Ground & { readonly group: string }> {
  const elb = (name: string, input: object) => probe.call(`elasticloadbalancing:${name}`, input)
  const balancer = text(
    await elb('CreateLoadBalancer', {
      Name: 'shop',
      Scheme: 'internal',
      SecurityGroups: ['sg-1'],
      Subnets: ['subnet-1', 'subnet-2']
    }),
    'LoadBalancers',
    'LoadBalancerArn'
  )
  const group = async (Name: string): Promise<string> =>
    text(
      await elb('CreateTargetGroup', {
        Name,
        Port: 8080,
        TargetType: 'ip',
        VpcId: 'vpc-1',
        HealthCheckIntervalSeconds: 10,
        HealthCheckPath: '/health',
        HealthCheckTimeoutSeconds: 2,
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 2,
        Matcher: { HttpCode: '200' }
      }),
      'TargetGroups',
      'TargetGroupArn'
    )
  const blue = await group('blue')
  const green = await group('green')
  const stored = probe.emulator.world.elb.targetGroups
  const plain = [{ Type: 'forward', TargetGroupArn: blue }]
  const weighted = [
    {
      Type: 'forward',
      ForwardConfig: {
        TargetGroups: [
          { TargetGroupArn: blue, Weight: 1 },
          { TargetGroupArn: green, Weight: 0 }
        ],
        TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 60 }
      }
    }
  ]
  const listener = async (Port: number, DefaultActions: unknown): Promise<string> =>
    text(
      await elb('CreateListener', { LoadBalancerArn: balancer, Port, DefaultActions }),
      'Listeners',
      'ListenerArn'
    )
  const production = await listener(80, plain)
  const testListener = await listener(81, weighted)
  await elb('ModifyListener', { ListenerArn: testListener, Port: 81, DefaultActions: plain })
  await elb('ModifyListener', { ListenerArn: testListener, DefaultActions: weighted })
  const conditions = [
    [{ Field: 'path-pattern', Values: ['/a'] }],
    [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/b'] } }]
  ]
  for (const [index, Conditions] of conditions.entries()) {
    const Actions = index === 0 ? plain : weighted
    const made = await elb('CreateRule', {
      ListenerArn: production,
      Priority: index + 1,
      Conditions,
      Actions
    })
    const RuleArn = text(made, 'Rules', 'RuleArn')
    for (const each of [weighted, plain]) await elb('ModifyRule', { RuleArn, Actions: each })
    await elb('DescribeRules', { RuleArns: [RuleArn] })
  }
  await answers(probe, production, plain)
  await checks(probe, balancer, weighted)
  const more = { Marker: Buffer.from('from:0').toString('base64'), PageSize: 1 }
  await elb('DescribeRules', { ListenerArn: production, ...more })
  await elb('DescribeListeners', { LoadBalancerArn: balancer, ...more })
  await elb('DescribeListeners', { ListenerArns: [production] })
  await elb('DescribeLoadBalancers', { Names: ['shop'], ...more })
  await elb('DescribeLoadBalancers', { LoadBalancerArns: [balancer] })
  await elb('DescribeTargetGroups', { Names: ['blue'], ...more })
  await elb('DescribeTargetGroups', { TargetGroupArns: [blue] })
  await elb('DescribeTargetGroups', { LoadBalancerArn: balancer })
  await elb('ModifyTargetGroupAttributes', {
    TargetGroupArn: green,
    Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '1' }]
  })
  await elb('DescribeTargetGroupAttributes', { TargetGroupArn: green })
  const targets = { TargetGroupArn: green, Targets: [{ Id: '127.0.0.1', Port: 9 }] }
  for (const name of ['RegisterTargets', 'DescribeTargetHealth', 'DeregisterTargets'])
    await elb(name, targets)
  if (stored.size !== 2) throw new Error('two target groups were to be made')
  return { production, testListener, group: blue }
}

/** An HTTPS listener, and a rule of it, that ask who a client is before they forward. */
async function checks(
  probe: Probe,
  LoadBalancerArn: string,
  forward: readonly object[]
): Promise<void> {
  const elb = (name: string, input: object) => probe.call(`elasticloadbalancing:${name}`, input)
  const session = {
    SessionCookieName: 'session',
    Scope: 'openid',
    SessionTimeout: 60,
    AuthenticationRequestExtraParams: { prompt: 'login' },
    OnUnauthenticatedRequest: 'authenticate'
  }
  const site = 'https://login.example.com'
  const actionsWith = (secret: object): object[] => [
    {
      Type: 'authenticate-oidc',
      Order: 1,
      AuthenticateOidcConfig: {
        ...session,
        ...secret,
        Issuer: site,
        AuthorizationEndpoint: `${site}/authorize`,
        TokenEndpoint: `${site}/token`,
        UserInfoEndpoint: `${site}/userinfo`,
        ClientId: 'orders'
      }
    },
    {
      Type: 'authenticate-cognito',
      Order: 2,
      AuthenticateCognitoConfig: {
        ...session,
        UserPoolArn: 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/1',
        UserPoolClientId: 'orders',
        UserPoolDomain: 'orders'
      }
    },
    {
      Type: 'jwt-validation',
      Order: 3,
      JwtValidationConfig: {
        JwksEndpoint: `${site}/jwks`,
        Issuer: site,
        AdditionalClaims: [{ Format: 'single-string', Name: 'scope', Values: ['orders'] }]
      }
    },
    ...forward.map((action) => ({ ...action, Order: 4 }))
  ]
  const given = actionsWith({ ClientSecret: 'secret', UseExistingClientSecret: false })
  const kept = actionsWith({ UseExistingClientSecret: true })
  const made = await elb('CreateListener', {
    LoadBalancerArn,
    Port: 443,
    Protocol: 'HTTPS',
    Certificates: [{ CertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/1' }],
    DefaultActions: given
  })
  const ListenerArn = text(made, 'Listeners', 'ListenerArn')
  for (const DefaultActions of [given, kept]) {
    await elb('ModifyListener', { ListenerArn, Protocol: 'HTTPS', DefaultActions })
  }
  const rule = await elb('CreateRule', {
    ListenerArn,
    Priority: 1,
    Conditions: [{ Field: 'path-pattern', Values: ['/a'] }],
    Actions: given
  })
  const RuleArn = text(rule, 'Rules', 'RuleArn')
  for (const Actions of [given, kept]) await elb('ModifyRule', { RuleArn, Actions })
}

/** Listeners and rules that answer by themselves, and rules with a condition of each kind. */
async function answers(probe: Probe, listener: string, plain: object): Promise<void> {
  const elb = (name: string, input: object) => probe.call(`elasticloadbalancing:${name}`, input)
  const fixed = [
    {
      Type: 'fixed-response',
      FixedResponseConfig: { StatusCode: '404', ContentType: 'text/plain', MessageBody: 'none' }
    }
  ]
  const redirect = [
    {
      Type: 'redirect',
      RedirectConfig: {
        StatusCode: 'HTTP_301',
        Protocol: 'HTTPS',
        Host: 'shop.example.com',
        Port: '443',
        Path: '/shop/#{path}',
        Query: '#{query}'
      }
    }
  ]
  const conditions = [
    [{ Field: 'host-header', HostHeaderConfig: { Values: ['shop.example.com'] } }],
    [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Test', Values: ['yes'] } }],
    [{ Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['GET'] } }],
    [{ Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'v', Value: '2' }] } }],
    [{ Field: 'source-ip', SourceIpConfig: { Values: ['127.0.0.0/8'] } }],
    [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/c'] } }],
    [{ Field: 'path-pattern', Values: ['/d'] }]
  ]
  for (const [index, Conditions] of conditions.entries()) {
    const Actions = index % 2 === 0 ? fixed : redirect
    const priority = { ListenerArn: listener, Priority: 100 + index }
    const made = await elb('CreateRule', { ...priority, Conditions, Actions })
    const RuleArn = text(made, 'Rules', 'RuleArn')
    await elb('ModifyRule', { RuleArn, Conditions, Actions })
  }
  for (const DefaultActions of [fixed, redirect, plain])
    await elb('ModifyListener', { ListenerArn: listener, DefaultActions })
  const LoadBalancerArn = listener.replace(':listener/', ':loadbalancer/').replace(/\/[^/]+$/, '')
  for (const [index, DefaultActions] of [fixed, redirect].entries())
    await elb('CreateListener', { LoadBalancerArn, Port: 90 + index, DefaultActions })
}

/** Clusters, definitions, services and tasks. `registration` is the schema of RegisterTaskDefinition. */
export async function run(
  probe: Probe,
  group: string,
  registration: NormalizedSchema
): Promise<void> {
  const ecs = (name: string, input: object) => probe.call(`ecs:${name}`, input)
  const cluster = 'shop'
  const settings = [{ name: 'containerInsights', value: 'enabled' }]
  await ecs('CreateCluster', { clusterName: cluster, settings, tags: TAGS })
  await ecs('DescribeClusters', { clusters: [cluster] })
  await ecs('RegisterTaskDefinition', fill(registration) as object)
  await ecs('RegisterTaskDefinition', {
    family: 'orders',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    containerDefinitions: [
      { name: 'app', image: 'orders:1', portMappings: [{ containerPort: 8080 }] }
    ]
  })
  const taskDefinition = 'orders:1'
  await ecs('DescribeTaskDefinition', { taskDefinition, include: ['TAGS'] })
  const page = { maxResults: 1, nextToken: Buffer.from('0').toString('base64') }
  await ecs('ListTaskDefinitions', {
    familyPrefix: 'orders',
    status: 'ACTIVE',
    sort: 'DESC',
    ...page
  })
  await ecs('DeregisterTaskDefinition', { taskDefinition: 'x:1' })
  const balanced = {
    loadBalancers: [{ targetGroupArn: group, containerName: 'app', containerPort: 8080 }]
  }
  const service = { cluster, taskDefinition, desiredCount: 1, ...balanced, ...DEPLOYMENT }
  await ecs('CreateService', {
    ...service,
    serviceName: 'orders',
    deploymentController: { type: 'CODE_DEPLOY' },
    healthCheckGracePeriodSeconds: 5,
    networkConfiguration: NETWORK,
    platformVersion: '1.4.0',
    tags: TAGS
  })
  await ecs('CreateService', {
    ...service,
    serviceName: 'rolling',
    capacityProviderStrategy: STRATEGY
  })
  const orders = { cluster, service: 'orders' }
  await ecs('UpdateService', {
    ...orders,
    ...DEPLOYMENT,
    desiredCount: 2,
    healthCheckGracePeriodSeconds: 1,
    deploymentController: { type: 'CODE_DEPLOY' }
  })
  const words = /services with a CODE_DEPLOY deployment controller/
  for (const change of [
    { taskDefinition },
    { networkConfiguration: NETWORK },
    { platformVersion: '1.4.0' },
    { forceNewDeployment: true },
    { capacityProviderStrategy: STRATEGY },
    { loadBalancers: [{ ...balanced.loadBalancers[0], ...everyBalancerMember() }] }
  ])
    await probe.refused('ecs:UpdateService', { ...orders, ...change }, words)
  await ecs('DescribeServices', { cluster, services: ['orders'], include: ['TAGS'] })
  await ecs('ListClusters', page)
  await ecs('ListServices', { cluster, launchType: 'FARGATE', ...page })
  const [taskSet] = probe.emulator.world.ecsControl.findService(cluster, 'orders')?.taskSets ?? []
  await ecs('DescribeTaskSets', { ...orders, taskSets: [taskSet?.id] })
  await probe.clock.advance(60_000)
  const listed = await ecs('ListTasks', {
    cluster,
    serviceName: 'orders',
    family: 'orders',
    startedBy: taskSet?.id,
    desiredStatus: 'RUNNING',
    launchType: 'FARGATE',
    ...page
  })
  const tasks = listed['taskArns'] as string[]
  await ecs('DescribeTasks', { cluster, tasks })
  await ecs('StopTask', { cluster, task: tasks[0], reason: 'a test' })
  await runTasks(probe, cluster)
  const resourceArn = probe.emulator.world.ecs.clusters.get(cluster)?.arn
  await ecs('TagResource', { resourceArn, tags: TAGS })
  await ecs('ListTagsForResource', { resourceArn })
  await ecs('DeleteService', { cluster, service: 'rolling', force: true })
}

async function runTasks(probe: Probe, cluster: string): Promise<void> {
  const ecs = (name: string, input: object) => probe.call(`ecs:${name}`, input)
  const volume = { name: 'data', configuredAtLaunch: true }
  await ecs('RegisterTaskDefinition', {
    family: 'migration',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    volumes: [volume],
    containerDefinitions: [{ name: 'app', image: 'orders:1' }]
  })
  const task = {
    cluster,
    taskDefinition: 'migration',
    networkConfiguration: NETWORK,
    platformVersion: '1.4.0',
    startedBy: 'ci',
    group: 'migrations',
    tags: TAGS,
    overrides: {
      containerOverrides: [
        {
          name: 'app',
          command: ['migrate'],
          environment: [{ name: 'A', value: '1' }],
          cpu: 1,
          memory: 1,
          memoryReservation: 1
        }
      ]
    },
    volumeConfigurations: [
      {
        name: 'data',
        managedEBSVolume: {
          roleArn: 'arn:aws:iam::123456789012:role/ebs',
          encrypted: true,
          filesystemType: 'xfs',
          sizeInGiB: 30,
          volumeType: 'gp3'
        }
      }
    ]
  }
  const token = { clientToken: 'once', count: 1, enableECSManagedTags: true }
  await ecs('RunTask', { ...task, ...token, launchType: 'FARGATE' })
  await ecs('RunTask', { ...task, capacityProviderStrategy: STRATEGY })
  const listed = await ecs('ListTasks', { cluster, startedBy: 'ci' })
  await ecs('DescribeTasks', { cluster, tasks: listed['taskArns'], include: ['TAGS'] })
}

function everyBalancerMember(): object {
  return {
    loadBalancerName: 'x',
    advancedConfiguration: {
      alternateTargetGroupArn: 'x',
      productionListenerRule: 'x',
      testListenerRule: 'x',
      roleArn: 'x'
    }
  }
}
