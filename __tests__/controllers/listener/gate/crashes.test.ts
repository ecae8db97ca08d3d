import { describe, expect, test } from '@jest/globals'
import { sameWeights, weightsFor } from '../../../../src/controllers/listener/weights.ts'
import { failoverStage, planWith, START, steps, type FailoverStage } from './failover-stage.ts'

const SHORT = { steps: steps('once', 10_000) }

/** A world in which the first step is approved and nothing has moved yet. */
async function approved(): Promise<FailoverStage> {
  const stage = failoverStage()
  await stage.begin(planWith(SHORT))
  await stage.click('U0ANN', 'approve')
  return stage
}

function isDeclared({ balancer }: FailoverStage): boolean {
  const declared = [START, ...planWith(SHORT).steps.map(({ share }) => weightsFor(share))]
  return declared.some((each) => sameWeights(each, balancer.live))
}

/** The minute after the lease of the killed one, and the one after that. */
async function nextMovers(stage: FailoverStage): Promise<void> {
  await stage.clock.advance(81_000)
  await stage.mover()
  await stage.mover()
}

/** One world for each call at which the mover's process is gone, until it gets through. */
async function atEachCall(
  after: boolean,
  play: (stage: FailoverStage) => Promise<void>
): Promise<number> {
  for (let at = 0; ; at++) {
    const stage = await approved()
    Object.assign(stage, { kill: { at, after }, calls: 0 })
    await stage.mover()
    const wasKilled = stage.calls > at
    stage.kill = undefined
    if (!wasKilled) return at
    expect(isDeclared(stage)).toBe(true)
    await play(stage)
  }
}

describe('a mover that is killed', () => {
  test.each([
    ['before', false],
    ['after', true]
  ] as const)('%s any of its calls has taken effect, the next one finishes', async (_, after) => {
    const calls = await atEachCall(after, async (stage) => {
      await nextMovers(stage)
      const { move, live } = await stage.seen()
      expect({ state: move.state, live }).toEqual({ state: 'completed', live: weightsFor(100) })
      // What had been written is not written again, unless its answer was lost.
      const shares = stage.balancer.writes.map(({ weights }) => weights.to)
      expect([...new Set(shares)]).toEqual([10, 50, 100])
      expect(await stage.moves.before?.(planWith().route)).toMatchObject({
        deployedLast: planWith().pair.to
      })
    })
    expect(calls).toBeGreaterThan(30)
  })

  test('at any of its calls, the next one goes back if a person says so', async () => {
    const calls = await atEachCall(true, async (stage) => {
      await stage.click('U0BEN', 'roll-back')
      await nextMovers(stage)
      const { move, live } = await stage.seen()
      // A click that comes after the end is refused.
      const back = (await stage.gates())[0]?.rollback !== undefined
      expect({ state: move.state, live }).toEqual(
        back ? { state: 'restored', live: START } : { state: 'completed', live: weightsFor(100) }
      )
    })
    expect(calls).toBeGreaterThan(30)
  })

  test('is not taken for dead while its lease lasts', async () => {
    const stage = await approved()
    Object.assign(stage, { kill: { at: 12, after: true }, calls: 0 })
    await stage.mover('killed')
    stage.kill = undefined
    const writes = stage.balancer.writes.length
    const before = stage.clock.now()
    await stage.mover('next')
    expect(stage.clock.now() - before).toBeGreaterThan(50_000)
    expect(stage.balancer.writes).toHaveLength(writes)
  })
})

describe('two movers at once', () => {
  test('write each step once', async () => {
    const stage = await approved()
    await Promise.all([stage.mover('one'), stage.mover('other')])
    await stage.minutes(2)
    expect(stage.balancer.writes.map(({ weights }) => weights.to)).toEqual([10, 50, 100])
    expect((await stage.seen()).move.state).toBe('completed')
  })
})
