import { createServer, type Server, type ServerResponse } from 'node:http'
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { ManualClock } from '../../../emulator/clock.ts'
import { startEmulator, type Emulator } from '../../../emulator/emulator.ts'
import { failoverPair, type FailoverPair, type Side } from '../../../emulator/worlds/failover.ts'
import { drive } from '../../helpers/drive.ts'
import { MemoryHost } from './memory-host.ts'

const MINUTE = 60_000
const START = Date.UTC(2026, 0, 1)

let clock: ManualClock
let emulator: Emulator
let pair: FailoverPair
const servers: Server[] = []
/** The requests that prod1 has got and not yet answered. */
let held: ServerResponse[] = []

beforeEach(async () => {
  clock = new ManualClock(START)
  emulator = await startEmulator({ clock, switches: { metricsLag: 'none' } })
  pair = await drive(clock, failoverPair(emulator, 'instances', { desiredCount: 1 }))
  await serveFrom(pair.prod1)
  await serveFrom(pair.prod2)
})
afterEach(async () => {
  held = []
  await emulator.close()
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

/** Puts a server of the test on the side's instance, which keeps every `/hold` waiting. */
async function serveFrom({ instances, targetGroup }: Side): Promise<void> {
  const server = createServer((request, response) => {
    if (request.url === '/hold') held.push(response)
    else response.end(targetGroup)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no TCP address')
  const endpoint = { host: '127.0.0.1', port: address.port }
  for (const { id } of instances) await emulator.world.instances.deploy(id, endpoint)
}

const ask = async (path: string): Promise<string> =>
  (await fetch(`${pair.url ?? ''}${path}`)).text()

async function asked(count: number): Promise<readonly string[]> {
  const answers = new Set<string>()
  for (let number = 0; number < count; number++) answers.add(await ask('/'))
  return [...answers]
}

const open = ({ targetGroupArn }: Side): number => {
  const group = emulator.world.elb.targetGroups.get(targetGroupArn)
  return group ? emulator.traffic.openOf(group) : NaN
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}

async function moveAll(from: Side, to: Side): Promise<void> {
  const host = new MemoryHost(emulator, pair, { from, to, shares: [50, 100], bakeMs: 0 })
  await host.run()
  host.close()
}

test('requests that are open at weight 0 finish, however long they take, and no new one comes', async () => {
  const { prod1, prod2 } = pair
  const waiting = Promise.all([ask('/hold'), ask('/hold'), ask('/hold')])
  await until(() => held.length === 3)
  await moveAll(prod1, prod2)
  expect(await asked(50)).toEqual(['legacy-prod2'])
  // Longer than the deregistration delay of any group: a weight of 0 deregisters nothing.
  await clock.advance(20 * MINUTE)
  expect({ prod1: open(prod1), prod2: open(prod2) }).toEqual({ prod1: 3, prod2: 0 })
  for (const response of held) response.end('finished')
  expect(await waiting).toEqual(['finished', 'finished', 'finished'])
  await until(() => open(prod1) === 0)
})

test('RequestCount of the side at weight 0 falls to nothing while requests are open, so nothing but that is shown', async () => {
  const { prod1, prod2 } = pair
  await clock.advance(MINUTE - (clock.now() % MINUTE))
  const begin = clock.now()
  await asked(20)
  const waiting = ask('/hold')
  await until(() => held.length === 1)
  await moveAll(prod1, prod2)
  await clock.advance(MINUTE)
  await asked(30)
  await clock.advance(MINUTE)
  expect(await requestCount(prod1, begin)).toEqual([21])
  expect(await requestCount(prod2, begin)).toEqual([30])
  expect(open(prod1)).toBe(1)
  held[0]?.end('finished')
  expect(await waiting).toBe('finished')
})

/** RequestCount of a side, minute by minute from `begin`. */
async function requestCount({ targetGroupArn }: Side, begin: number): Promise<number[]> {
  const { endpoint, world, userKeys } = emulator
  const client = new CloudWatchClient({ endpoint, region: world.region, credentials: userKeys })
  const [balancer = ''] = world.elb.loadBalancers.keys()
  const dimension = (arn: string, from: string): string => arn.slice(arn.indexOf(from))
  const answer = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(begin),
      EndTime: new Date(begin + 10 * MINUTE),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: [
        {
          Id: 'requests',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/ApplicationELB',
              MetricName: 'RequestCount',
              Dimensions: [
                { Name: 'TargetGroup', Value: dimension(targetGroupArn, 'targetgroup/') },
                { Name: 'LoadBalancer', Value: dimension(balancer, 'app/') }
              ]
            },
            Period: 60,
            Stat: 'Sum'
          }
        }
      ]
    })
  )
  client.destroy()
  return answer.MetricDataResults?.[0]?.Values ?? []
}
