import { afterEach, describe, expect, it } from '@jest/globals'
import { ManualClock } from '../../../emulator/clock.ts'
import { InstantRuntime } from '../../../emulator/dataplane/instant-runtime.ts'
import { startEmulator, type Emulator } from '../../../emulator/emulator.ts'
import { buildNamedWorld } from '../../../emulator/named-worlds.ts'
import { deployToInstances, failoverPair } from '../../../emulator/worlds/failover.ts'

const open: Emulator[] = []
afterEach(async () => {
  for (const emulator of open.splice(0)) await emulator.close()
})

async function virtual(): Promise<Emulator> {
  const emulator = await startEmulator({
    clock: new ManualClock(),
    runtime: (clock) => new InstantRuntime(clock),
    proxies: false
  })
  open.push(emulator)
  return emulator
}

async function real(): Promise<Emulator> {
  const emulator = await startEmulator()
  open.push(emulator)
  return emulator
}

function healthOf({ world }: Emulator): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...world.elb.targetGroups.values()].map(({ name, arn }) => [
      name,
      world.elbControl
        .health(arn)
        .map(({ TargetHealth }) => TargetHealth?.State)
        .join(' ')
    ])
  )
}

describe('the world `failover`', () => {
  it('has three pairs of healthy sides, all traffic on the first of each', async () => {
    const emulator = await virtual()
    await buildNamedWorld(emulator, 'failover')
    const both = 'healthy healthy'
    expect(healthOf(emulator)).toEqual({
      'orders-prod1': both,
      'orders-prod2': both,
      'cart-prod1': both,
      'cart-prod2': both,
      'legacy-prod1': both,
      'legacy-prod2': both
    })
    const { listeners, rules } = emulator.world.elb
    const weights = [...listeners.values(), ...rules.values()].map((each) =>
      each.weights.map(({ weight }) => weight)
    )
    expect(weights).toEqual([[100, 0], [], [100, 0], [100, 0]])
    const services = [...emulator.world.ecs.services.values()]
    expect(services.map(({ name, controller }) => [name, controller])).toEqual([
      ['orders-prod1', 'ECS'],
      ['orders-prod2', 'ECS'],
      ['cart-prod1', 'ECS'],
      ['cart-prod2', 'ECS']
    ])
  })

  it('serves through a rule of a shared listener what the rule is about, and nothing else', async () => {
    const { url = '' } = await failoverPair(await real(), 'rule', { desiredCount: 1 })
    expect((await fetch(`${url}/version`)).headers.get('x-app-version')).toBe('1')
    expect((await fetch(`${url}/health`)).status).toBe(404)
  })

  it('serves from instances, whose software another pipeline replaces', async () => {
    const emulator = await real()
    const pair = await failoverPair(emulator, 'instances', { desiredCount: 1 })
    const version = async (): Promise<string | null> =>
      (await fetch(`${pair.url ?? ''}/version`)).headers.get('x-app-version')
    expect(await version()).toBe('1')
    await deployToInstances(emulator, pair.prod1, '2')
    expect(await version()).toBe('2')
  })
})
