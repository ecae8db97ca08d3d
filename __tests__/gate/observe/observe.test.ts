import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { evidenceKey } from '../../../src/ledger/evidence-item.ts'
import { segmentsOf, stoppedByObserver } from '../../../src/ledger/availability-segments.ts'
import { serve, type Served } from '../../verification/server.ts'
import { DEPLOYMENT, LIFETIME_MS, openObserveStage, RATE, START } from './stage.ts'
import type { ObserveStage } from './stage.ts'
import { sayWatched } from '../../../src/ledger/watched.ts'

const stages: ObserveStage[] = []
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.close()
})

async function open(file?: string): Promise<ObserveStage> {
  const stage = await openObserveStage(file)
  stages.push(stage)
  return stage
}

/** The traffic moves now, in three seconds, and the new version answers. */
async function shift(stage: ObserveStage): Promise<void> {
  const at = stage.clock.now()
  stage.set('InProgress', { AllowTraffic: ['InProgress', at] })
  await stage.passes(1)
  stage.answer = { status: 200, version: '2' }
  await stage.passes(2)
  stage.set('InProgress', { AllowTraffic: ['Succeeded', at, at + 3_000] })
}

/** How long after its start a function asks for the next one. */
const PART_S = (LIFETIME_MS - 71_000) / 1000

describe('production through a release that outlives its functions', () => {
  test('is asked by one after another: none twice, none not at all, and all of it counted', async () => {
    const stage = await open()
    const first = stage.invoke(START)
    await stage.passes(3 * PART_S)
    await shift(stage)
    await stage.passes(14)
    await first
    expect(stage.handedOn.map(({ part }) => part)).toEqual([1, 2, 3])
    const evidence = stage.evidence()
    expect(evidence).toMatchObject({ verdict: 'passed', failed: 0, rate: RATE, required: true })
    // What production has seen, and what the schedule has.
    expect(evidence?.total).toBe(stage.asked())
    const { startedAt = 0, endedAt = 0, total = 0 } = evidence ?? {}
    expect(Math.abs(total - ((endedAt - startedAt) * RATE) / 1000)).toBeLessThanOrEqual(1)
    expect(evidence?.summary).toMatch(
      /^0 of [\d,]+ requests failed; p99 .*shift \S+ ms, after \S+ ms$/
    )
    expect(evidence?.phases.map(({ name }) => name)).toEqual(['before', 'shift', 'after'])
    const [before, moving, after] = evidence?.phases ?? []
    expect(before?.byVersion).toEqual({ 1: before?.total })
    expect(moving?.total).toBe(3 * RATE)
    expect(after?.byVersion).toEqual({ 2: after?.total })
    // Ten seconds more, and what it takes to notice.
    expect(after?.total).toBeGreaterThanOrEqual(10 * RATE)
    expect(after?.total).toBeLessThanOrEqual(13 * RATE)
  }, 30_000)

  test('that ends while one hands on to the next is observed by one of them to the end', async () => {
    const stage = await open()
    const first = stage.invoke(START)
    await stage.passes(PART_S - 12)
    await shift(stage)
    await stage.passes(20)
    await first
    expect(stage.evidence()?.total).toBe(stage.asked())
    expect(stage.evidence()).toMatchObject({ verdict: 'passed' })
  }, 30_000)

  test('that nobody goes on with is unknown from then on, and says since when', async () => {
    const stage = await open()
    stage.onHandOn = () => undefined
    const first = stage.invoke(START)
    await stage.passes(LIFETIME_MS / 1000)
    await first
    // Asked for once more before it gave up.
    expect(stage.handedOn).toEqual([
      { plane: 'memory', deploymentId: DEPLOYMENT, part: 1 },
      { plane: 'memory', deploymentId: DEPLOYMENT, part: 1 }
    ])
    expect(stage.evidence()).toMatchObject({
      verdict: 'unknown',
      failed: 0,
      summary: expect.stringMatching(/; nobody observed it after \d\d:\d\d:\d\d UTC$/)
    })
    // Who comes now is too late.
    await stage.invoke({ plane: 'memory', deploymentId: DEPLOYMENT, part: 1 })
    expect(stage.evidence()?.total).toBe(stage.asked())
  }, 30_000)

  test("is said in the language of the gate's policy", async () => {
    const stage = await open()
    const policy = { deploymentGroups: ['*/*'], onUngated: 'stop', language: 'ko' } as const
    await sayWatched(stage.table, policy)
    stage.onHandOn = () => undefined
    const first = stage.invoke(START)
    await stage.passes(LIFETIME_MS / 1000)
    await first
    expect(stage.evidence()?.summary).toMatch(/; \d\d:\d\d:\d\d UTC 이후에는 관찰되지 않음$/)
  }, 30_000)

  test('that is gone on with late has a gap, which is counted as what it is', async () => {
    const stage = await open()
    const first = stage.invoke(START)
    let crashed: (() => void) | undefined
    stage.onHandOn = (start) => {
      // It takes the part, and is gone before its first request.
      const items = segmentsOf(stage.table, 'shop/orders', DEPLOYMENT, () => stage.clock.now())
      void items.begun(0).then(async (begun) => {
        const { startAt = 0 } = begun ?? {}
        const at = Math.ceil(((stage.clock.now() - startAt) * RATE) / 1000) + 30
        await items.begin(1, { by: 'crashed', first: at, startAt })
      })
      crashed = () => void stage.invoke(start, 'crashed')
      stage.onHandOn = undefined
    }
    await stage.passes(PART_S + 8)
    await first
    crashed?.()
    await stage.passes(2)
    await shift(stage)
    await stage.passes(14)
    expect(stage.evidence()?.total).toBe(stage.asked())
    expect(stage.evidence()).toMatchObject({
      verdict: 'passed',
      summary: expect.stringMatching(/; \d\d not sent, between two functions \(\S+ s in all\)$/)
    })
  }, 30_000)

  test('of which a part was lost cannot have passed', async () => {
    const stage = await open()
    const first = stage.invoke(START)
    await stage.passes(PART_S)
    // The table loses it.
    const create = stage.table.create.bind(stage.table)
    stage.table.create = (item) =>
      item.sk.endsWith('#observed#0000') ? Promise.resolve(false) : create(item)
    await stage.passes(12)
    await first
    await shift(stage)
    await stage.passes(40)
    expect(stage.evidence()).toMatchObject({
      verdict: 'unknown',
      summary: expect.stringMatching(/; what was measured before \d\d:\d\d:\d\d UTC is lost$/)
    })
  }, 30_000)
})

describe('an event', () => {
  test('that comes twice starts one observer', async () => {
    const stage = await open()
    const both = [stage.invoke(START), stage.invoke(START)]
    await stage.passes(4)
    await shift(stage)
    await stage.passes(14)
    await Promise.all(both)
    expect(stage.lines.filter((line) => line.includes('observed by another'))).toHaveLength(1)
    expect(stage.evidence()?.total).toBe(stage.asked())
    expect(stage.asked()).toBeLessThanOrEqual(21 * RATE)
  })

  test('that is lost: the watchdog starts the observer; the event that comes late starts no second', async () => {
    const stage = await open()
    const both = [
      stage.invoke({ plane: 'memory', deploymentId: DEPLOYMENT, part: 0 }),
      stage.invoke(START)
    ]
    await stage.passes(4)
    await shift(stage)
    await stage.passes(14)
    await Promise.all(both)
    expect(stage.lines.filter((line) => line.includes('observed by another'))).toHaveLength(1)
    expect(stage.evidence()?.total).toBe(stage.asked())
  })

  test('of a rollback starts none: the one before it goes on', async () => {
    const stage = await open()
    await stage.invoke({ detail: { state: 'START', deploymentId: 'd-ROLLBACK1' } })
    expect(stage.lines).toEqual([expect.stringContaining('a rollback')])
    expect(stage.asked()).toBe(0)
  })

  test('of a deployment without a verification ends after a minute', async () => {
    const stage = await openObserveStage('')
    stages.push(stage)
    stage.table.items.clear()
    const observed = stage.invoke(START)
    await stage.clock.advance(62_000)
    await observed
    expect(stage.lines).toEqual([expect.stringContaining('no verification in the ledger')])
    expect(stage.asked()).toBe(0)
  })

  test('of one whose file has no availability ends at once', async () => {
    const stage = await open(
      'version: 1\nchecks: { required: true, requests: [{ path: /health }] }\n'
    )
    await stage.invoke(START)
    expect(stage.lines).toEqual([expect.stringContaining('has no availability')])
  })

  test('that names no deployment is refused', async () => {
    const stage = await open()
    for (const event of [{}, null, { detail: {} }, { deploymentId: DEPLOYMENT, part: 1 }]) {
      await expect(stage.invoke(event)).rejects.toThrow('the event is of no control plane')
    }
    const none = { plane: 'memory', deploymentId: DEPLOYMENT, part: -1 }
    await expect(stage.invoke(none)).rejects.toThrow('wanted the number of a part')
    const other = { plane: 'other', deploymentId: DEPLOYMENT, part: 1 }
    await expect(stage.invoke(other)).rejects.toThrow('no control plane is called other')
  })
})

describe('a limit that is broken', () => {
  test('stops the deployment, once, says so in the ledger, and is followed through the rollback', async () => {
    const stage = await open()
    const observed = stage.invoke(START)
    await stage.passes(4)
    const at = stage.clock.now()
    stage.set('InProgress', { AllowTraffic: ['InProgress', at] })
    stage.answer = { status: 503, version: '2' }
    await stage.passes(8)
    expect(stage.stops).toEqual([DEPLOYMENT])
    stage.answer = { status: 200, version: '1' }
    await stage.passes(8)
    stage.setRollback('Succeeded')
    await stage.passes(6)
    await observed
    expect(stage.stops).toEqual([DEPLOYMENT])
    expect(await stoppedByObserver(stage.table, 'shop/orders', DEPLOYMENT)).toMatch(
      /requests failed.*last: status 503/
    )
    const evidence = stage.evidence()
    expect(evidence).toMatchObject({ verdict: 'failed', required: true })
    expect(evidence?.phases.map(({ name }) => name)).toEqual(['before', 'shift', 'rollback'])
    expect(evidence?.phases.at(-1)?.byVersion).toMatchObject({ 1: expect.any(Number) })
  }, 30_000)

  test('by production that never answered stops nothing and is unknown, for nobody knows what it is like', async () => {
    const stage = await open()
    stage.answer = { status: 503, version: '1' }
    const observed = stage.invoke(START)
    await stage.passes(4)
    await shift(stage)
    stage.answer = { status: 503, version: '2' }
    await stage.passes(14)
    await observed
    expect(stage.stops).toEqual([])
    expect(await stoppedByObserver(stage.table, 'shop/orders', DEPLOYMENT)).toBeUndefined()
    expect(stage.evidence()).toMatchObject({
      verdict: 'unknown',
      summary: expect.stringMatching(/; production did not answer well before the shift either$/)
    })
  }, 30_000)

  test('stops the deployment where only a function before this one has seen production well', async () => {
    const stage = await open()
    void stage.invoke(START)
    await stage.passes(PART_S + 8)
    // From the successor's first request on.
    stage.answer = { status: 503, version: '1' }
    stage.set('InProgress', { AllowTraffic: ['InProgress', stage.clock.now() + 3_000] })
    await stage.passes(8)
    expect(stage.stops).toEqual([DEPLOYMENT])
    stage.setRollback('Succeeded')
    await stage.passes(6)
    expect(stage.evidence()).toMatchObject({ verdict: 'failed' })
  }, 30_000)

  test('by the last answers of a function that has handed on stops the deployment too', async () => {
    const stage = await open()
    const first = stage.invoke(START)
    stage.onHandOn = () => {
      // It takes the part, and is gone before its first request: nobody else sees anything.
      const items = segmentsOf(stage.table, 'shop/orders', DEPLOYMENT, () => stage.clock.now())
      void items.begun(0).then(async (begun) => {
        const { startAt = 0 } = begun ?? {}
        const at = Math.ceil(((stage.clock.now() - startAt) * RATE) / 1000) + 5 * RATE
        await items.begin(1, { by: 'crashed', first: at, startAt })
      })
      stage.onHandOn = undefined
    }
    await stage.passes(PART_S - 4)
    stage.set('InProgress', { AllowTraffic: ['InProgress', stage.clock.now()] })
    await stage.passes(8.5)
    // No answer until after the last request.
    stage.isHolding = true
    await stage.passes(1.2)
    expect(stage.stops).toEqual([])
    stage.letGo(503)
    await stage.passes(1)
    await first
    expect(stage.stops).toEqual([DEPLOYMENT])
    expect(await stoppedByObserver(stage.table, 'shop/orders', DEPLOYMENT)).toMatch(/status 503/)
  }, 30_000)

  test('is told and stops nothing where the file says so', async () => {
    const stage = await open(
      'version: 1\navailability: { on-breach: report, path: /v, rate: 10, timeout: 1 s }\n'
    )
    const observed = stage.invoke(START)
    await stage.passes(4)
    stage.answer = { status: 503, version: '2' }
    const at = stage.clock.now()
    stage.set('InProgress', { AllowTraffic: ['Succeeded', at, at + 1_000] })
    await stage.passes(15)
    await observed
    expect(stage.stops).toEqual([])
    expect(stage.evidence()).toMatchObject({ verdict: 'failed', required: false })
  })
})

test('a deployment that fails without a rollback is observed until none can come any more', async () => {
  const stage = await open()
  const observed = stage.invoke(START)
  await stage.passes(3)
  stage.set('Failed')
  await stage.passes(28)
  expect(stage.evidence()).toBeUndefined()
  await stage.passes(8)
  await observed
  expect(stage.evidence()).toMatchObject({ verdict: 'passed', phases: [{ name: 'before' }] })
}, 30_000)

test('a deployment that is out of sight is observed for five minutes more, and cannot have passed', async () => {
  const stage = await open()
  const observed = stage.invoke(START, 'long', 900_000)
  await stage.passes(3)
  stage.isBlind = true
  // A moment out of sight is no reason to end.
  await stage.passes(20)
  stage.isBlind = false
  await stage.passes(4)
  stage.isBlind = true
  await stage.clock.advance(290_000)
  expect(stage.evidence()).toBeUndefined()
  await stage.clock.advance(15_000)
  await stage.passes(2)
  await observed
  expect(stage.evidence()).toMatchObject({
    verdict: expect.not.stringContaining('passed'),
    summary: expect.stringContaining('nobody observed it after')
  })
}, 30_000)

describe('an origin that the file names', () => {
  let requests: number
  let elsewhere: Served
  beforeEach(async () => {
    requests = 0
    elsewhere = await serve((_, response) => {
      requests++
      response.writeHead(200, { 'x-app-version': '1' }).end('{}')
    })
  })
  afterEach(() => elsewhere.close())
  const FILE = (origin: string): string =>
    `version: 1\ntarget: { production: "${origin}" }\navailability: { on-breach: stop, path: /v, rate: ${RATE}, timeout: 1 s }\n`

  test('is not asked if the stack does not allow it', async () => {
    const stage = await open(FILE(elsewhere.origin))
    stage.allowed = ['https://other.example.com']
    const observed = stage.invoke(START)
    await stage.passes(3)
    await observed
    expect([requests, stage.asked()]).toEqual([0, 0])
    expect(stage.evidence()).toMatchObject({
      verdict: 'unknown',
      total: 0,
      summary: expect.stringContaining(
        `the gate's stack does not allow requests to ${elsewhere.origin}; add it to the stack's parameter VerifyOrigins`
      )
    })
  })

  test.each(['the stack allows it', 'the listener is there'])(
    'is asked if %s',
    async (why) => {
      const stage = await open(FILE(elsewhere.origin))
      if (why === 'the stack allows it') stage.allowed = [elsewhere.origin]
      else stage.origin = `${elsewhere.origin}/`
      const observed = stage.invoke(START)
      await stage.passes(3)
      await shift(stage)
      await stage.passes(14)
      await observed
      expect(stage.asked()).toBe(0)
      expect(stage.evidence()).toMatchObject({ verdict: 'passed', total: requests })
    },
    30_000
  )
})

test('what is bound to the deployment and to the file is what the gate reads', async () => {
  const stage = await open()
  const observed = stage.invoke(START)
  await stage.passes(3)
  await shift(stage)
  await stage.passes(14)
  await observed
  const item = await stage.table.get(
    evidenceKey('shop/orders', DEPLOYMENT, 'availability', 'function')
  )
  expect(item?.['evidence']).toEqual(
    expect.stringMatching(
      new RegExp(`"deploymentId":"${DEPLOYMENT}","file":"[0-9a-f]{64}","name":"availability"`)
    )
  )
})
