import {
  CodeDeployClient,
  CreateDeploymentCommand,
  GetDeploymentCommand,
  GetDeploymentGroupCommand,
  GetDeploymentTargetCommand
} from '@aws-sdk/client-codedeploy'
import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand
} from '@aws-sdk/client-ecs'
import type { Service } from '@aws-sdk/client-ecs'
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Listener } from '@aws-sdk/client-elastic-load-balancing-v2'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ManualClock } from '../../../emulator/clock.ts'
import { InstantRuntime } from '../../../emulator/dataplane/instant-runtime.ts'
import { startEmulator } from '../../../emulator/emulator.ts'
import type { Emulator } from '../../../emulator/emulator.ts'
import { DOMAINS, eightDomains } from '../../../emulator/worlds/eight-domains.ts'
import type { Domain } from '../../../emulator/worlds/eight-domains.ts'
import type { GatedService } from '../../../emulator/worlds/gated-service.ts'
import { registerVersion } from '../../../emulator/worlds/gated-service.ts'
import { drive } from '../../helpers/drive.ts'

const CLUSTER = 'platform'
const SIDECAR = { name: 'log-router', image: 'fluent-bit:stable', essential: false }

let clock: ManualClock
let emulator: Emulator
let domains: Readonly<Record<Domain, GatedService>>
let codedeploy: CodeDeployClient
let ecs: ECSClient
let elb: ElasticLoadBalancingV2Client

beforeEach(async () => {
  clock = new ManualClock()
  emulator = await startEmulator({
    clock,
    runtime: (time) => new InstantRuntime(time),
    proxies: false
  })
  domains = await drive(clock, eightDomains(emulator, { terminationWaitMinutes: 0 }))
  const settings = {
    endpoint: emulator.endpoint,
    region: emulator.world.region,
    credentials: emulator.userKeys
  }
  codedeploy = new CodeDeployClient(settings)
  ecs = new ECSClient(settings)
  elb = new ElasticLoadBalancingV2Client(settings)
})

afterEach(async () => {
  for (const client of [codedeploy, ecs, elb]) client.destroy()
  await emulator.close()
})

async function listeners(): Promise<Listener[]> {
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}))
  expect(LoadBalancers).toMatchObject([{ Scheme: 'internal', Type: 'application' }])
  const LoadBalancerArn = LoadBalancers[0]?.LoadBalancerArn
  const answer = await elb.send(new DescribeListenersCommand({ LoadBalancerArn }))
  return answer.Listeners ?? []
}

async function services(names: readonly Domain[]): Promise<Service[]> {
  const asked = names.map((name) => domains[name].service)
  const answer = await ecs.send(new DescribeServicesCommand({ cluster: CLUSTER, services: asked }))
  return answer.services ?? []
}

async function release(domain: Domain, version: string): Promise<string> {
  const { application, deploymentGroup, container, containerPort, service } = domains[domain]
  const revision = registerVersion(emulator, { service, container, sidecars: [SIDECAR] }, version)
  const content = `version: 0.0
Resources:
  - Service:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: ${revision}
        LoadBalancerInfo: {ContainerName: ${container}, ContainerPort: ${containerPort}}`
  const { deploymentId = '' } = await codedeploy.send(
    new CreateDeploymentCommand({
      applicationName: application,
      deploymentGroupName: deploymentGroup,
      revision: { revisionType: 'AppSpecContent', appSpecContent: { content } }
    })
  )
  return deploymentId
}

async function status(deploymentId: string): Promise<string | undefined> {
  const answer = await codedeploy.send(new GetDeploymentCommand({ deploymentId }))
  return answer.deploymentInfo?.status
}

describe('eight domains', () => {
  it('share one internal load balancer, each with a port and a pair of target groups of its own', async () => {
    const found = await listeners()
    expect(found.map(({ Port }) => Port)).toEqual(DOMAINS.map((_, index) => 9001 + index))
    expect(found.map(({ ListenerArn }) => ListenerArn)).toEqual(
      DOMAINS.map((domain) => domains[domain].productionListenerArn)
    )
    const { TargetGroups = [] } = await elb.send(new DescribeTargetGroupsCommand({}))
    expect(TargetGroups.map(({ TargetGroupName }) => TargetGroupName)).toEqual(
      DOMAINS.flatMap((domain) => [`${domain}-a`, `${domain}-b`])
    )
    expect(new Set(DOMAINS.flatMap((domain) => domains[domain].targetGroupArns)).size).toBe(16)
  })

  it('have an application and a group each, named as AWS would not, without a test listener', async () => {
    for (const domain of DOMAINS) {
      const { application, deploymentGroup, service, testListenerArn } = domains[domain]
      expect(application).not.toBe(`AppECS-${CLUSTER}-${service}`)
      expect(deploymentGroup).not.toBe(`DgpECS-${CLUSTER}-${service}`)
      expect(testListenerArn).toBeUndefined()
      const { deploymentGroupInfo } = await codedeploy.send(
        new GetDeploymentGroupCommand({
          applicationName: application,
          deploymentGroupName: deploymentGroup
        })
      )
      expect(deploymentGroupInfo?.ecsServices).toEqual([
        { clusterName: CLUSTER, serviceName: service }
      ])
      expect(deploymentGroupInfo?.loadBalancerInfo?.targetGroupPairInfoList).toEqual([
        {
          targetGroups: [{ name: `${domain}-a` }, { name: `${domain}-b` }],
          prodTrafficRoute: { listenerArns: [domains[domain].productionListenerArn] }
        }
      ])
    }
  })

  it('run version 1 steadily, with a sidecar in every task', async () => {
    for (const { taskSets } of await services(DOMAINS)) {
      expect(taskSets).toMatchObject([{ status: 'PRIMARY', stabilityStatus: 'STEADY_STATE' }])
    }
    const { taskArns: tasks } = await ecs.send(new ListTasksCommand({ cluster: CLUSTER }))
    const described = await ecs.send(new DescribeTasksCommand({ cluster: CLUSTER, tasks }))
    expect(described.tasks).toHaveLength(8)
    const containers = described.tasks?.map((task) => task.containers?.map(({ name }) => name))
    expect(containers).toEqual(DOMAINS.map((domain) => [domain, 'log-router']))
  })

  it('are released one by one: the others stay as they are', async () => {
    const others = DOMAINS.filter((domain) => domain !== 'order')
    const before = { services: await services(others), listeners: await listeners() }
    const id = await release('order', '2')
    await clock.advance(120_000)
    expect(await status(id)).toBe('Succeeded')
    const target = await codedeploy.send(
      new GetDeploymentTargetCommand({ deploymentId: id, targetId: `${CLUSTER}:order-api` })
    )
    expect(target.deploymentTarget?.ecsTarget?.lifecycleEvents).toHaveLength(6)
    const after = { services: await services(others), listeners: await listeners() }
    expect(after.services).toEqual(before.services)
    const own = domains.order.productionListenerArn
    const foreign = ({ ListenerArn }: Listener): boolean => ListenerArn !== own
    expect(after.listeners.filter(foreign)).toEqual(before.listeners.filter(foreign))
    expect(after.listeners.filter((each) => !foreign(each))).not.toEqual(
      before.listeners.filter((each) => !foreign(each))
    )
    const [released] = await services(['order'])
    expect(released?.taskSets).toMatchObject([{ status: 'PRIMARY', externalId: id }])
  })

  it('can be released at the same time', async () => {
    const ids: string[] = []
    for (const domain of DOMAINS) ids.push(await release(domain, '2'))
    await clock.advance(120_000)
    expect(await Promise.all(ids.map(status))).toEqual(Array(8).fill('Succeeded'))
  })
})
