import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createClients } from '../../src/aws/clients.ts'
import type { Clients } from '../../src/aws/clients.ts'
import { OptionalReads } from '../../src/aws/optional-reads.ts'
import type { MetricsEvidence } from '../../src/release/evidence.ts'
import type { Snapshot, StepStatus } from '../../src/release/snapshot.ts'
import type { Metrics } from '../../src/verification/file/model.ts'
import { openMetricsReader } from '../../src/verification/metrics-reader.ts'
import type { MetricsReader, Sides } from '../../src/verification/metrics-reader.ts'
import { Balancer, MINUTE, START } from '../emulator/cloudwatch/stage.ts'
import { drive } from '../helpers/drive.ts'
import { snapshotOf, stepsNamed } from '../helpers/snapshots.ts'

const ENDPOINT = 'AWS_ENDPOINT_URL_CLOUDWATCH'
const SECOND = 1_000
/** Virtual time goes on while CloudWatch answers in real time: that is no reason to give up. */
const PATIENT = { now: () => stage.clock.now(), sleep: () => new Promise<void>(() => undefined) }

let stage: Balancer
let clients: Clients
let stopping: AbortController

beforeEach(async () => {
  stage = await Balancer.open()
  stage.emulator.world.switches.metricsLag = 'two-minutes'
  stopping = new AbortController()
  process.env[ENDPOINT] = stage.emulator.endpoint
  clients = createClients({
    region: stage.emulator.world.region,
    credentials: async () => stage.emulator.userKeys,
    maxRetries: 0
  })
})
afterEach(async () => {
  const { client } = await clients.cloudwatch()
  client.destroy()
  Reflect.deleteProperty(process.env, ENDPOINT)
  await stage.close()
})

function watch(metrics: Partial<Metrics> = {}, sides?: Sides | string): MetricsReader {
  const opened = openMetricsReader({
    metrics: { required: true, forMs: MINUTE, alarms: [], limits: [], ...metrics },
    deploymentId: 'd-1',
    clients,
    optionalReads: new OptionalReads(PATIENT, () => undefined),
    sides: async ({ blue, green }) => {
      expect([blue, green]).toEqual(['orders-a', 'orders-b'])
      return sides ?? { loadBalancer: stage.arn, blue: stage.blue, green: stage.green }
    },
    clock: stage.clock,
    signal: stopping.signal
  })
  opened.see(snapshot())
  return opened
}

function snapshot(shift?: readonly [StepStatus, number, number?], id = 'd-1'): Snapshot {
  const [status, startedAt, endedAt] = shift ?? ['Pending', undefined, undefined]
  const side = (label: 'blue' | 'green', targetGroup: string) => ({
    ...{ label, targetGroup, status: 'ACTIVE' },
    ...{ desired: 1, pending: 0, running: 1, weight: 0 }
  })
  return snapshotOf({
    at: stage.clock.now(),
    deploymentId: id,
    createdAt: START,
    steps: stepsNamed({ AllowTraffic: [status, startedAt, endedAt] }),
    taskSets: [side('blue', 'orders-a'), side('green', 'orders-b')]
  })
}

const to = (at: number): Promise<void> => stage.clock.advance(START + at - stage.clock.now())
const settled = <T>(work: Promise<T>): Promise<T> => drive(stage.clock, work)
const times = ({ startedAt, endedAt }: MetricsEvidence): readonly number[] => [
  (startedAt - START) / SECOND,
  (endedAt - START) / SECOND
]
/** Green with one target that has answered these. */
async function green(...paths: readonly string[]): Promise<void> {
  await stage.forward(stage.green)
  await stage.target(stage.green)
  await stage.ask(...paths)
}

describe('at the gate', () => {
  test('a whole minute is looked at, at least, and read when it has settled', async () => {
    await to(30 * SECOND)
    await green('/', '/500')
    const { evidence } = watch({
      limits: [{ metric: 'healthy-hosts', side: 'green', comparison: '>=', value: 1 }]
    }).atTheGate(stage.clock.now())
    const found = await settled(evidence)
    expect(times(found)).toEqual([30, 120])
    expect(found).toMatchObject({ name: 'metrics', required: true, verdict: 'passed' })
    expect(found.summary).toMatch(/^green: 1 healthy, 2 requests, 1 5xx/)
    expect(stage.clock.now()).toBeGreaterThanOrEqual(START + 240 * SECOND)
  })

  test('or as many as the file says', async () => {
    await green()
    const { evidence } = watch({ forMs: 5 * MINUTE }).atTheGate(START)
    expect(times(await settled(evidence))).toEqual([0, 300])
  })

  test('what is done later than that is waited for', async () => {
    await green()
    await to(310 * SECOND)
    expect(times(await settled(watch().atTheGate(START).evidence))).toEqual([0, 360])
  })

  test('a limit that is broken fails it', async () => {
    await green('/500')
    const { evidence } = watch({
      limits: [{ metric: 'target-5xx', side: 'green', comparison: '<', value: 1 }]
    }).atTheGate(START)
    expect(await settled(evidence)).toMatchObject({ verdict: 'failed', required: true })
  })

  test('nothing that happens once it is closed is in it', async () => {
    await green()
    const { closed, evidence } = watch({
      limits: [
        { metric: 'healthy-hosts', side: 'green', comparison: '>=', value: 1 },
        { metric: 'target-5xx', side: 'green', comparison: '<', value: 1 }
      ]
    }).atTheGate(START)
    await settled(closed)
    const [host] = [
      ...(stage.emulator.world.elb.targetGroups.get(stage.green)?.targets.values() ?? [])
    ]
    await stage.ask('/500')
    await stage.deregister(stage.green, host?.port ?? 0)
    expect((await settled(evidence)).verdict).toBe('passed')
  })

  test('it ends where the shift begins', async () => {
    await green()
    const opened = watch()
    const { evidence } = opened.atTheGate(START)
    await to(20 * SECOND)
    opened.see(snapshot(['InProgress', START + 15 * SECOND]))
    expect(times(await settled(evidence))).toEqual([0, 15])
  })

  test('the deployment that rolls back is another one', async () => {
    await green()
    const opened = watch()
    opened.see(snapshot(['InProgress', START + SECOND], 'd-2'))
    expect(times(await settled(opened.atTheGate(START).evidence))).toEqual([0, 60])
    expect(await opened.duringTheShift()).toBeUndefined()
  })

  test('a job that ends reads what is there, and passes nothing', async () => {
    await green('/')
    const { evidence } = watch().atTheGate(START)
    await to(30 * SECOND)
    stopping.abort()
    const found = await evidence
    expect(times(found)).toEqual([0, 30])
    expect(found.verdict).toBe('unknown')
    expect(found.summary).toMatch(/^read before CloudWatch had all of it; green: no figures/)
    expect(stage.clock.now()).toBe(START + 30 * SECOND)
  })

  test('an alarm is one for a job that ends, too', async () => {
    stage.emulator.world.alarms.put('errors', 'ALARM')
    const { evidence } = watch({ alarms: ['errors'] }).atTheGate(START)
    await to(30 * SECOND)
    stopping.abort()
    expect(await evidence).toMatchObject({ verdict: 'failed' })
  })

  test('it is unknown where the load balancer cannot be read', async () => {
    const { evidence } = watch({}, 'elasticloadbalancing:DescribeTargetGroups is denied').atTheGate(
      START
    )
    expect(await settled(evidence)).toMatchObject({
      verdict: 'unknown',
      summary: 'elasticloadbalancing:DescribeTargetGroups is denied'
    })
    expect(stage.emulator.calls.list('cloudwatch:GetMetricData')).toEqual([])
  })
})

describe('through the shift', () => {
  test('from its beginning to a whole minute after its end, and nothing is held by it', async () => {
    await green('/500')
    const opened = watch({
      limits: [{ metric: 'target-5xx', side: 'green', comparison: '<', value: 1 }]
    })
    opened.see(snapshot(['InProgress', START + 5 * SECOND]))
    await to(70 * SECOND)
    opened.see(snapshot(['Succeeded', START + 5 * SECOND, START + 65 * SECOND]))
    const found = await settled(opened.duringTheShift())
    expect(found).toMatchObject({
      name: 'metrics during the shift',
      required: false,
      verdict: 'failed'
    })
    expect(found && times(found)).toEqual([5, 180])
    expect(stage.clock.now()).toBeGreaterThanOrEqual(START + 300 * SECOND)
  })

  test('is not waited for where the job ends before the shift has', async () => {
    const opened = watch()
    expect(await opened.duringTheShift()).toBeUndefined()
    opened.see(snapshot(['InProgress', START]))
    expect(await opened.duringTheShift()).toBeUndefined()
  })

  test('of a deployment that has failed in it is what is there', async () => {
    await green()
    const opened = watch()
    opened.see(snapshot(['InProgress', START]))
    await to(200 * SECOND)
    stopping.abort()
    const found = await opened.duringTheShift()
    expect(found && times(found)).toEqual([0, 200])
    expect(found?.verdict).toBe('unknown')
    expect(found?.summary).toMatch(/^read before CloudWatch had all of it; green: 1 healthy/)
  })
})
