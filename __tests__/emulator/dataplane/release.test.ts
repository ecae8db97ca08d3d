import { afterEach, describe, expect, it } from '@jest/globals'
import { setTimeout as delay } from 'node:timers/promises'
import { ScaledClock } from '../../../emulator/clock.ts'
import type { StoredDeployment } from '../../../emulator/codedeploy/state.ts'
import { startEmulator } from '../../../emulator/emulator.ts'
import type { Emulator } from '../../../emulator/emulator.ts'
import { demoWorld } from '../../../emulator/worlds/demo.ts'
import type { DemoWorld } from '../../../emulator/worlds/demo.ts'
import { registerVersion } from '../../../emulator/worlds/gated-service.ts'

const LIMIT_MS = 30_000
let emulator: Emulator
afterEach(async () => emulator.close())

async function open(): Promise<DemoWorld> {
  emulator = await startEmulator({ clock: new ScaledClock(20) })
  emulator.operations.codedeploy.CreateDeploymentConfig(
    {
      deploymentConfigName: 'quarter',
      computePlatform: 'ECS',
      trafficRoutingConfig: {
        type: 'TimeBasedCanary',
        timeBasedCanary: { canaryPercentage: 25, canaryInterval: 1 }
      }
    },
    emulator.world
  )
  return demoWorld(emulator, {
    deploymentConfig: 'quarter',
    terminationWaitMinutes: 0,
    deregistrationDelaySeconds: 20
  })
}

function release(demo: DemoWorld, version: string, bug?: string): StoredDeployment {
  const { operations, world } = emulator
  const { application, deploymentGroup, container, containerPort, gate, service } = demo
  const environment = bug === undefined ? {} : { BUG: bug }
  const revision = registerVersion(
    emulator,
    { service, container, sidecars: [] },
    version,
    environment
  )
  const content = `version: 0.0
Resources:
  - Service:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: ${revision}
        LoadBalancerInfo: {ContainerName: ${container}, ContainerPort: ${containerPort}}
Hooks:
  - BeforeAllowTraffic: ${gate.name}`
  const { deploymentId = '' } = operations.codedeploy.CreateDeployment(
    {
      applicationName: application,
      deploymentGroupName: deploymentGroup,
      revision: { revisionType: 'AppSpecContent', appSpecContent: { content } }
    },
    world
  )
  const deployment = world.codedeploy.deployments.get(deploymentId)
  if (!deployment) throw new Error('no deployment')
  return deployment
}

/** The version that answers, or the status of a failure. */
async function served(url: string | undefined): Promise<string> {
  const answer = await fetch(`${url ?? ''}/orders`)
  await answer.arrayBuffer()
  return answer.ok ? (answer.headers.get('x-app-version') ?? 'none') : String(answer.status)
}

async function until(condition: () => boolean): Promise<void> {
  const giveUp = AbortSignal.timeout(LIMIT_MS / 2)
  while (!condition()) await delay(10, undefined, { signal: giveUp })
}

/** Steady requests until stopped; how many of them each version answered. */
function traffic(url: string | undefined): { stop(): Promise<Record<string, number>> } {
  const stopping = new AbortController()
  const counts: Record<string, number> = {}
  const sending = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const version = await served(url)
      counts[version] = (counts[version] ?? 0) + 1
      await delay(5)
    }
  }
  const senders = [sending(), sending()]
  return {
    stop: async () => {
      stopping.abort()
      await Promise.all(senders)
      return counts
    }
  }
}

describe('a release of real processes under traffic', () => {
  it(
    'shows green behind the test listener first, then a quarter, then all, and loses no request',
    async () => {
      const demo = await open()
      const load = traffic(demo.productionUrl)
      const deployment = release(demo, '2')
      const request = await demo.gate.asked
      expect(await served(demo.testUrl)).toBe('2')
      const production = (): number =>
        emulator.traffic.listeners.get(demo.productionListenerArn)?.requests ?? 0
      const green = (): number =>
        emulator.traffic.targetGroups.get(demo.targetGroupArns[1])?.requests ?? 0
      expect(green()).toBe(1)
      demo.gate.decide(request, 'Succeeded')
      await until(() => deployment.greenWeight === 25)
      const atFirst = { all: production(), green: green() }
      await delay(1500)
      const share = (green() - atFirst.green) / (production() - atFirst.all)
      expect(deployment.greenWeight).toBe(25)
      // Hundreds of requests: far from both ends, were it a quarter.
      expect(share).toBeGreaterThan(0.1)
      expect(share).toBeLessThan(0.5)
      await until(() => deployment.info.status !== 'InProgress')
      expect(deployment.info.status).toBe('Succeeded')
      expect(await served(demo.productionUrl)).toBe('2')
      const counts = await load.stop()
      expect(Object.keys(counts).toSorted()).toEqual(['1', '2'])
    },
    LIMIT_MS
  )

  it(
    'gives production nothing of a version that is rejected',
    async () => {
      const demo = await open()
      const load = traffic(demo.productionUrl)
      const deployment = release(demo, '2')
      const request = await demo.gate.asked
      expect(await served(demo.testUrl)).toBe('2')
      demo.gate.decide(request, 'Failed')
      await until(() => deployment.info.rollbackInfo !== undefined)
      const undoing = emulator.world.codedeploy.deployments.get(
        deployment.info.rollbackInfo?.rollbackDeploymentId ?? ''
      )
      await until(() => undoing?.info.status === 'Succeeded')
      expect(await served(demo.testUrl)).toBe('1')
      expect(Object.keys(await load.stop())).toEqual(['1'])
    },
    LIMIT_MS
  )

  it(
    'never calls green steady while its health checks fail',
    async () => {
      const demo = await open()
      const deployment = release(demo, '2', 'unhealthy')
      const [, idle] = demo.targetGroupArns
      const health = (): unknown[] => emulator.world.elbControl.health(idle)
      await until(() => JSON.stringify(health()).includes('Target.ResponseCodeMismatch'))
      expect(
        deployment.events.find((event) => event.lifecycleEventName === 'Install')?.status
      ).toBe('InProgress')
      expect(await served(demo.productionUrl)).toBe('1')
    },
    LIMIT_MS
  )
})
