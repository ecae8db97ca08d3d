import { UpdateServiceCommand, DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Result } from 'autocannon'
import { ScaledClock } from '../../emulator/clock.ts'
import { startEmulator, type Emulator } from '../../emulator/emulator.ts'
import {
  deployToInstances,
  failoverPair,
  type FailoverPair,
  type PairName,
  type Side
} from '../../emulator/worlds/failover.ts'
import { registerVersion } from '../../emulator/worlds/gated-service.ts'
import { MemoryHost } from '../controllers/listener/memory-host.ts'
import { suiteSwitches } from './switches.ts'

/** Requests a second, from outside: what judges is not what is judged. */
const RATE = 200
/** How many emulated seconds pass in one: traffic is real, waiting for it is not. */
const FACTOR = 60
/** Emulated, so a quarter of a second of traffic at each step. */
const BAKE_MS = 15_000
const SHARES = [10, 25, 50, 75, 100]
/** Of the shares that are counted: a step has too few requests for that while traffic is paced. */
const REQUESTS = 10_000
const SHARE = 25

interface Run {
  readonly states: Readonly<Record<'there' | 'reverted' | 'back', readonly string[]>>
  readonly load: Result
  /** Which version answered last in each phase. */
  readonly versions: readonly (string | null)[]
}

const runs = new Map<PairName, Run>()
const PAIRS: readonly PairName[] = ['listener', 'rule', 'instances']
let emulator: Emulator
/** How many of the requests each side has answered at a quarter. */
let counted: Readonly<Record<string, number>>

beforeAll(async () => {
  emulator = await startEmulator({ clock: new ScaledClock(FACTOR), switches: suiteSwitches() })
  // One after another: three times the load is another test.
  for (const name of PAIRS) {
    const pair = await failoverPair(emulator, name)
    runs.set(name, await play(pair))
    if (name === 'instances') counted = await countAt(SHARE, pair)
  }
}, 200_000)

afterAll(async () => emulator.close())

/** Two releases, one each way, and one between them that is taken back in its middle, under one load. */
async function play(pair: FailoverPair): Promise<Run> {
  const { prod1, prod2 } = pair
  const { stop } = await startLoad(`${pair.url ?? ''}/version`)
  const versions: (string | null)[] = []
  const answered = async (): Promise<void> => {
    const answer = await fetch(`${pair.url ?? ''}/version`)
    await answer.arrayBuffer()
    versions.push(answer.headers.get('x-app-version'))
  }
  let load: Result
  const states = { there: [] as string[], reverted: [] as string[], back: [] as string[] }
  try {
    await deploy(pair, prod2, '2')
    states.there = await move(pair, prod1, prod2)
    await answered()
    await deploy(pair, prod1, '3')
    states.reverted = await move(pair, prod2, prod1, 50)
    await answered()
    await deploy(pair, prod1, '4')
    states.back = await move(pair, prod2, prod1)
    await answered()
  } finally {
    load = await stop()
  }
  return { states, load, versions }
}

/** Moves all traffic; with `backAt` a person presses Roll back while that share bakes. */
async function move(pair: FailoverPair, from: Side, to: Side, backAt?: number): Promise<string[]> {
  const host = new MemoryHost(emulator, pair, { from, to, shares: SHARES, bakeMs: BAKE_MS })
  await host.run((share) => {
    if (share === backAt) host.back = { kind: 'person', by: 'Minji Kim' }
  })
  host.close()
  // What has been at weight 0 from now on still answers what it has got.
  await emulator.world.clock.sleep(BAKE_MS)
  return host.states.filter((state) => /^(baking|restoring|restored|completed)/.test(state))
}

/** Fills the idle side: by a rolling deployment of ECS followed to its end, or as another pipeline does. */
async function deploy({ cluster, container }: FailoverPair, side: Side, version: string) {
  const { service } = side
  if (service === undefined) return deployToInstances(emulator, side, version)
  const spec = { service, container, sidecars: [] }
  const taskDefinition = registerVersion(emulator, spec, version)
  const { endpoint, world, userKeys } = emulator
  const client = new ECSClient({ endpoint, region: world.region, credentials: userKeys })
  await client.send(new UpdateServiceCommand({ cluster, service, taskDefinition }))
  for (;;) {
    const asked = new DescribeServicesCommand({ cluster, services: [service] })
    const [deployment, ...others] = (await client.send(asked)).services?.[0]?.deployments ?? []
    if (others.length === 0 && deployment?.rolloutState === 'COMPLETED') break
    await world.clock.sleep(2_000)
  }
  client.destroy()
}

async function startLoad(url: string): Promise<{ readonly stop: () => Promise<Result> }> {
  const { default: autocannon } = await import('autocannon')
  const ended = Promise.withResolvers<Result>()
  const options = { url, connections: 20, overallRate: RATE, duration: 3_600, timeout: 10 }
  const load = autocannon(options, (error: Error | null, result) => {
    if (error) ended.reject(error)
    else ended.resolve(result)
  })
  return {
    stop: () => {
      load.stop()
      return ended.promise
    }
  }
}

/** 10,000 requests as fast as they go, while one share stands. */
async function countAt(
  share: number,
  pair: FailoverPair
): Promise<Readonly<Record<string, number>>> {
  const { prod1, prod2, url = '' } = pair
  const host = new MemoryHost(emulator, pair, {
    from: prod1,
    to: prod2,
    shares: [share],
    bakeMs: 0
  })
  await host.run()
  host.close()
  const requests = ({ targetGroupArn }: Side): number =>
    emulator.traffic.targetGroups.get(targetGroupArn)?.requests ?? 0
  const before = { prod1: requests(prod1), prod2: requests(prod2) }
  const { default: autocannon } = await import('autocannon')
  const result = await autocannon({ url: `${url}/version`, connections: 20, amount: REQUESTS })
  return {
    prod1: requests(prod1) - before.prod1,
    prod2: requests(prod2) - before.prod2,
    failed: result.errors + result.non2xx
  }
}

describe.each(PAIRS)('under 200 requests a second, a pair of the kind %s,', (name) => {
  const run = (): Run => {
    const found = runs.get(name)
    if (!found) throw new Error('it was not played')
    return found
  }

  test('moves step by step, goes back from the middle, and moves the other way', () => {
    const steps = SHARES.map((share) => `baking ${share}`)
    expect(run().states).toEqual({
      there: [...steps, 'completed 100'],
      reverted: ['baking 10', 'baking 25', 'baking 50', 'restoring 50', 'restored 50'],
      back: [...steps, 'completed 100']
    })
    expect(run().versions).toEqual(['2', '2', '4'])
  })

  test('loses no request', () => {
    const { load } = run()
    process.stdout.write(
      `${name}: ${load.requests.total} requests in ${load.duration} s, ${load.errors} errors, ${load.non2xx} other than 2xx\n`
    )
    expect({ errors: load.errors, timeouts: load.timeouts, non2xx: load.non2xx }).toEqual({
      errors: 0,
      timeouts: 0,
      non2xx: 0
    })
    // The rate was held: otherwise nothing would have been shown.
    expect(load.requests.total / load.duration).toBeGreaterThan(RATE * 0.9)
  })
})

test('at 25 percent, 10,000 requests fall within 2 percentage points of it', () => {
  const { prod1 = 0, prod2 = 0, failed } = counted
  expect({ all: prod1 + prod2, failed }).toEqual({ all: REQUESTS, failed: 0 })
  expect(Math.abs((100 * prod2) / REQUESTS - SHARE)).toBeLessThanOrEqual(2)
})
