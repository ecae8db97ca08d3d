import { beforeEach, describe, expect, test } from '@jest/globals'
import { readRow, type StoredRow } from '../../../src/ledger/decision-row.ts'
import type { TrafficResult } from '../../../src/ledger/gate.ts'
import { openGates } from '../../../src/ledger/gates.ts'
import { segmentsOf } from '../../../src/ledger/availability-segments.ts'
import { chainPartition } from '../../../src/ledger/keys.ts'
import { resultIn } from '../../../src/ledger/result-row.ts'
import { verifyChain } from '../../../src/ledger/verify-chain.ts'
import { MINUTE } from '../memory-world.ts'
import { DEPLOYMENT, stage, type Stage } from '../stage.ts'

const SERVICE = 'shop/orders'

let place: Stage
beforeEach(async () => {
  place = stage()
  await place.hook()
})

async function rows(): Promise<readonly StoredRow[]> {
  return (await place.table.query(chainPartition(SERVICE))).flatMap((item) => readRow(item) ?? [])
}

async function results(): Promise<readonly object[]> {
  return (await rows()).flatMap((row) => resultIn(row) ?? [])
}

function ends(result: Partial<TrafficResult> = {}): void {
  const at = place.clock.now()
  place.plane.ended = { status: 'released', rollback: 'none', at, ...result }
}

async function sweepIn(minutes: number): Promise<void> {
  await place.clock.advance(minutes * MINUTE)
  await place.sweep()
}

describe('what became of a release is on record', () => {
  test('when all traffic is on green, and again at the end of the deployment', async () => {
    await place.click('U0ANN', 'approve')
    await sweepIn(1)
    expect(await results()).toEqual([])
    place.plane.shifts.set(DEPLOYMENT, place.clock.now())
    await sweepIn(1)
    await sweepIn(1)
    expect(await results()).toMatchObject([
      { entry: 'shifted', services: [{ service: SERVICE, status: 'shifting', endedAt: undefined }] }
    ])
    ends()
    await sweepIn(1)
    await sweepIn(1)
    expect(await results()).toMatchObject([
      { entry: 'shifted' },
      { entry: 'ended', services: [{ status: 'released', rollback: 'none' }] }
    ])
    const { head, results: own } = await place.gate()
    const [decision] = await results()
    expect(decision).toMatchObject({ decision: head })
    expect(await verifyChain(await rows(), own.ended?.head, place.seal)).toEqual([])
    expect(await openGates(place.table)).toEqual([])
  })

  test('also if every event was lost and the next sweep comes after the end', async () => {
    await place.click('U0ANN', 'approve')
    place.plane.shifts.set(DEPLOYMENT, place.clock.now())
    ends()
    await sweepIn(30)
    expect(await results()).toMatchObject([{ entry: 'ended', services: [{ status: 'released' }] }])
  })

  test('also of a release that nobody let through', async () => {
    await place.submit('U0ANN', 'reject', 'wrong totals')
    await sweepIn(1)
    expect(await results()).toMatchObject([
      {
        entry: 'ended',
        services: [{ status: 'failed', rollback: 'succeeded', beganAt: undefined }]
      }
    ])
  })

  test('with the time and the cause of a rollback, and why the observer has stopped it', async () => {
    await place.click('U0ANN', 'approve')
    const items = segmentsOf(place.table, SERVICE, DEPLOYMENT, () => place.clock.now())
    await items.stopped('2.1 % of requests failed')
    const rolledBackAt = place.clock.now()
    ends({ status: 'stopped', rollback: 'succeeded', rolledBackAt, why: 'DEPLOYMENT_STOPPED: x' })
    await sweepIn(1)
    expect(await results()).toMatchObject([
      {
        stoppedByObserver: '2.1 % of requests failed',
        services: [
          {
            ...{ status: 'stopped', rollback: 'succeeded', why: 'DEPLOYMENT_STOPPED: x' },
            rolledBackAt: new Date(rolledBackAt).toISOString()
          }
        ]
      }
    ])
  })

  test('not before a rollback could have appeared, nor while it goes on', async () => {
    await place.click('U0ANN', 'approve')
    ends({ status: 'stopped' })
    await place.sweep()
    expect(await results()).toEqual([])
    ends({ status: 'stopped', rollback: 'in-progress' })
    await sweepIn(5)
    expect(await results()).toEqual([])
    ends({ status: 'stopped', rollback: 'succeeded' })
    await sweepIn(0)
    expect(await results()).toMatchObject([{ services: [{ rollback: 'succeeded' }] }])
  })

  test('without a rollback if none has appeared in a minute', async () => {
    await place.click('U0ANN', 'approve')
    ends({ status: 'failed' })
    await sweepIn(1)
    expect(await results()).toMatchObject([{ services: [{ status: 'failed', rollback: 'none' }] }])
  })

  test('as not known, if its plane could not be asked for three days', async () => {
    await place.click('U0ANN', 'approve')
    place.plane.trafficResult = () => Promise.reject(new Error('no answer'))
    await sweepIn(72 * 60)
    expect(await results()).toEqual([])
    await sweepIn(1)
    expect(await results()).toMatchObject([{ entry: 'ended', services: [{ status: 'unknown' }] }])
    expect(await openGates(place.table)).toEqual([])
  })

  test('of traffic that was shifted for two days before its old tasks were ended', async () => {
    await place.click('U0ANN', 'approve')
    await place.clock.advance(60 * 60 * MINUTE)
    place.plane.shifts.set(DEPLOYMENT, place.clock.now())
    await sweepIn(48 * 60)
    ends()
    await sweepIn(1)
    expect(await results()).toMatchObject([
      { entry: 'shifted' },
      { services: [{ status: 'released' }] }
    ])
  })
})

test('a record that cannot be written keeps nobody from seeing the card, and is tried again', async () => {
  await place.click('U0ANN', 'approve')
  ends()
  const working = { ...place.seal }
  Object.assign(place.seal, { mac: () => Promise.reject(new Error('KMS is away')) })
  await expect(sweepIn(1)).rejects.toThrow('1 of 1 gates could not be swept')
  expect(JSON.stringify(place.slack.shown)).toContain('*Released*')
  expect(await openGates(place.table)).toHaveLength(1)
  Object.assign(place.seal, working)
  await sweepIn(1)
  expect(await results()).toHaveLength(1)
  expect(await openGates(place.table)).toEqual([])
})
