import { describe, expect, test } from '@jest/globals'
import { followTraffic } from '../../../src/gate/reconcile/follow-traffic.ts'
import { segmentsOf } from '../../../src/ledger/availability-segments.ts'
import { serviceId } from '../../../src/ledger/keys.ts'
import { watchMarks } from '../../../src/ledger/watch-marks.ts'
import type { TrafficResult, Gate } from '../../../src/ledger/gate.ts'
import { findGate, openGate } from '../../../src/ledger/gates.ts'
import { hasEnded } from '../../../src/ledger/of-all-holds.ts'
import { factsOf, factsOfHolds, holdOf } from '../../ledger/samples.ts'
import { memoryWorld, type MemoryWorld } from '../memory-world.ts'

const SHIFTING: TrafficResult = { status: 'shifting', rollback: 'none', at: 5 }
const RELEASED: TrafficResult = { status: 'released', rollback: 'none', at: 9 }

const DEPLOYMENT = 'd-ABCDEF123'

async function followed(
  trafficResult: TrafficResult | undefined,
  known?: TrafficResult
): Promise<[MemoryWorld, Gate, Gate]> {
  const world = memoryWorld()
  const { gate: opened } = await openGate(world.table, factsOf('one'), ['one'])
  const gate = { ...opened, trafficResults: known ? { [DEPLOYMENT]: known } : {} }
  world.plane.trafficResult = () => Promise.resolve(trafficResult)
  return [world, gate, await followTraffic(world.platform, gate)]
}

describe('what became of the traffic', () => {
  test.each([
    ['for the first time', undefined, SHIFTING],
    ['when it has changed', SHIFTING, RELEASED]
  ])('is noted %s', async (_, known, trafficResult) => {
    const [world, before, after] = await followed(trafficResult, known)
    const noted = { trafficResults: { [DEPLOYMENT]: trafficResult } }
    expect(after).toMatchObject(noted)
    expect(await findGate(world.table, before.facts.id)).toMatchObject(noted)
  })

  test.each([
    ['while it stands where it stood', undefined, undefined],
    ['while nothing is known any more', undefined, SHIFTING],
    ['when it is known', { ...SHIFTING }, SHIFTING]
  ])('is left alone %s', async (_, trafficResult, known) => {
    const [world, before, after] = await followed(trafficResult, known)
    expect(after).toBe(before)
    // The gate, and what answers its hook.
    expect(world.table.history).toHaveLength(2)
  })
})

test('of several holds each is followed, also if one of them cannot be', async () => {
  const world = memoryWorld()
  const holds = [holdOf('d-ONE'), holdOf('d-TWO', 'payment'), holdOf('d-THREE', 'stock')] as const
  const { gate } = await openGate(world.table, factsOfHolds(holds, ['1', '2', '3']), [
    '1',
    '2',
    '3'
  ])
  world.plane.trafficResult = ({ deploymentId }) =>
    deploymentId === 'd-TWO'
      ? Promise.reject(new Error('throttled'))
      : Promise.resolve(deploymentId === 'd-ONE' ? SHIFTING : RELEASED)
  const after = await followTraffic(world.platform, gate)
  expect(after.trafficResults).toEqual({ 'd-ONE': SHIFTING, 'd-THREE': RELEASED })
  expect(await findGate(world.table, gate.facts.id)).toEqual(after)
  expect(world.lines).toEqual([expect.stringContaining('traffic not followed')])
})

test.each<[string, TrafficResult | undefined, boolean]>([
  ['nothing is known', undefined, false],
  ['traffic moves', SHIFTING, false],
  ['it is released', RELEASED, true],
  ['it has failed and rolls back', { status: 'failed', rollback: 'in-progress', at: 9 }, true]
])('where %s, the deployment has ended: %j, %s', async (_, trafficResult, ended) => {
  const [, gate] = await followed(undefined, trafficResult)
  expect(hasEnded(gate)).toBe(ended)
})

describe('a release that was stopped', () => {
  const STOPPED: TrafficResult = { status: 'stopped', rollback: 'none', at: 7, why: 'by request' }
  const hold = holdOf(DEPLOYMENT)

  async function stoppedIn(world: MemoryWorld): Promise<TrafficResult | undefined> {
    const { gate } = await openGate(world.table, factsOf('one'), ['one'])
    world.plane.trafficResult = () => Promise.resolve(STOPPED)
    return (await followTraffic(world.platform, gate)).trafficResults[DEPLOYMENT]
  }

  test('by a limit says which, from the observer that stopped it', async () => {
    const world = memoryWorld()
    const service = serviceId(hold.cluster, hold.service)
    await segmentsOf(world.table, service, DEPLOYMENT, () => 1).stopped('3 of 10 failed')
    expect(await stoppedIn(world)).toEqual({
      ...STOPPED,
      stoppedBy: 'observer',
      stoppedBecause: '3 of 10 failed'
    })
  })

  test('by the watchdog says so', async () => {
    const world = memoryWorld()
    await watchMarks(world.table, hold.plane, DEPLOYMENT, () => 1).make('result', 'stopped')
    expect(await stoppedIn(world)).toEqual({ ...STOPPED, stoppedBy: 'watchdog' })
  })

  test.each(['too-late', 'reported'])(
    'by somebody else, if the watchdog has it as %s',
    async (result) => {
      const world = memoryWorld()
      await watchMarks(world.table, hold.plane, DEPLOYMENT, () => 1).make('result', result)
      expect(await stoppedIn(world)).toEqual(STOPPED)
    }
  )
})
