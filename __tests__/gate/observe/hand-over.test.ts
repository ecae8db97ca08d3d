import { afterEach, describe, expect, test } from '@jest/globals'
import type { Item } from '../../../src/ledger/table.ts'
import { DEPLOYMENT, LIFETIME_MS, openObserveStage, RATE, START } from './stage.ts'
import type { ObserveStage } from './stage.ts'

const stages: ObserveStage[] = []
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.close()
})

async function open(): Promise<ObserveStage> {
  const stage = await openObserveStage()
  stages.push(stage)
  return stage
}

/** How long after its start a function asks for the next one. */
const PART_S = (LIFETIME_MS - 71_000) / 1000
/** How long before its first request the next one says which that is. */
const AHEAD_S = 10

/** All traffic has moved, and production is asked for ten seconds more. */
async function ends(stage: ObserveStage): Promise<void> {
  const at = stage.clock.now()
  stage.set('InProgress', { AllowTraffic: ['Succeeded', at, at] })
  await stage.passes(15)
}

/** What the table does with the items whose key ends so; `create` writes it. */
function onCreate(
  stage: ObserveStage,
  ending: string,
  act: (create: () => Promise<boolean>) => Promise<boolean>
): void {
  const create = stage.table.create.bind(stage.table)
  stage.table.create = (item: Item) =>
    item.sk.endsWith(ending) ? act(() => create(item)) : create(item)
}

/** Throws for the first so many times. */
function failing(times: number): (create: () => Promise<boolean>) => Promise<boolean> {
  let left = times
  return (create) => (left-- > 0 ? Promise.reject(new Error('no answer')) : create())
}

/** All requests of the schedule, each once. */
function expectWhole(stage: ObserveStage): void {
  const { total = 0, startedAt = 0, endedAt = 0, summary = '' } = stage.evidence() ?? {}
  expect(total).toBe(stage.asked())
  expect(Math.abs(total - ((endedAt - startedAt) * RATE) / 1000)).toBeLessThanOrEqual(1)
  expect(summary).not.toMatch(/not sent|lost|nobody/)
}

describe('a part that is done', () => {
  test('is not measured again when its event comes once more', async () => {
    const stage = await open()
    const first = stage.invoke(START, 'first')
    await stage.passes(PART_S + 3)
    // The next one has begun, and the first goes on until its first request.
    const twice = stage.invoke(START, 'first')
    await stage.passes(AHEAD_S)
    await first
    await twice
    // Handed on: the next one is at it.
    const asked = stage.asked()
    await stage.invoke(START, 'first')
    expect(stage.asked()).toBe(asked)
    expect(stage.lines.at(-1)).toContain('observed by another')
    await ends(stage)
    expectWhole(stage)
    // Written: nobody is at it any more.
    const all = stage.asked()
    await stage.invoke(START, 'first')
    expect(stage.asked()).toBe(all)
  }, 30_000)

  test('is not measured again where it was the last and its evidence is there', async () => {
    const stage = await open()
    const first = stage.invoke(START, 'first')
    await stage.passes(3)
    await ends(stage)
    await first
    const asked = stage.asked()
    const again = stage.invoke(START, 'first')
    await stage.passes(2)
    await again
    expect(stage.asked()).toBe(asked)
    expect(stage.lines.at(-1)).toContain('observed by another')
  }, 30_000)
})

describe('a table that fails for a moment', () => {
  test.each([
    ['what was measured', '#observed#0000'],
    ['the evidence', '#evidence#availability']
  ])(
    'loses nothing of %s',
    async (_, ending) => {
      const stage = await open()
      onCreate(stage, ending, failing(2))
      const first = stage.invoke(START)
      await stage.passes(PART_S + AHEAD_S + 4)
      await first
      await ends(stage)
      await stage.passes(4)
      expect(stage.lines.join('\n')).toContain('to be done again')
      expect(stage.evidence()).toMatchObject({ verdict: 'passed' })
      expectWhole(stage)
    },
    30_000
  )

  test('and goes on failing leaves nobody behind who asks production', async () => {
    const stage = await open()
    onCreate(stage, '#observed#0000', failing(Infinity))
    stage.table.get = (
      (get) => (key) =>
        get(key)
    )(stage.table.get.bind(stage.table))
    const first = stage.invoke(START)
    stage.onHandOn = () => undefined
    const failed = first.catch((error: unknown) => error)
    // Until it gives up, with nobody after it.
    onCreate(stage, '#0001#begun', failing(Infinity))
    await stage.passes(LIFETIME_MS / 1000)
    expect(await failed).toEqual(new Error('no answer'))
    const asked = stage.asked()
    await stage.passes(3)
    expect(stage.asked()).toBe(asked)
  }, 30_000)
})

describe('the mark that nobody takes over', () => {
  test('is our own where the answer to writing it was lost: the evidence is written', async () => {
    const stage = await open()
    stage.onHandOn = () => undefined
    // The SDK sends it again, and is refused by what it has written itself.
    onCreate(stage, '#0001#begun', async (create) => {
      await create()
      return false
    })
    const first = stage.invoke(START)
    await stage.passes(LIFETIME_MS / 1000)
    await first
    expect(stage.evidence()?.total).toBe(stage.asked())
    expect(stage.evidence()).toMatchObject({ summary: expect.stringContaining('nobody observed') })
  }, 30_000)

  test('is no successor for the retry of who could not write the evidence', async () => {
    const stage = await open()
    stage.onHandOn = () => undefined
    let isDown = true
    onCreate(stage, '#evidence#availability', (create) =>
      isDown ? Promise.reject(new Error('no answer')) : create()
    )
    const failed = stage.invoke(START, 'first').catch((error: unknown) => error)
    await stage.passes(LIFETIME_MS / 1000)
    expect(await failed).toEqual(new Error('no answer'))
    isDown = false
    const again = stage.invoke(START, 'first')
    await stage.passes(2)
    await ends(stage)
    await again
    // What the first attempt had measured is gone, and that is said.
    expect(stage.evidence()).toMatchObject({
      verdict: 'unknown',
      summary: expect.stringMatching(/not sent, between two functions/)
    })
  }, 30_000)
})

test('a function that cannot find out where production is takes nothing: another one does', async () => {
  const stage = await open()
  const { origin } = stage
  const first = stage.invoke(START)
  stage.onHandOn = (_, run) => {
    stage.origin = undefined
    run()
    stage.onHandOn = (__, again) => {
      stage.origin = origin
      again()
    }
  }
  await stage.passes(PART_S + 25 + AHEAD_S + 4)
  await first
  expect(stage.lines.join('\n')).toContain('set target.production')
  expect(stage.handedOn).toEqual([
    { plane: 'memory', deploymentId: DEPLOYMENT, part: 1 },
    { plane: 'memory', deploymentId: DEPLOYMENT, part: 1 }
  ])
  await ends(stage)
  expect(stage.evidence()).toMatchObject({ verdict: 'passed' })
  expectWhole(stage)
}, 30_000)

test('who takes over is seen while CodeDeploy takes its time: no request goes twice', async () => {
  const stage = await open()
  const first = stage.invoke(START)
  stage.onHandOn = (_, run) => {
    stage.onHandOn = undefined
    // The next one begins after a look of its own; by then the first waits for a longer one.
    stage.lookMs = 5_000
    run()
    setImmediate(() => {
      stage.lookMs = 25_000
    })
  }
  await stage.passes(PART_S + 5 + AHEAD_S + 10)
  await first
  stage.lookMs = 0
  await stage.passes(25)
  await ends(stage)
  expectWhole(stage)
  expect(stage.evidence()).toMatchObject({ verdict: 'passed' })
}, 30_000)
