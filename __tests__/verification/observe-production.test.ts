import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { ManualClock } from '../../emulator/clock.ts'
import type { AvailabilityEvidence } from '../../src/release/evidence.ts'
import type { Snapshot } from '../../src/release/snapshot.ts'
import {
  observeProduction,
  type ProductionObserver
} from '../../src/verification/observe-production.ts'
import { snapshotOf, stepsNamed, type Events } from '../helpers/snapshots.ts'
import { serve, type Served } from './server.ts'

let served: Served
let status: number
let version: string
let breaches: string[]
let clock: ManualClock

beforeAll(async () => {
  served = await serve((_, response) => {
    response.writeHead(status, { 'x-app-version': version }).end('{}')
  })
})
afterAll(() => served.close())
beforeEach(() => {
  status = 200
  version = '1'
  breaches = []
  clock = new ManualClock()
})

function open(target: string | undefined = served.origin): Promise<ProductionObserver> {
  return observeProduction({
    availability: {
      onBreach: 'stop',
      path: '/version',
      rate: 20,
      timeoutMs: 1_000,
      versionHeader: 'x-app-version',
      maxFailureRate: 0.01,
      maxP99Ms: undefined
    },
    target,
    deploymentId: 'd-1',
    clock,
    monotonic: () => clock.now(),
    random: () => 0,
    onBreach: (reason) => void breaches.push(reason)
  })
}

/** Time goes on, and what was sent in it is answered. */
async function passes(seconds: number): Promise<void> {
  for (let step = 0; step < seconds * 20; step++) {
    await clock.advance(50)
    await pause(2)
  }
}

function snapshot(events: Events, deploymentId = 'd-1'): Snapshot {
  const times = { at: clock.now(), createdAt: clock.now() }
  return snapshotOf({ ...times, deploymentId, steps: stepsNamed(events) })
}

async function finished(
  watch: ProductionObserver,
  inAHurry = false
): Promise<AvailabilityEvidence> {
  const end = watch.end(inAHurry)
  await passes(11)
  return end
}

const totals = ({ phases }: AvailabilityEvidence): Record<string, readonly [number, number]> =>
  Object.fromEntries(phases.map(({ name, total, failed }) => [name, [total, failed]]))

describe('production', () => {
  test('is asked in every phase, and ten seconds longer than the shift', async () => {
    const watch = await open()
    await passes(2)
    const gateAt = clock.now()
    watch.see(snapshot({ BeforeAllowTraffic: ['InProgress', gateAt] }))
    await passes(3)
    const shiftAt = clock.now()
    version = '2'
    await passes(1)
    // Polling learns of it late, and all at once.
    watch.see(
      snapshot({
        BeforeAllowTraffic: ['Succeeded', gateAt, shiftAt],
        AllowTraffic: ['Succeeded', shiftAt, shiftAt + 500]
      })
    )
    const evidence = await finished(watch)
    expect(evidence).toMatchObject({ verdict: 'passed', required: true, rate: 20, failed: 0 })
    expect(totals(evidence)).toEqual({
      before: [40, 0],
      gate: [60, 0],
      shift: [10, 0],
      after: [expect.any(Number), 0]
    })
    // Ten seconds, counted from when the shift ended.
    expect(totals(evidence)['after']?.[0]).toBeGreaterThanOrEqual(195)
    // One request may be on its way when the version changes.
    const versions = evidence.phases.map(({ byVersion }) => Object.keys(byVersion))
    expect([versions.at(0), versions.at(-1)]).toEqual([['1'], ['2']])
  })

  test('is in one phase at a time, however often a long shift is looked at', async () => {
    const watch = await open()
    await passes(1)
    const gateAt = clock.now()
    const shiftAt = gateAt + 1_000
    await passes(1)
    for (let look = 0; look < 4; look++) {
      watch.see(
        snapshot({
          BeforeAllowTraffic: ['Succeeded', gateAt, shiftAt],
          AllowTraffic: ['InProgress', shiftAt]
        })
      )
      await passes(1)
    }
    const { phases } = await finished(watch)
    expect(phases.map(({ name }) => name)).toEqual(['before', 'gate', 'shift'])
  })

  test('that fails after the shift has begun breaks the limit, once', async () => {
    const watch = await open()
    await passes(2)
    watch.see(snapshot({ AllowTraffic: ['InProgress', clock.now()] }))
    status = 503
    await passes(3)
    expect(breaches).toEqual([expect.stringMatching(/requests failed.*last: status 503/)])
    watch.see(snapshot({}, 'd-2'))
    status = 200
    await passes(6)
    const evidence = await finished(watch)
    expect(evidence.verdict).toBe('failed')
    const [total = 0, failed = 0] = totals(evidence)['rollback'] ?? []
    expect(total).toBeGreaterThan(100)
    expect(failed).toBeLessThanOrEqual(1)
  })

  test('that failed before is not the fault of the new version: nothing is stopped, but it is told', async () => {
    status = 503
    const watch = await open()
    await passes(3)
    watch.see(snapshot({ BeforeAllowTraffic: ['InProgress', clock.now()] }))
    await passes(2)
    expect(breaches).toEqual([])
    status = 200
    watch.see(snapshot({ AllowTraffic: ['InProgress', clock.now()] }))
    await passes(3)
    expect(breaches).toEqual([])
    const { verdict, summary } = await finished(watch)
    expect([verdict, summary]).toEqual([
      'unknown',
      expect.stringMatching(/; production did not answer well before the shift$/)
    ])
  })

  test('that never answers stops nothing: whoever cannot ask it does not know what it is like', async () => {
    status = 503
    const watch = await open()
    await passes(3)
    watch.see(snapshot({ AllowTraffic: ['InProgress', clock.now()] }))
    await passes(3)
    expect(breaches).toEqual([])
    expect(await finished(watch)).toMatchObject({
      verdict: 'unknown',
      summary: expect.stringMatching(
        /limit broken: .*last: status 503; production did not answer well before the shift either$/
      )
    })
  })

  test('of a job that is cancelled is told as far as it is known', async () => {
    const watch = await open()
    await passes(2)
    expect(await finished(watch, true)).toMatchObject({ verdict: 'passed', failed: 0 })
  })
})

describe('production that cannot be asked', () => {
  test.each([
    [undefined, 'where production answers could not be found out; set target.production'],
    ['http://169.254.169.254', '169.254.169.254 is at 169.254.169.254, where no request may go']
  ])('at %s: unknown, and why', async (target, summary) => {
    const watch = await observeProduction({
      ...{ target, deploymentId: 'd-1', clock, monotonic: () => clock.now(), random: () => 0 },
      availability: {
        onBreach: 'report',
        path: '/',
        rate: 1,
        timeoutMs: 1,
        versionHeader: 'x',
        maxFailureRate: 0,
        maxP99Ms: undefined
      },
      onBreach: (reason) => void breaches.push(reason)
    })
    watch.see(snapshot({}))
    expect(await watch.end(false)).toMatchObject({
      verdict: 'unknown',
      required: false,
      total: 0,
      summary
    })
  })
})
