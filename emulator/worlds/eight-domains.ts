import type { Resource, Template } from '../cloudformation/template.ts'
import type { Emulator } from '../emulator.ts'
import { createAccountStack, createDomainStack } from './account-template.ts'
import { whenSteady } from './gated-service.ts'
import type { GatedService } from './gated-service.ts'
import { CONTAINER_PORT, urlOf } from './network.ts'
import type { WorldOptions } from './options.ts'

export const DOMAINS = [
  'auth',
  'user',
  'order',
  'hub',
  'delivery',
  'notification',
  'promotion',
  'payment'
] as const
export type Domain = (typeof DOMAINS)[number]

const FIRST_PORT = 9001
const CLUSTER = 'platform'
const SIDECAR = {
  Name: 'log-router',
  Image: 'public.ecr.aws/aws-observability/aws-for-fluent-bit:stable',
  Essential: false
}

/** What of a domain a test may vary; how often and how long health is checked is the template's own otherwise. */
export type DomainOptions = Pick<
  WorldOptions,
  | 'deploymentConfig'
  | 'terminationWaitMinutes'
  | 'testListener'
  | 'desiredCount'
  | 'version'
  | 'healthCheckIntervalSeconds'
  | 'deregistrationDelaySeconds'
>

/**
 * Eight services on one internal load balancer, made as docs/account.md makes them: the stack of
 * `infra/account.yaml`, and eight of `infra/domain.yaml`. A listener port, a pair of target groups, an
 * application and a group each, by names that follow no default of AWS. No test listener, unless asked for.
 */
export async function eightDomains(
  emulator: Emulator,
  options: DomainOptions = {}
): Promise<Readonly<Record<Domain, GatedService>>> {
  await createAccountStack(emulator, {
    Name: CLUSTER,
    Scheme: 'internal',
    Repositories: DOMAINS.map((domain) => `${domain}-api`).join(',')
  })
  const build = (domain: Domain): Promise<GatedService> => createDomain(emulator, domain, options)
  const domains = {
    auth: await build('auth'),
    user: await build('user'),
    order: await build('order'),
    hub: await build('hub'),
    delivery: await build('delivery'),
    notification: await build('notification'),
    promotion: await build('promotion'),
    payment: await build('payment')
  }
  await Promise.all(Object.values(domains).map((domain) => whenSteady(emulator, domain)))
  return domains
}

async function createDomain(
  emulator: Emulator,
  domain: Domain,
  options: DomainOptions
): Promise<GatedService> {
  const { account, region } = emulator.world
  const port = FIRST_PORT + DOMAINS.indexOf(domain)
  const service = `${domain}-api`
  const { terminationWaitMinutes = 5, desiredCount = 1, version = '1' } = options
  const stack = await createDomainStack(
    emulator,
    {
      Account: CLUSTER,
      Name: domain,
      ServiceName: service,
      ApplicationName: `platform-${domain}`,
      DeploymentGroupName: `${domain}-blue-green`,
      Port: String(port),
      TestPort: options.testListener ? String(port + 1000) : '0',
      Image: `${account}.dkr.ecr.${region}.amazonaws.com/${service}:${version}`,
      ContainerPort: String(CONTAINER_PORT),
      MinTasks: String(desiredCount),
      MaxTasks: String(desiredCount),
      DeploymentConfig: options.deploymentConfig ?? 'CodeDeployDefault.ECSAllAtOnce',
      BlueStaysMinutes: String(terminationWaitMinutes),
      DeregistrationSeconds: String(options.deregistrationDelaySeconds ?? 5)
    },
    (template) => withSidecar(withHealthChecks(template, options.healthCheckIntervalSeconds ?? 5))
  )
  const made = (logical: string): string => stack.id(logical) ?? ''
  const production = made('Listener')
  const test = stack.id('TestListener')
  return {
    cluster: CLUSTER,
    service,
    container: domain,
    containerPort: CONTAINER_PORT,
    application: made('Application'),
    deploymentGroup: made('DeploymentGroup'),
    taskDefinitionArn: made('TaskDefinition'),
    productionListenerArn: production,
    testListenerArn: test,
    targetGroupArns: [made('TargetGroupA'), made('TargetGroupB')],
    productionUrl: urlOf(emulator, production),
    testUrl: test === undefined ? undefined : urlOf(emulator, test)
  }
}

/** Every task has a container beside the one that serves, as services with a log router have. */
function withSidecar(template: Template): Template {
  return changed(template, 'AWS::ECS::TaskDefinition', ({ ContainerDefinitions, ...rest }) => ({
    ...rest,
    ContainerDefinitions: [...(ContainerDefinitions as readonly unknown[]), SIDECAR]
  }))
}

/** So that a test has not to wait for three rounds of ten seconds. */
function withHealthChecks(template: Template, seconds: number): Template {
  return changed(template, 'AWS::ElasticLoadBalancingV2::TargetGroup', (properties) => ({
    ...properties,
    HealthCheckIntervalSeconds: seconds,
    HealthCheckTimeoutSeconds: 2,
    UnhealthyThresholdCount: 2
  }))
}

function changed(
  template: Template,
  type: string,
  change: (properties: Resource['Properties']) => Resource['Properties']
): Template {
  const resources = Object.entries(template.Resources).map(
    ([name, resource]): [string, Resource] => [
      name,
      resource.Type === type ? { ...resource, Properties: change(resource.Properties) } : resource
    ]
  )
  return { ...template, Resources: Object.fromEntries(resources) }
}
