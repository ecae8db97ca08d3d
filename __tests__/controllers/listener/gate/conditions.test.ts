import * as sdk from '@aws-sdk/client-elastic-load-balancing-v2'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createClients } from '../../../../src/aws/clients.ts'
import type { Clients } from '../../../../src/aws/clients.ts'
import { OptionalReads } from '../../../../src/aws/optional-reads.ts'
import { conditions } from '../../../../src/controllers/listener/gate/conditions.ts'
import type { HandedPlan } from '../../../../src/controllers/listener/handed-plan.ts'
import type { ReadMove } from '../../../../src/controllers/listener/kept-move.ts'
import type { Move } from '../../../../src/controllers/listener/move.ts'
import { segmentsOf } from '../../../../src/ledger/availability-segments.ts'
import { evidenceItem } from '../../../../src/ledger/evidence-item.ts'
import { Balancer, MINUTE, START } from '../../../emulator/cloudwatch/stage.ts'
import { MemoryTable } from '../../../ledger/memory-table.ts'
import { RELEASE, steps } from './failover-stage.ts'

const ENDPOINT = 'AWS_ENDPOINT_URL_CLOUDWATCH'
const SERVICE = 'shop/orders'

let stage: Balancer
let clients: Clients
let elb: sdk.ElasticLoadBalancingV2Client
let table: MemoryTable
beforeEach(async () => {
  stage = await Balancer.open()
  table = new MemoryTable()
  const { endpoint, userKeys, world } = stage.emulator
  process.env[ENDPOINT] = endpoint
  clients = createClients({
    region: world.region,
    credentials: async () => userKeys,
    maxRetries: 0
  })
  elb = new sdk.ElasticLoadBalancingV2Client({
    endpoint,
    region: world.region,
    credentials: userKeys
  })
})
afterEach(async () => {
  const { client } = await clients.cloudwatch()
  client.destroy()
  elb.destroy()
  Reflect.deleteProperty(process.env, ENDPOINT)
  await stage.close()
})

/** A move that gave its first traffic to green at the start. */
function moving(more: Partial<HandedPlan> = {}, move: Partial<Move> = {}): ReadMove {
  const handed: HandedPlan = {
    version: 1,
    deploymentId: RELEASE,
    cluster: 'shop',
    service: 'orders',
    sides: { from: 'prod1', to: 'prod2' },
    plan: {
      releaseId: RELEASE,
      route: `${stage.arn.replace(':loadbalancer/', ':listener-rule/')}/3c/4d`,
      pair: { from: stage.blue, to: stage.green },
      start: { from: 100, to: 0 },
      steps: steps('once')
    },
    createdAt: START,
    at: START,
    minHealthy: 2,
    answerMinutes: 60,
    ...more
  }
  const now: Move = {
    state: 'baking',
    step: 0,
    since: START,
    confirmed: { from: 90, to: 10 },
    ...move
  }
  const id = { deploymentId: RELEASE, moveId: RELEASE }
  const texts = { plan: '', move: '', past: '' }
  return {
    kept: { id, service: SERVICE, ...texts, version: 1, refused: undefined, open: true },
    handed,
    move: now,
    past: [{ state: 'writing', step: 0, at: START }]
  }
}

function asked(found: ReadMove): Promise<string | undefined> {
  return broken()(found)
}

function broken(): ReturnType<typeof conditions> {
  return conditions({
    table,
    clock: stage.clock,
    balancing: { sdk, client: elb },
    cloudwatch: clients.cloudwatch,
    optionalReads: new OptionalReads(stage.clock, () => undefined)
  })
}

async function twoTargets(): Promise<void> {
  await stage.target(stage.green)
  await stage.target(stage.green)
  await stage.forward(stage.green)
  await stage.clock.advance(MINUTE)
}

describe('a condition is broken', () => {
  test('if the side that gets traffic has too few healthy targets, before its first request too', async () => {
    await stage.target(stage.green)
    await stage.forward(stage.green)
    await stage.clock.advance(MINUTE)
    const said = 'healthy targets of prod2: 1, and 2 are needed'
    expect(await asked(moving())).toBe(said)
    const first: Partial<Move> = { state: 'writing', confirmed: { from: 100, to: 0 } }
    expect(await asked(moving({}, first))).toBe(said)
    // As long as a person thinks about it, nobody is served by that side.
    expect(await asked(moving({}, { ...first, state: 'waiting' }))).toBeUndefined()
  })

  test.each([
    ['green target-5xx < 1', true],
    ['green target-4xx < 1', true],
    ['blue target-5xx < 1', false],
    ['green target-5xx < 5', false]
  ])('if CloudWatch’s figures break the limit %s: %s', async (limit, isBroken) => {
    await twoTargets()
    await stage.ask('/', '/404', '/500')
    await stage.clock.advance(2 * MINUTE)
    const said = await asked(moving({ metrics: { limits: [limit] } }))
    expect(said !== undefined).toBe(isBroken)
  })

  test('and CloudWatch is read once a minute, however often the mover looks', async () => {
    await twoTargets()
    const look = broken()
    const found = moving({ metrics: { limits: ['green target-5xx < 1'] } })
    const reads = (): number => stage.emulator.calls.list('cloudwatch:GetMetricData').length
    await look(found)
    const first = reads()
    await look(found)
    expect(reads()).toBe(first)
    await stage.clock.advance(MINUTE)
    await look(found)
    expect(reads()).toBeGreaterThan(first)
  })

  test('not by limits that nobody can read, because that takes nothing from users', async () => {
    await twoTargets()
    expect(await asked(moving({ metrics: { limits: ['nonsense'] } }))).toBeUndefined()
    stage.emulator.faults.add({ operation: 'cloudwatch:GetMetricData', fault: { kind: 'denied' } })
    expect(await asked(moving({ metrics: { limits: ['green requests < 0'] } }))).toBeUndefined()
  })

  test('if production failed, as the observer or the job has measured it', async () => {
    await twoTargets()
    expect(await asked(moving())).toBeUndefined()
    const evidence = {
      ...{ section: 'availability', name: 'availability', required: false, verdict: 'failed' },
      ...{ summary: '3 of 100 requests failed', startedAt: START, endedAt: START, images: [] }
    } as unknown as Parameters<typeof evidenceItem>[2]
    await table.create(evidenceItem(SERVICE, RELEASE, evidence, 'f', 'job'))
    expect(await asked(moving())).toBe('3 of 100 requests failed')
    const segments = segmentsOf(table, SERVICE, RELEASE, () => stage.clock.now())
    await segments.stopped('more than 1 % failed')
    expect(await asked(moving())).toBe('more than 1 % failed')
  })
})
